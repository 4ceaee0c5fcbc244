/**
 * A ticket's life on a phone: first over HTTP, because that is one request on a slow network; then live. Framework-free; the element
 * draws its state, and tests bring their own clock and connection.
 */
import type { Locale } from '@frontdesk/protocol/locales';
import type { TicketToken } from '@frontdesk/protocol/ids';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { ErrorCode } from '@frontdesk/protocol/result';
import { createNamedTimers } from '../core/client/clock.js';
import type { RequestOptions } from '../core/client/connection-types.js';
import { isRetryable } from '../core/client/outcome.js';
import type { TicketStorage } from '../core/client/storage-ticket.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import type { TicketClient } from '../core/client/ticket-client.js';
import { createTicketActions, NO_ACTION, type ActionState, type TicketActions } from './ticket-actions.js';
import { createTicketClock } from './ticket-clock.js';
import { fromSnapshot, toSnapshot } from './ticket-snapshot.js';
import {
  applyOrder,
  applyState,
  callOf,
  isOver,
  refreshPromise,
  viewLine,
  type LineView,
  type OrderNews,
  type TicketModel,
} from './ticket-store.js';

/** Phones that missed the same message do not ask in the same moment. */
const GAP_JITTER_MS = 1_500;
const RETRY_READ_MS = 3_000;
const TICK_MS = 1_000;
/** A connection that comes back this soon was never away for a reader. */
const GRACE_MS = 4_000;
/** Whoever did not look for longer is shown that the picture may be old until the server has spoken. */
const LONG_ABSENCE_MS = 10_000;

/**
 * - `loading`: nothing is known yet. - `shown`: the ticket as of now or of before. - `gone`: there is no such ticket, or not any more.
 */
export interface TicketState {
  readonly phase: 'loading' | 'shown' | 'gone';
  readonly model: TicketModel | null;
  readonly line: LineView | null;
  /** False when what is shown may be old; then `asOfMs` says from when it is, on this phone's clock. */
  readonly isLive: boolean;
  readonly asOfMs: number | null;
  /** The call that nobody has answered on this phone yet. */
  readonly ringing: string | null;
  readonly action: ActionState;
  /** True once this visit was rated on this phone. */
  readonly isRated: boolean;
}

export interface TicketSession extends ReadableStore<TicketState> {
  start(): void;
  stop(): void;
  readonly actions: TicketActions;
  /** The holder has seen the call. */
  acknowledge(): void;
  speak(language: Locale): void;
}

export interface TicketSessionOptions {
  readonly client: TicketClient;
  readonly token: TicketToken;
  readonly storage: TicketStorage;
}

export function createTicketSession(options: TicketSessionOptions): TicketSession {
  return new Session(options);
}

class Session implements TicketSession {
  readonly actions: TicketActions;
  readonly #options: TicketSessionOptions;
  readonly #languages: TicketActions;
  readonly #timers;
  readonly #store;
  #stops: (() => void)[] = [];
  #release: (() => void) | null = null;
  readonly #serverClock;
  #hiddenAtMs: number | null = null;
  #answeredCall: string | null = null;
  #isReading = false;
  #wasOnline = false;

