/**
 * A message from the form of a card, framework-free: checked, proved, sent once. Its key is made before the first try and stays until an
 * answer comes, so that a lost answer or an hour without a network never sends it twice (CC-15).
 */
import {
  createIdempotencyKey,
  createVisitorToken,
  type CardId,
  type IdempotencyKey,
  type VisitorToken,
} from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ProofOfWork } from '@frontdesk/protocol/proof';
import type { ErrorBody } from '@frontdesk/protocol/result';
import { computeBackoffMs, createNamedTimers } from '../../core/client/clock.js';
import { isRetryable } from '../../core/client/outcome.js';
import type { solveProof } from '../../core/client/proof.js';
import type { SiteStorage } from '../../core/client/storage.js';
import { createStore, type ReadableStore } from '../../core/client/store.js';
import type { CardRequest } from '../card-client.js';
import type { CardEnvironment } from '../card-environment.js';

export type MessageProblem =
  'name-missing' | 'reach-missing' | 'email-wrong' | 'phone-wrong' | 'body-missing' | 'failed' | 'too-many';

export interface MessageFields {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly body: string;
  /** Filled in by programs alone. */
  readonly website: string;
}

/** - `waiting`: no network, or the server has no time; it goes on by itself. */
export interface MessageState {
  readonly phase: 'writing' | 'sending' | 'waiting' | 'sent';
  readonly problem: MessageProblem | null;
  /** As typed, so that nobody types it twice. */
  readonly fields: MessageFields;
}

export interface MessageSession extends ReadableStore<MessageState> {
  start(): void;
  stop(): void;
  /** Somebody began to type: the work can be done meanwhile. */
  prepare(): void;
  submit(fields: MessageFields, locale: Locale): void;
  /** Takes a message that waits back. */
  cancel(): void;
  /** An empty form again. */
  again(): void;
}

export interface MessageSessionOptions {
  readonly environment: Pick<CardEnvironment, 'clock' | 'lifecycle'>;
  readonly request: CardRequest;
  readonly solve: typeof solveProof;
  readonly storage: Pick<SiteStorage, 'readVisitorToken' | 'writeVisitorToken'>;
  readonly cardId: CardId;
  readonly onSent: () => void;
}

interface Message {
  readonly fields: MessageFields;
  readonly locale: Locale;
  readonly key: IdempotencyKey;
  readonly token: VisitorToken;
}

export const NO_MESSAGE: MessageFields = { name: '', email: '', phone: '', body: '', website: '' };
/** A proof is refused when it took too long to be used; a second fresh one would be refused for another reason. */
const PROOFS_PER_MESSAGE = 2;
const LEAST_DIGITS = 6;

export function checkMessage({ name, email, phone, body }: MessageFields): MessageProblem | null {
  if (name === '') return 'name-missing';
  if (email === '' && phone === '') return 'reach-missing';
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return 'email-wrong';
  if (phone !== '' && phone.replaceAll(/\D/g, '').length < LEAST_DIGITS) return 'phone-wrong';
  return body === '' ? 'body-missing' : null;
}

function problemOf({ code, fields = {} }: ErrorBody): MessageProblem {
  if (code === 'RATE_LIMITED') return 'too-many';
  if ('phone' in fields) return 'phone-wrong';
  return 'email' in fields ? 'email-wrong' : 'failed';
}

export function createMessageSession(options: MessageSessionOptions): MessageSession {
  const { environment, request, storage, cardId } = options;
  const { clock, lifecycle } = environment;
  const store = createStore<MessageState>({ phase: 'writing', problem: null, fields: NO_MESSAGE });
  const timers = createNamedTimers<'retry'>(clock);
  let proving: Promise<ProofOfWork | ErrorBody> | undefined;
  let retry: (() => void) | undefined;
  /** Counts messages and their ends, so that what was taken back is not brought to an end. */
  let current = 0;
  let stopListening: (() => void) | undefined;

  async function prove(): Promise<ProofOfWork | ErrorBody> {
    const asked = await request('proof:request', { purpose: 'card-message' });
    return asked.ok ? options.solve(asked.data) : asked.error;
  }

  function prepare(): Promise<ProofOfWork | ErrorBody> {
    proving ??= prove();
    return proving;
  }

  function waitFor({ retryAfterMs = 0 }: ErrorBody, tries: number, run: () => void): void {
    store.patch({ phase: 'waiting' });
    retry = () => {
      retry = undefined;
      timers.stop('retry');
      run();
    };
    timers.start('retry', Math.max(retryAfterMs, computeBackoffMs(tries, clock)), () => retry?.());
  }

  function fail(error: ErrorBody): void {
    current += 1;
    store.patch({ phase: 'writing', problem: problemOf(error) });
  }

  async function send(message: Message, tries = 1, proofs = 1): Promise<void> {
    const mine = current;
    const { fields, locale, key, token } = message;
    const proof = await prepare();
    if (mine !== current) return;
    let error: ErrorBody | undefined;
    if ('code' in proof) {
      proving = undefined;
      error = proof;
    } else {
      const { name, email, phone, body, website } = fields;
      const input = { cardId, name, email: email || null, phone: phone || null, body, website, locale, proof };
      const result = await request('card:send-message', input, { idempotencyKey: key, token });
      if (mine !== current) return;
      if (result.ok) return finish();
      error = result.error;
    }
    if (error.code === 'PROOF_REFUSED' && proofs < PROOFS_PER_MESSAGE) {
      proving = undefined;
      return send(message, tries, proofs + 1);
    }
    if (!isRetryable(error) || error.code === 'RATE_LIMITED') return fail(error);
    waitFor(error, tries, () => {
      store.patch({ phase: 'sending' });
      void send(message, tries + 1, proofs);
    });
  }

  function finish(): void {
    current += 1;
    proving = undefined;
    store.patch({ phase: 'sent', problem: null, fields: NO_MESSAGE });
    options.onSent();
  }

  function submit(typed: MessageFields, locale: Locale): void {
    if (store.getState().phase !== 'writing') return;
    const trimmed = Object.entries(typed).map(([name, value]) => [name, String(value).trim()]);
    const fields = Object.fromEntries(trimmed) as unknown as MessageFields;
    const problem = checkMessage(fields);
    store.patch({ fields, problem });
    if (problem) return;
    // The visitor's own, if there is one: the answer then appears in the chat of this page, too.
    const token = storage.readVisitorToken() ?? createVisitorToken();
    storage.writeVisitorToken(token);
    store.patch({ phase: 'sending' });
    void send({ fields, locale, key: createIdempotencyKey(clock.now()), token });
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start() {
      stopListening = lifecycle.on('wake', () => retry?.());
    },
    stop() {
      current += 1;
      stopListening?.();
      timers.stopAll();
    },
    prepare: () => void prepare(),
    submit,
    cancel() {
      current += 1;
      retry = undefined;
      timers.stopAll();
      store.patch({ phase: 'writing' });
    },
    again: () => store.patch({ phase: 'writing', problem: null, fields: NO_MESSAGE }),
  };
}
