/** The world around a display, driven by a test: its clock, its server, its loudspeaker and its voices. */
import type { DeviceSelf, DisplaySettings } from '@frontdesk/protocol/devices';
import type { DeviceId } from '@frontdesk/protocol/ids';
import type { Board, BoardCall } from '@frontdesk/protocol/queue-device';
import type { AudioOutput, SoundState } from '@frontdesk/widgets/core/announcer/audio-output';
import type { Clock } from '@frontdesk/widgets/core/client/clock';
import type { ConnectionState } from '@frontdesk/widgets/core/client/connection-types';
import type { DeviceClient } from '@frontdesk/widgets/core/client/device-client';
import type { ClientEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createStore } from '@frontdesk/widgets/core/client/store';
import { buildCall } from '@frontdesk/widgets/queue-display/display-states';

/** A Tuesday at 10:41 in Kuala Lumpur. */
export const START_MS = Date.UTC(2025, 2, 4, 2, 41, 0);

export interface ManualClock extends Clock {
  /** Runs what falls due, in its order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
}

export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

export function createManualClock(startMs: number = START_MS): ManualClock {
  let now = startMs;
  let lastId = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  const takeDue = (until: number): (() => void) | undefined => {
    let dueId: number | undefined;
    let dueAt = Infinity;
    for (const [id, { at }] of timers) if (at <= until && at < dueAt) [dueId, dueAt] = [id, at];
    if (dueId === undefined) return undefined;
    const due = timers.get(dueId);
    timers.delete(dueId);
    now = Math.max(now, dueAt);
    return due?.run;
  };
  return {
    now: () => now,
    random: () => 0.5,
    setTimeout(run, delayMs) {
      lastId += 1;
      timers.set(lastId, { at: now + Math.max(0, delayMs), run });
      return lastId;
    },
    clearTimeout: (id) => void timers.delete(id as number),
    async advance(ms) {
      await settle();
      const until = now + ms;
      for (let run = takeDue(until); run; run = takeDue(until)) {
        run();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

export function buildBoard(calls: readonly BoardCall[], change: Partial<Board> = {}): Board {
  return {
    rev: 1,
    at: new Date(START_MS).toISOString(),
    calls: [...calls],
    waiting: [],
    notice: null,
    isOpen: true,
    opensAt: null,
    ...change,
  };
}

export const DISPLAY: DisplaySettings = {
  serviceIds: [],
  counterGroups: [],
  accent: '#1f6f5c',
  scheme: 'light',
  playlist: [],
  ticker: '',
  showNames: false,
  showJoinCode: true,
  isSoundOn: true,
  repeat: 1,
};

export function buildDevice(display: Partial<DisplaySettings> = {}): DeviceSelf {
  return {
    id: 'd'.repeat(24) as DeviceId,
    kind: 'display',
    name: 'Screen',
    businessName: 'Klinik Seri Damai',
    locationName: 'Bangsar',
    timeZone: 'Asia/Kuala_Lumpur',
    languages: ['en'],
    country: 'MY',
    display: { ...DISPLAY, ...display },
    kiosk: null,
  };
}

export interface SentCommand {
  readonly name: string;
  readonly input: unknown;
}

const ONLINE: ConnectionState = {
  phase: 'online',
  reason: null,
  revocation: null,
  instance: 'one',
  isReachable: false,
  clockOffsetMs: 0,
};

/** The server's side of one display. */
export interface ScriptedServer {
  readonly sent: SentCommand[];
  /** What `board:read` and `device:read` answer. */
  board: Board;
  device: DeviceSelf;
  probes: number;
  createClient(options: { readonly environment?: ClientEnvironment }): DeviceClient;
  goOnline(): Promise<void>;
  goOffline(): Promise<void>;
  putOut(): Promise<void>;
  push(board: Board): Promise<void>;
  beat(): Promise<void>;
  change(device: DeviceSelf): Promise<void>;
}

export function createScriptedServer(clock: Clock): ScriptedServer {
  const state = createStore<ConnectionState>({ ...ONLINE, phase: 'idle' });
  const listeners = new Map<string, Set<(fact: never) => void>>();
  const emit = async (name: string, fact: unknown): Promise<void> => {
    for (const listener of listeners.get(name) ?? []) listener(fact as never);
    await settle();
  };
  const stamp = (board: Board): Board => ({ ...board, at: new Date(clock.now()).toISOString() });
  const server: ScriptedServer = {
    sent: [],
    board: buildBoard([]),
    device: buildDevice(),
    probes: 0,
    createClient({ environment }) {
      const connection = {
        getState: state.getState,
        subscribe: state.subscribe,
        request(name: string, input: unknown) {
          server.sent.push({ name, input });
          return Promise.resolve({ ok: true, data: name === 'device:read' ? server.device : { accepted: true } });
        },
        on(name: string, listener: (fact: never) => void) {
          const group = listeners.get(name) ?? new Set();
          listeners.set(name, group.add(listener));
          return () => void group.delete(listener);
        },
        acquire: () => () => {},
        reconnect() {},
        async probe() {
          server.probes += 1;
          if (state.getState().phase === 'online') await emit('board:changed', { board: stamp(server.board) });
          return true;
        },
        close: () => listeners.clear(),
      };
      return { serverUrl: '', environment, connection } as unknown as DeviceClient;
    },
    async goOnline() {
      state.patch({ phase: 'online', reason: null });
      await settle();
    },
    async goOffline() {
      state.patch({ phase: 'offline' });
      await settle();
    },
    async putOut() {
      state.patch({
        phase: 'refused',
        revocation: 'revoked',
        reason: { code: 'UNAUTHENTICATED', message: '', requestId: 'r' },
      });
      await settle();
    },
    async push(board) {
      server.board = board;
      await emit('board:changed', { board: stamp(board) });
    },
    beat: () => emit('queue:beat', { rev: server.board.rev, serverTime: new Date(clock.now()).toISOString() }),
    change: (device) => emit('device:changed', { device }),
  };
  return server;
}

/** A loudspeaker that plays for as long as it is told and writes down what. */
export interface ScriptedOutput extends AudioOutput {
  setSound(sound: SoundState): void;
  readonly unlocks: number;
  /** Begin and end of everything that was played. */
  readonly played: { readonly begin: number; end: number }[];
  /** How long one play takes. */
  lengthMs: number;
}

export function createScriptedOutput(clock: Clock, sound: SoundState = 'on'): ScriptedOutput {
  const store = createStore<{ sound: SoundState }>({ sound });
  const output = {
    getState: store.getState,
    subscribe: store.subscribe,
    setSound: (next: SoundState) => store.patch({ sound: next }),
    unlocks: 0,
    played: [] as { begin: number; end: number }[],
    lengthMs: 1_000,
    async unlock() {
      output.unlocks += 1;
    },
    decode: () => Promise.resolve({} as AudioBuffer),
    play() {
      const entry = { begin: clock.now(), end: Infinity };
      output.played.push(entry);
      let finish = (): void => {};
      const ended = new Promise<void>((resolve) => {
        finish = () => {
          entry.end = Math.min(entry.end, clock.now());
          resolve();
        };
      });
      clock.setTimeout(finish, output.lengthMs);
      return { durationMs: output.lengthMs, ended, stop: finish };
    },
    chime: () => ({}) as AudioBuffer,
    close() {},
  };
  return output;
}

/** A voice that takes a while for each text and writes it down. */
export interface ScriptedSpeech {
  readonly said: { readonly text: string; readonly language: string; readonly at: number; end: number }[];
  hasVoice(language: string): boolean;
  say(text: string, language: string): Promise<boolean>;
  stop(): void;
}

export function createScriptedSpeech(clock: Clock, lengthMs = 2_000): ScriptedSpeech {
  const said: ScriptedSpeech['said'] = [];
  return {
    said,
    hasVoice: () => true,
    say(text, language) {
      const entry = { text, language, at: clock.now(), end: Infinity };
      said.push(entry);
      return new Promise((resolve) => {
        clock.setTimeout(() => {
          entry.end = clock.now();
          resolve(true);
        }, lengthMs);
      });
    },
    stop() {},
  };
}

/** Calls made now, newest last in sequence: `A001` at counter 1 and so on. */
export function buildCalls(clock: Clock, count: number, firstSequence = 1): BoardCall[] {
  return Array.from({ length: count }, (_, index) =>
    buildCall(index, {
      id: `call-${firstSequence + index}`,
      sequence: firstSequence + index,
      label: `A${String(firstSequence + index).padStart(3, '0')}`,
      counterLabel: `Counter ${index + 1}`,
      calledAt: new Date(clock.now()).toISOString(),
    }),
  );
}
