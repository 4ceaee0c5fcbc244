/**
 * What a holder asks for, once: the key is made before the first try and stays until there is an answer, whatever happens to the
 * network meanwhile (QP-5). One thing at a time.
 */
import { createIdempotencyKey, type IdempotencyKey } from '@frontdesk/protocol/ids';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { TicketCommands } from '@frontdesk/protocol/ticket';
import { computeBackoffMs, createNamedTimers } from '../core/client/clock.js';
import { isRetryable, isUnknownOutcome } from '../core/client/outcome.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import type { TicketClient } from '../core/client/ticket-client.js';

export type TicketActionName =
  'ticket:arrive' | 'ticket:defer' | 'ticket:leave' | 'ticket:come-back' | 'ticket:rate' | 'ticket:set-language';

/**
 * - `sending`: on its way. - `waiting`: no answer came; it goes on by itself. - `failed`: the server said no, `code` says why.
 */
export interface ActionState {
  readonly name: TicketActionName | null;
  readonly phase: 'idle' | 'sending' | 'waiting' | 'failed';
  readonly code: ErrorCode | null;
}

export const NO_ACTION: ActionState = { name: null, phase: 'idle', code: null };

/** A server that answers and cannot do it is asked this often, then the person decides. */
const MAX_REFUSALS = 4;

interface Asked<Name extends TicketActionName = TicketActionName> {
  readonly name: Name;
  readonly input: TicketCommands[Name]['input'];
  readonly key: IdempotencyKey;
}

export interface TicketActions extends ReadableStore<ActionState> {
  /** Does nothing while another one is on its way. */
  run<Name extends TicketActionName>(name: Name, input: TicketCommands[Name]['input']): void;
  /** Asks again for what failed, with the key that it had. */
  retry(): void;
  /** Takes the failure off the screen. */
  dismiss(): void;
  stop(): void;
}

export interface ActionHandlers {
  handleDone(name: TicketActionName, output: unknown): void;
  /** The ticket is not as it was thought to be. */
  handleRefused(code: ErrorCode): void;
}

export function createTicketActions(
  { connection, environment: { clock, lifecycle } }: TicketClient,
  handlers: ActionHandlers,
): TicketActions {
  const store = createStore<ActionState>(NO_ACTION);
  const timers = createNamedTimers<'again'>(clock);
  let asked: Asked | null = null;
  let tries = 0;
  let isUnderWay = false;

  async function send(): Promise<void> {
    if (!asked || isUnderWay) return;
    timers.stop('again');
    const { name, input, key } = asked;
    isUnderWay = true;
    const result = await connection.request(name, input, { idempotencyKey: key });
    isUnderWay = false;
    if (asked?.key !== key) return;
    if (result.ok) {
      asked = null;
      store.patch(NO_ACTION);
      handlers.handleDone(name, result.data);
      return;
    }
    const { error } = result;
    if (isUnknownOutcome(error)) tries = 0;
    else tries += 1;
    if (isRetryable(error) && tries < MAX_REFUSALS) {
      store.patch({ phase: 'waiting' });
      const delayMs = Math.max(error.retryAfterMs ?? 0, computeBackoffMs(tries + 1, clock));
      timers.start('again', delayMs, () => void send());
      return;
    }
    store.patch({ phase: 'failed', code: error.code });
    handlers.handleRefused(error.code);
  }

  const begin = (next: Asked): void => {
    asked = next;
    tries = 0;
    store.patch({ name: next.name, phase: 'sending', code: null });
    void send();
  };
  /** The person is looking, or the network is back: what remains of a pause is too long. */
  const hurry = (): void => {
    if (timers.has('again')) void send();
  };
  const stops = [
    lifecycle.on('wake', hurry),
    connection.subscribe(({ phase }) => {
      if (phase === 'online') hurry();
    }),
  ];

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    run(name, input) {
      const { phase } = store.getState();
      if (phase === 'sending' || phase === 'waiting') return;
      begin({ name, input, key: createIdempotencyKey(clock.now()) });
    },
    retry() {
      if (asked && store.getState().phase === 'failed') begin(asked);
    },
    dismiss() {
      if (store.getState().phase !== 'failed') return;
      asked = null;
      store.patch(NO_ACTION);
    },
    stop() {
      asked = null;
      timers.stopAll();
      for (const stop of stops.splice(0)) stop();
    },
  };
}
