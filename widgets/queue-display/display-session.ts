/**
 * A display's life: pairing, the board, what is spoken, what is reported. Framework-free; the element draws its state, and tests
 * bring their own clock, client and voice.
 */
import type { DeviceHealth, DeviceSelf } from '@frontdesk/protocol/devices';
import type { Board, BoardCall } from '@frontdesk/protocol/queue-device';
import { createAnnouncementQueue, type AnnouncementQueue } from '../core/announcer/announcement-queue.js';
import type { AudioOutput } from '../core/announcer/audio-output.js';
import type { SpokenBy, Voice } from '../core/announcer/voice.js';
import { createNamedTimers } from '../core/client/clock.js';
import type { DeviceClient, DeviceClientOptions } from '../core/client/device-client.js';
import type { ClientEnvironment } from '../core/client/environment.js';
import type { DeviceStorage } from '../core/client/storage-device.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import { createPairing, type Pairing, type PairingState } from '../device-pairing/pairing.js';
import { createDisplayLink, type DisplayLink } from './display-link.js';
import {
  applyBeat,
  applyBoard,
  EMPTY_MODEL,
  expireEmphasis,
  fromSnapshot,
  listNow,
  toSnapshot,
  type DisplayModel,
} from './display-store.js';
import { createServerClock } from './server-clock.js';
import type { RestartReason, Watchdog } from './watchdog.js';

export const APP_VERSION = '0.1.0';
const TICK_MS = 1_000;
const REPORT_INTERVAL_MS = 30_000;
/** The disk of a television is spared: what changes often is written at most this often. */
const SAVE_DELAY_MS = 2_000;
const MAX_PAINTED = 80;

/**
 * - `starting`: nothing is known yet. - `pairing`: the code stands on the screen. - `board`: the board does, of now or of before.
 */
export interface DisplayState {
  readonly phase: 'starting' | 'pairing' | 'board';
  readonly pairing: PairingState | null;
  readonly model: DisplayModel;
  /** This device's clock, epoch milliseconds, a new value every second; and the server's at the same moment. */
  readonly localMs: number;
  readonly serverMs: number;
  /** When something was heard last, on this device's clock; null before the first word since the start. */
  readonly heardAtMs: number | null;
  readonly startedAtMs: number;
  readonly isSpeaking: boolean;
}

export interface DisplaySession extends ReadableStore<DisplayState> {
  start(): void;
  stop(): void;
  /** These calls are on the screen since now. */
  handlePainted(calls: readonly BoardCall[]): void;
  /** Begins again from what is kept, as a reload of the page would, without the page. */
  restart(): void;
}

export interface SessionOptions {
  readonly serverUrl: string;
  readonly environment: ClientEnvironment;
  readonly storage: DeviceStorage;
  readonly output: AudioOutput;
  readonly voice: Voice;
  readonly watchdog: Watchdog;
  readonly createClient?: (options: DeviceClientOptions) => DeviceClient;
  readWakeLock(): DeviceHealth['wakeLock'];
  onRestartDue(reason: RestartReason): void;
}

export function createDisplaySession(options: SessionOptions): DisplaySession {
  return new Session(options);
}

