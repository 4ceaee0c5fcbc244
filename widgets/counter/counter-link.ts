/**
 * Whether what a console shows is of now. A socket notices its own death only after most of a minute, so a console that
 * hears nothing asks: within five seconds of a loss everybody at the counter knows (QC-13). Where sockets are blocked it
 * reads over HTTP instead, and goes on working.
 */
import type { CounterId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { ErrorBody } from '@frontdesk/protocol/result';
import { createNamedTimers } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import type { StaffClient } from '../core/client/staff-client.js';
import type { Link } from './counter-store.js';

const TICK_MS = 1_000;
/** Silence after which the server is asked, and how long it may take: with a tick in between less than five seconds. */
const SILENCE_MS = 1_500;
const ANSWER_MS = 2_000;
/** Longest waits and breaches grow by time alone. */
const RENEW_MS = 30_000;
/** Without a socket. */
const POLL_MS = 3_000;

export interface CounterLinkOptions {
  counterId(): CounterId | null;
  handleLink(link: Link): void;
  handleView(counterId: CounterId, view: CounterView): void;
  /** The counter cannot be read for good. */
  handleRefused(error: ErrorBody): void;
  /** The connection is back; what else is shown may be old. */
  handleBack(): void;
}

export interface CounterLink {
  start(): () => void;
  /** Reads the console; true when what is shown is of now. */
  read(): Promise<boolean>;
  /** The server said something by itself. */
  noteNews(): void;
  lose(): void;
}

export function createCounterLink(client: StaffClient, options: CounterLinkOptions): CounterLink {
  const { connection, environment } = client;
  const { clock, lifecycle } = environment;
  const timers = createNamedTimers<'beat'>(clock);
  let heardAtMs = -Infinity;
  let readAtMs = -Infinity;
  let askedAtMs = -Infinity;
  let wasOnline = false;
  let isLive = false;
  let isStopped = false;

  const isOnline = (): boolean => connection.getState().phase === 'online';

  function setLink(link: Link): void {
    isLive = link === 'live';
    options.handleLink(link);
  }

  /** Nothing to read yet: the choice of counters is live when the connection is. */
  async function ping(): Promise<boolean> {
    askedAtMs = clock.now();
    const via = isOnline() ? 'socket' : 'http';
    const answer = await connection.request(
      'conversation:check',
      { conversationIds: [] },
      { via, timeoutMs: ANSWER_MS },
    );
    return settle(answer.ok || !isRetryable(answer.error));
  }

  function settle(isAnswered: boolean): boolean {
    if (isStopped) return false;
    if (isAnswered) heardAtMs = clock.now();
    setLink(isAnswered ? 'live' : 'lost');
    return isAnswered;
  }

  async function read(): Promise<boolean> {
    const counterId = options.counterId();
    if (counterId === null) return ping();
    askedAtMs = clock.now();
    const via = isOnline() ? 'socket' : 'http';
    const answer = await connection.request('counter:read', { counterId }, { via, timeoutMs: ANSWER_MS });
    if (isStopped || counterId !== options.counterId()) return false;
    if (!answer.ok) {
      if (isRetryable(answer.error)) return settle(false);
      settle(true);
      options.handleRefused(answer.error);
      return false;
    }
    readAtMs = clock.now();
    options.handleView(counterId, answer.data);
    return settle(true);
  }

  async function beat(): Promise<void> {
    if (connection.getState().phase === 'refused') return setLink('refused');
    const silenceMs = clock.now() - Math.max(heardAtMs, askedAtMs);
    const isOld = clock.now() - readAtMs > RENEW_MS || !isLive || !isOnline();
    if (silenceMs < (isOnline() ? SILENCE_MS : POLL_MS)) return;
    await (isOld ? read() : ping());
    // A socket that does not answer is dropped, so that another one can be opened.
    if (!isLive && isOnline()) void connection.probe();
  }

  function schedule(): void {
    timers.start('beat', TICK_MS, () => {
      const isIdle = !lifecycle.isVisible() && isLive;
      void (isIdle ? Promise.resolve() : beat()).finally(() => !isStopped && schedule());
    });
  }

  function handlePhase(): void {
    const { phase } = connection.getState();
    const isBack = phase === 'online' && !wasOnline;
    wasOnline = phase === 'online';
    if (phase === 'refused') return setLink('refused');
    if (phase === 'offline') return setLink('lost');
    if (!isBack) return;
    void read();
    options.handleBack();
  }

  return {
    start() {
      const stops = [
        connection.subscribe(handlePhase),
        lifecycle.on('wake', () => void (isOnline() && read())),
        lifecycle.on('offline', () => setLink('lost')),
      ];
      handlePhase();
      schedule();
      return () => {
        isStopped = true;
        timers.stopAll();
        for (const stop of stops) stop();
      };
    },
    read,
    noteNews() {
      heardAtMs = clock.now();
    },
    lose: () => setLink('lost'),
  };
}
