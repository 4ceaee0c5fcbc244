/**
 * Joining a line with a phone: what is open, what is asked, why this phone may, and the number. Framework-free. Token and key are kept
 * before the first try, so that a lost answer or a reload never takes a second number.
 */
import { createIdempotencyKey, createTicketToken, type LocationId, type TicketToken } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import type { JoinProof } from '@frontdesk/protocol/queue-phone';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import { computeBackoffMs, createNamedTimers } from '../../core/client/clock.js';
import type { RequestOptions } from '../../core/client/connection-types.js';
import type { ClientEnvironment } from '../../core/client/environment.js';
import { isRetryable } from '../../core/client/outcome.js';
import type { TicketStorage } from '../../core/client/storage-ticket.js';
import { createStore, type ReadableStore } from '../../core/client/store.js';
import type { JoinCommands } from './join-client.js';

/** Why the last step did not lead on. */
export type JoinProblem =
  | 'name-missing'
  | 'phone-missing'
  | 'phone-wrong'
  | 'consent'
  | 'twice'
  | 'too-far'
  | 'no-position'
  | 'wrong-code'
  | 'failed';

/**
 * - `loading`, `unavailable`: as they say. - `services`: choose one. - `details`: name and phone. - `where`: this phone must show that it
 *   is near. - `joining`: on its way, also while there is no network.
 */
export interface JoinState {
  readonly phase: 'loading' | 'unavailable' | 'services' | 'details' | 'where' | 'joining';
  readonly offer: QueueOffer | null;
  readonly service: ServiceOffer | null;
  /** As typed, so that nobody types it twice. */
  readonly details: JoinDetails;
  readonly problem: JoinProblem | null;
}

export interface JoinDetails {
  readonly name: string;
  readonly phone: string;
  readonly hasConsented: boolean;
}

export interface JoinSession extends ReadableStore<JoinState> {
  start(): void;
  stop(): void;
  choose(service: ServiceOffer): void;
  back(): void;
  submit(details: JoinDetails, language: Locale): void;
  /** Asks the phone where it is, once. */
  locate(): Promise<void>;
}

export interface JoinSessionOptions {
  readonly environment: Pick<ClientEnvironment, 'clock'>;
  readonly locationId: LocationId;
  /** Code of the day; null where nobody scanned one. */
  readonly code: string | null;
  readonly storage: TicketStorage;
  readonly request: <Name extends keyof JoinCommands>(
    name: Name,
    input: JoinCommands[Name]['input'],
    options: RequestOptions,
  ) => Promise<Result<JoinCommands[Name]['output']>>;
  /** True when the server knows the ticket; null when nobody could say. */
  readonly knows: (token: TicketToken) => Promise<boolean | null>;
  readonly findPosition: () => Promise<Extract<JoinProof, { kind: 'position' }>>;
  readonly onJoined: (token: TicketToken) => void;
}

export const NO_DETAILS: JoinDetails = { name: '', phone: '', hasConsented: false };

/** Nothing is asked and nothing needs to be said first. */
export function isPlain({ askName, askPhone, state }: ServiceOffer): boolean {
  return askName === 'no' && askPhone === 'no' && !(state.kind === 'open' && state.warnsOfClosing);
}

export function checkDetails({ askName, askPhone }: ServiceOffer, details: JoinDetails): JoinProblem | null {
  if (askName === 'required' && details.name === '') return 'name-missing';
  if (askPhone === 'required' && details.phone === '') return 'phone-missing';
  if (details.phone !== '' && details.phone.replaceAll(/\D/g, '').length < 6) return 'phone-wrong';
  return (details.name !== '' || details.phone !== '') && !details.hasConsented ? 'consent' : null;
}