class Session implements DisplaySession {
  readonly #options: SessionOptions;
  readonly #store;
  readonly #serverClock;
  readonly #timers;
  readonly #announcements: AnnouncementQueue;
  #pairing: Pairing | undefined;
  #link: DisplayLink | undefined;
  #lastSpokenBy: SpokenBy | null = null;
  /** What was painted last; no more than a board holds. */
  #painted: readonly BoardCall[] = [];
  #stops: (() => void)[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    const { clock } = options.environment;
    this.#serverClock = createServerClock(() => clock.now());
    this.#timers = createNamedTimers<'tick' | 'report' | 'save'>(clock);
    this.#store = createStore<DisplayState>({
      phase: 'starting',
      pairing: null,
      model: EMPTY_MODEL,
      localMs: clock.now(),
      serverMs: clock.now(),
      heardAtMs: null,
      startedAtMs: clock.now(),
      isSpeaking: false,
    });
    this.#announcements = createAnnouncementQueue({
      voice: options.voice,
      now: () => clock.now(),
      onSpeaking: (isSpeaking) => this.#store.patch({ isSpeaking }),
      onSpoken: ({ id, sequence }, by) => this.#handleSpoken(id, sequence, by),
    });
  }

  getState(): DisplayState {
    return this.#store.getState();
  }

  subscribe(listener: (state: DisplayState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  start(): void {
    const { storage, environment } = this.#options;
    const model = fromSnapshot(storage.readSnapshot());
    const startedAtMs = environment.clock.now();
    this.#store.patch({ model, startedAtMs, heardAtMs: null, phase: model.board ? 'board' : 'starting' });
    this.#stops.push(environment.lifecycle.on('suspend', () => this.#save()));
    this.#tick();
    if (model.device || storage.isTokenGiven) this.#connect();
    else this.#pair();
  }

  stop(): void {
    this.#save();
    this.#timers.stopAll();
    this.#pairing?.stop();
    this.#link?.stop();
    this.#pairing = undefined;
    this.#link = undefined;
    this.#announcements.clear();
    for (const stop of this.#stops.splice(0)) stop();
  }

  restart(): void {
    this.stop();
    this.start();
  }

  handlePainted(calls: readonly BoardCall[]): void {
    this.#painted = [...this.#painted, ...calls].slice(-MAX_PAINTED);
    this.#sayShown(calls);
  }

  /** A server that was started anew has forgotten who showed what, and a counter would be told to call out (QC-12). */
  #sayShownAgain(): void {
    const standing = new Set(listNow(this.getState().model.board).map(({ sequence }) => sequence));
    this.#sayShown(this.#painted.filter(({ sequence }) => standing.has(sequence)));
  }

  #sayShown(calls: readonly BoardCall[]): void {
    if (calls.length === 0) return;
    const shownAt = new Date(this.#serverClock.now()).toISOString();
    this.#link?.sendReceipts(calls.map(({ id, sequence }) => ({ id, sequence, shownAt, spokenAt: null })));
  }

  #pair(): void {
    const { serverUrl, environment, storage } = this.#options;
    const pairing = createPairing({ serverUrl, kind: 'display', storage, environment });
    this.#pairing = pairing;
    const handle = (): void => {
      const state = pairing.getState();
      if (state.phase === 'paired') {
        pairing.stop();
        this.#pairing = undefined;
        this.#store.patch({ pairing: null, phase: 'starting' });
        this.#connect();
      } else {
        // A screen that was paired before this page was opened is told so at once; it shows no code meanwhile.
        this.#store.patch({ pairing: state, ...(state.phase === 'asking' ? {} : { phase: 'pairing' as const }) });
      }
    };
    this.#stops.push(pairing.subscribe(handle));
    pairing.start();
  }

  #connect(): void {
    const { storage } = this.#options;
    const token = storage.readToken();
    if (token === null) return this.#pair();
    this.#link = createDisplayLink(
      { ...this.#options, token },
      {
        handleBoard: (board) => this.#handleBoard(board),
        handleBeat: ({ serverTimeMs }) => this.#handleBeat(serverTimeMs),
        handleDevice: (device) => this.#handleDevice(device),
        handleOnline: (serverTimeMs) => {
          this.#serverClock.forget();
          this.#serverClock.learn(serverTimeMs);
          this.#sayShownAgain();
          this.#report();
        },
        handlePutOut: () => this.#handlePutOut(),
      },
    );
    this.#link.start();
  }

  #hear(serverTimeMs: number): { localMs: number; serverMs: number } {
    const { clock } = this.#options.environment;
    this.#serverClock.learn(serverTimeMs);
    this.#options.watchdog.feed();
    return { localMs: clock.now(), serverMs: this.#serverClock.now() };
  }

  #handleBoard(board: Board): void {
    const moment = this.#hear(Date.parse(board.at));
    const { model, news } = applyBoard(this.getState().model, board, moment);
    this.#store.patch({ model, ...moment, heardAtMs: moment.localMs, phase: 'board' });
    // A call that was taken back before anybody heard it is not spoken any more.
    this.#announcements.remove(
      ({ id, sequence }) =>
        !board.calls.some((call) => call.id === id) && board.calls.some((call) => call.sequence < sequence),
    );
    const { isSoundOn = true, repeat = 1 } = model.device?.display ?? {};
    if (isSoundOn) this.#announcements.add(news, repeat);
    this.#saveSoon();
  }

  #handleBeat(serverTimeMs: number): void {
    const moment = this.#hear(serverTimeMs);
    this.#store.patch({ model: applyBeat(this.getState().model, moment.serverMs), heardAtMs: moment.localMs });
    this.#saveSoon();
  }

  #handleDevice(device: DeviceSelf): void {
    const { model } = this.getState();
    this.#store.patch({ model: { ...model, device } });
    if (device.display && !device.display.isSoundOn) this.#announcements.clear();
    this.#save();
  }

  /** Somebody took this screen out of the business: what it knew is not its business any more. */
  #handlePutOut(): void {
    this.#link?.stop();
    this.#link = undefined;
    this.#timers.stop('save');
    this.#announcements.clear();
    this.#options.storage.forget();
    this.#store.patch({ model: EMPTY_MODEL, heardAtMs: null, phase: 'starting' });
    this.#pair();
  }

  #handleSpoken(id: string, sequence: number, by: SpokenBy): void {
    this.#lastSpokenBy = by;
    if (by === 'none') return;
    const now = new Date(this.#serverClock.now()).toISOString();
    this.#link?.sendReceipts([{ id, sequence, shownAt: now, spokenAt: now }]);
  }

  #tick(): void {
    const { environment, watchdog, onRestartDue } = this.#options;
    const localMs = environment.clock.now();
    const serverMs = this.#serverClock.now();
    this.#store.patch({ localMs, serverMs, model: expireEmphasis(this.getState().model, localMs) });
    // A screen that waits for its code has nothing to hear.
    if (this.getState().phase === 'pairing') watchdog.feed();
    this.#timers.start('tick', TICK_MS - (serverMs % TICK_MS) || TICK_MS, () => this.#tick());
    const reason = watchdog.check(serverMs);
    if (reason !== null) onRestartDue(reason);
  }

  #report(): void {
    void this.#link?.report(this.#describeHealth());
    this.#timers.start('report', REPORT_INTERVAL_MS, () => this.#report());
  }

  #describeHealth(): DeviceHealth {
    const { output, readWakeLock } = this.#options;
    const { isSoundOn = true } = this.getState().model.device?.display ?? {};
    const { sound } = output.getState();
    return {
      appVersion: APP_VERSION,
      wakeLock: readWakeLock(),
      sound: isSoundOn ? sound : 'off',
      voice: this.#lastSpokenBy ?? (sound === 'on' ? 'clips' : 'none'),
      printer: 'none',
      latencyMs: this.#link?.latencyMs ?? null,
      waitingOffline: 0,
      lastTicketAt: null,
    };
  }

  #saveSoon(): void {
    if (!this.#timers.has('save')) this.#timers.start('save', SAVE_DELAY_MS, () => this.#save());
  }

  #save(): void {
    this.#timers.stop('save');
    const { model } = this.getState();
    if (model.device || model.board) this.#options.storage.writeSnapshot(toSnapshot(model));
  }
}