  constructor(options: TicketSessionOptions) {
    this.#options = options;
    this.#timers = createNamedTimers<'tick' | 'read' | 'doubt'>(options.client.environment.clock);
    this.#serverClock = createTicketClock(() => options.client.environment.clock.now());
    this.#store = createStore<TicketState>({
      phase: 'loading',
      model: null,
      line: null,
      isLive: true,
      asOfMs: null,
      ringing: null,
      action: NO_ACTION,
      isRated: false,
    });
    const handlers = {
      handleDone: (name: string, output: unknown) => this.#handleDone(name, output),
      handleRefused: (code: ErrorCode) => this.#handleRefused(code),
    };
    this.actions = createTicketActions(options.client, handlers);
    this.#languages = createTicketActions(options.client, handlers);
  }

  getState(): TicketState {
    return this.#store.getState();
  }

  subscribe(listener: (state: TicketState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  start(): void {
    const { client, storage, token } = this.#options;
    const { connection, environment } = client;
    const { lifecycle } = environment;
    this.#stops = [
      connection.on('ticket:changed', ({ state }) => this.#adopt(state)),
      connection.on('order:changed', (news) => this.#follow(news)),
      connection.on('order:reset', ({ orderRev, spreadMs }) => this.#handleReset(orderRev, spreadMs)),
      connection.subscribe(() => this.#handleConnection()),
      lifecycle.on('hide', () => {
        this.#hiddenAtMs = environment.clock.now();
      }),
      lifecycle.on('wake', () => this.#handleWake()),
      this.actions.subscribe((action) => this.#store.patch({ action })),
    ];
    this.#restore(storage.readSnapshot(token));
    void this.#begin();
    this.#tick();
  }

  stop(): void {
    this.#timers.stopAll();
    this.#release?.();
    this.#release = null;
    this.actions.stop();
    this.#languages.stop();
    for (const stop of this.#stops.splice(0)) stop();
    this.#options.client.connection.close();
  }

  acknowledge(): void {
    this.#answeredCall = this.getState().ringing ?? this.#answeredCall;
    this.#store.patch({ ringing: null });
    this.#save();
  }

  speak(language: Locale): void {
    this.#languages.dismiss();
    this.#languages.run('ticket:set-language', { language });
  }

  /** The socket's library comes after the ticket, so that it does not stand in its way. */
  async #begin(): Promise<void> {
    await this.#read({ via: 'http' });
    if (this.#stops.length === 0 || this.getState().phase === 'gone') return;
    this.#release = this.#options.client.connection.acquire();
  }

  async #read(options: RequestOptions = {}): Promise<void> {
    if (this.#isReading && options.via === undefined) return;
    this.#isReading = true;
    const result = await this.#options.client.connection.request('ticket:read', {}, options);
    this.#isReading = false;
    if (this.#stops.length === 0) return;
    if (result.ok) return this.#adopt(result.data);
    if (isGone(result.error.code)) return this.#vanish();
    if (isRetryable(result.error) && this.#isOnline) this.#readAgain(result.error.retryAfterMs ?? RETRY_READ_MS);
    else this.#doubt();
  }

  #readAgain(delayMs: number): void {
    if (!this.#timers.has('read')) this.#timers.start('read', delayMs, () => void this.#read());
  }

  get #isOnline(): boolean {
    return this.#options.client.connection.getState().phase === 'online';
  }

  #adopt(state: HolderState): void {
    const model = applyState(this.getState().model, state);
    if (state.parameters) this.#serverClock.guess(Date.parse(state.parameters.at));
    this.#show(model);
    const { storage, token } = this.#options;
    if (isOver(model.ticket)) storage.forget(token);
  }

  #follow(news: OrderNews): void {
    const { model } = this.getState();
    if (!model) return;
    const next = applyOrder(model, news);
    if (next === 'gap') {
      this.#readAgain(this.#options.client.environment.clock.random() * GAP_JITTER_MS);
      return;
    }
    this.#serverClock.guess(Date.parse(news.parameters.at));
    this.#show(refreshPromise(next, this.#serverClock.now()));
  }

  #handleReset(orderRev: number, spreadMs: number): void {
    const { line } = this.getState().model ?? {};
    if (!line || orderRev <= line.orderRev) return;
    this.#readAgain(this.#options.client.environment.clock.random() * spreadMs);
  }

  #show(model: TicketModel): void {
    const { clock } = this.#options.client.environment;
    this.#timers.stop('doubt');
    this.#store.patch({ phase: 'shown', model, isLive: true, asOfMs: clock.now() });
    this.#draw(model);
    this.#save();
  }

  /** What a reader sees of it; equal views stay the same object, so that nothing is drawn for nothing. */
  #draw(model: TicketModel): void {
    const state = this.getState();
    const line = viewLine(model);
    const call = callOf(model.ticket);
    this.#store.patch({
      line: JSON.stringify(line) === JSON.stringify(state.line) ? state.line : line,
      ringing: call === this.#answeredCall ? null : call,
    });
  }

  #handleConnection(): void {
    const { connection, environment } = this.#options.client;
    const { phase, reason, isReachable, clockOffsetMs } = connection.getState();
    if (phase === 'refused') {
      if (reason && isGone(reason.code)) this.#vanish();
      else this.#doubt();
    } else if (phase === 'online') {
      if (this.#wasOnline) return;
      this.#timers.stop('doubt');
      this.#serverClock.know(environment.clock.now() + clockOffsetMs);
      // Only a read over the socket makes the server tell this phone of its line.
      void this.#read();
    } else if (phase === 'offline' && !isReachable && !this.#timers.has('doubt')) {
      this.#timers.start('doubt', GRACE_MS, () => this.#doubt());
    }
    this.#wasOnline = phase === 'online';
  }

  #handleWake(): void {
    const { clock } = this.#options.client.environment;
    const absentMs = this.#hiddenAtMs === null ? 0 : clock.now() - this.#hiddenAtMs;
    this.#hiddenAtMs = null;
    if (this.getState().phase === 'gone' || absentMs < LONG_ABSENCE_MS) return;
    this.#doubt();
    // The socket may be dead without knowing; asking past it answers in one round trip (QP-4).
    void this.#read({ via: 'http' });
  }

  #doubt(): void {
    this.#store.patch({ isLive: false });
  }

  #vanish(): void {
    const { storage, token } = this.#options;
    storage.forget(token);
    this.#timers.stopAll();
    this.#release?.();
    this.#release = null;
    this.#store.patch({ phase: 'gone', model: null, line: null, ringing: null, isLive: true });
  }

  #tick(): void {
    this.#timers.start('tick', TICK_MS, () => this.#tick());
    const { model, isLive } = this.getState();
    if (!model?.line || !isLive || !this.#options.client.environment.lifecycle.isVisible()) return;
    const next = refreshPromise(model, this.#serverClock.now());
    this.#store.patch({ model: next });
    this.#draw(next);
  }

  #handleDone(name: string, output: unknown): void {
    if (name === 'ticket:rate') this.#store.patch({ isRated: true });
    else this.#adopt(output as HolderState);
  }

  #handleRefused(code: ErrorCode): void {
    if (isGone(code)) this.#vanish();
    else void this.#read();
  }

  #restore(stored: unknown): void {
    const snapshot = fromSnapshot(stored);
    if (!snapshot) return;
    const { model, asOfMs, answeredCall } = snapshot;
    this.#answeredCall = answeredCall;
    this.#store.patch({ phase: 'shown', model, asOfMs, isLive: false });
    this.#draw(model);
  }

  #save(): void {
    const { storage, token } = this.#options;
    const { model, asOfMs } = this.getState();
    if (!model || asOfMs === null || isOver(model.ticket)) return;
    storage.writeSnapshot(token, toSnapshot({ model, asOfMs, answeredCall: this.#answeredCall }));
  }
}

/** Wrong, purged and foreign tickets are the same to whoever asks (QP-11). */
function isGone(code: ErrorCode): boolean {
  return code === 'NOT_FOUND' || code === 'UNAUTHENTICATED';
}
