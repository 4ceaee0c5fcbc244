/** Somebody with a device: presses a button once or twice, and repeats with the same key until the server has answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Audience } from '@frontdesk/protocol/command';
import { createIdempotencyKey, type IdempotencyKey } from '@frontdesk/protocol/ids';
import { isTransient, type Result } from '@frontdesk/protocol/result';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { call } from '../provision.js';
import type { Random } from '../random.js';
import { TestSocket } from '../../support/sockets.js';
import type { Stage } from './stage.js';
import type { CommandName, Told } from './day-history.js';

/** One way to the server. Rejects when nothing came back. */
export interface Wire {
  ask(name: string, input: object, key: IdempotencyKey): Promise<Result<unknown>>;
  /** The next try begins with a new connection. */
  close(): void;
}

export interface WireOptions {
  readonly url: string;
  readonly audience: Extract<Audience, 'device' | 'staff' | 'ticket'>;
  readonly getToken: () => string;
}

export function openHttpWire({ url, audience, getToken }: WireOptions): Wire {
  return {
    ask: async (name, input, key) => (await call(url, name, input, { audience, token: getToken(), key })).result,
    close() {},
  };
}

export function openSocketWire({ url, audience, getToken }: WireOptions): Wire {
  let socket: TestSocket | null = null;

  async function connect(): Promise<TestSocket> {
    if (socket && !socket.isClosed) return socket;
    const opened = new TestSocket(url, `/${audience}`, {
      query: { audience },
      extraHeaders: { Origin: url },
      auth: { token: getToken(), protocol: PROTOCOL_VERSION },
    });
    socket = opened;
    const isSettled = () => opened.connectError !== null || opened.isClosed || opened.heard.length > 0;
    await opened
      .until('an answer to the greeting', isSettled)
      .finally(() => opened.heard.length === 0 && opened.close());
    if (opened.connectError || opened.isClosed) {
      socket = null;
      throw new Error(opened.connectError?.message ?? 'The connection was closed.');
    }
    return opened;
  }

  return {
    async ask(name, input, idempotencyKey) {
      return (await connect()).raw(name, { input, idempotencyKey });
    },
    close() {
      socket?.close();
      socket = null;
    },
  };
}

export interface Client {
  /** Resolves with the final answer; null when nobody waited for it. */
  command<T>(name: CommandName, input: CommandInput): Promise<Result<T> | null>;
  /** Asks until the server answers. */
  read<T>(name: string, input: object): Promise<Result<T>>;
  close(): void;
}

export type CommandInput = Readonly<Record<string, unknown>> & {
  readonly ticketId?: string;
  readonly counterId?: string;
};

export interface ClientOptions {
  readonly wire: Wire;
  /** As the log names whoever acts: `staff:<membership>`. */
  readonly actor: string;
  readonly random: Random;
  /** What an answer says of revision and ticket. */
  readonly readAnswer: (data: never) => Told;
  /** The session is over; makes another one. */
  readonly refresh?: () => Promise<unknown>;
  /** The ticket of a holder, who never has to name it. */
  readonly ticketId?: string;
}

/** A server that is back answers within this; a command that gets none is a finding of its own. */
const ANSWER_LIMIT_MS = 90_000;
const DOUBLE_TAPS = 0.03;
/** Of those whose first try brought nothing. */
const GIVES_UP = 0.1;

export function createClient({ recorder, moments, endsAtMs }: Stage, options: ClientOptions): Client {
  const { wire, random, actor } = options;

  /** One try; null when it has to be repeated. */
  async function attempt(name: string, input: object, key: IdempotencyKey): Promise<Result<unknown> | null> {
    try {
      const result = await wire.ask(name, input, key);
      if (result.ok) return result;
      if (result.error.code === 'TOKEN_EXPIRED' || result.error.code === 'UNAUTHENTICATED') {
        wire.close();
        await options.refresh?.();
        return null;
      }
      // Whoever is told that it is too early does something else.
      return isTransient(result.error.code) && result.error.code !== 'TOO_SOON' ? null : result;
    } catch {
      return null;
    }
  }

  /** Null when it was given up, which only happens after a try that brought nothing. */
  async function persist(
    name: string,
    input: object,
    key: IdempotencyKey,
    givesUp: boolean,
  ): Promise<Result<unknown> | null> {
    const deadline = Date.now() + ANSWER_LIMIT_MS;
    for (;;) {
      const answering = attempt(name, input, key);
      moments.emit('command sent');
      const result = await answering;
      if (result || givesUp) return result;
      if (Date.now() > deadline) throw new Error(`${name} ${key} was not answered in ${ANSWER_LIMIT_MS} ms.`);
      await sleep(random.int(20, 250));
    }
  }

  async function press(name: CommandName, input: CommandInput, logKey: string, key: IdempotencyKey, givesUp: boolean) {
    const result = await persist(name, input, key, givesUp);
    if (result === null) recorder.add({ type: 'abandoned', key: logKey });
    else if (!result.ok) recorder.add({ type: 'refused', key: logKey, code: result.error.code });
    else {
      recorder.add({ type: 'ok', key: logKey, ...options.readAnswer(result.data as never) });
      moments.emit('command acknowledged');
    }
    return result;
  }

  return {
    async command<T>(name: CommandName, input: CommandInput) {
      if (Date.now() > endsAtMs) throw new Error('The day did not end.');
      const key = createIdempotencyKey();
      const logKey = `${actor}:${key}`;
      const { ticketId = options.ticketId ?? null, counterId = null } = input;
      recorder.add({ type: 'invoke', key: logKey, name, ticketId, counterId });
      const taps = [press(name, input, logKey, key, random.chance(GIVES_UP))];
      if (random.chance(DOUBLE_TAPS)) taps.push(press(name, input, logKey, key, false));
      const results = await Promise.all(taps);
      return (results.find((result) => result?.ok) ?? results[0] ?? null) as Result<T> | null;
    },
    async read<T>(name: string, input: object) {
      return (await persist(name, input, createIdempotencyKey(), false)) as Result<T>;
    },
    close: () => wire.close(),
  };
}