export function createJoinSession(options: JoinSessionOptions): JoinSession {
  const { environment, locationId, storage, request } = options;
  const { clock } = environment;
  const store = createStore<JoinState>({
    phase: 'loading',
    offer: null,
    service: null,
    details: NO_DETAILS,
    problem: null,
  });
  const timers = createNamedTimers<'browse' | 'join'>(clock);
  let language: Locale = 'en';
  let token = storage.readHeld(locationId)?.token ?? createTicketToken();
  let isStopped = false;

  async function browse(problem: JoinProblem | null, tries = 1): Promise<void> {
    const result = await request('queue:browse', { locationId }, { via: 'http' });
    if (isStopped) return;
    if (result.ok) store.patch({ phase: 'services', offer: result.data, service: null, problem });
    else if (isRetryable(result.error)) again('browse', result.error, tries, () => void browse(problem, tries + 1));
    else store.patch({ phase: 'unavailable' });
  }

  function again(name: 'browse' | 'join', { retryAfterMs = 0 }: ErrorBody, tries: number, run: () => void): void {
    timers.start(name, Math.max(retryAfterMs, computeBackoffMs(tries, clock)), run);
  }

  /** A number that was asked for before a reload may exist by now. */
  async function begin(): Promise<void> {
    const held = storage.readHeld(locationId);
    if (held && (await options.knows(held.token)) === true) return finish(held.token);
    if (held) token = held.token;
    if (!isStopped) await browse(null);
  }

  function finish(issued: TicketToken): void {
    if (isStopped) return;
    storage.writeHeld(locationId, { token: issued, isIssued: true });
    options.onJoined(issued);
  }

  async function join(proof: JoinProof, key = createIdempotencyKey(clock.now()), tries = 1): Promise<void> {
    const { service, details } = store.getState();
    if (!service) return;
    store.patch({ phase: 'joining', problem: null });
    storage.writeHeld(locationId, { token, isIssued: false });
    const { name, phone, hasConsented } = details;
    const input = {
      locationId,
      serviceId: service.id,
      token,
      language,
      classKey: null,
      name: name || null,
      phone: phone || null,
      hasConsented,
      proof,
    };
    const result = await request('ticket:join', input, { via: 'http', idempotencyKey: key });
    if (isStopped) return;
    if (result.ok) return finish(token);
    if (isRetryable(result.error)) {
      return again('join', result.error, tries, () => void join(proof, key, tries + 1));
    }
    storage.writeHeld(locationId, null);
    refuse(result.error, proof);
  }

  function refuse({ code, fields = {} }: ErrorBody, proof: JoinProof): void {
    const { service } = store.getState();
    if (code === 'TOO_FAR') {
      return store.patch({ phase: 'where', problem: proof.kind === 'day-code' ? 'wrong-code' : 'too-far' });
    }
    if (code === 'QUEUE_CLOSED' || code === 'CAP_REACHED') return void browse('failed');
    const isAsked = service !== null && !isPlain(service);
    const problem = code === 'CONFLICT' ? 'twice' : 'phone' in fields ? 'phone-wrong' : 'failed';
    store.patch({ phase: isAsked ? 'details' : 'services', problem });
  }

  /** Whoever scanned the code of the day is not asked where they are. */
  const prove = (): void => {
    const { code } = options;
    if (code) void join({ kind: 'day-code', code });
    else store.patch({ phase: 'where', problem: null });
  };

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: () => void begin(),
    stop() {
      isStopped = true;
      timers.stopAll();
    },
    choose(service) {
      store.patch({ service, problem: null, phase: 'details' });
    },
    back: () => store.patch({ phase: 'services', service: null, problem: null }),
    submit(typed, spoken) {
      const { service } = store.getState();
      if (!service) return;
      const details = { ...typed, name: typed.name.trim(), phone: typed.phone.trim() };
      language = spoken;
      const problem = checkDetails(service, details);
      store.patch({ details, problem });
      if (problem) return;
      prove();
    },
    async locate() {
      store.patch({ phase: 'joining', problem: null });
      try {
        await join(await options.findPosition());
      } catch {
        store.patch({ phase: 'where', problem: 'no-position' });
      }
    },
  };
}
