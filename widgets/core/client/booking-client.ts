/**
 * A customer's side of the wire while booking: a visitor of a site like those who chat, with a token and a connection of its own. What
 * somebody books is then not tied to what they chat, and two forms on one page watch two lists.
 *
 * Everything is asked over HTTP, which is there at once and everywhere; the socket only tells of changes, and comes later.
 */
import { createVisitorToken, type IdempotencyKey, type SiteKey, type VisitorToken } from '@frontdesk/protocol/ids';
import type { ReadSlotChange } from '@frontdesk/domain/booking/slot-change';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import { ACK_TIMEOUT_MS } from '@frontdesk/protocol/limits';
import type { Result } from '@frontdesk/protocol/result';
import type { VisitorCommands, VisitorFacts } from '@frontdesk/protocol/visitor';
import type { Connection } from './connection-types.js';
import { getEnvironment, type ClientEnvironment } from './environment.js';
import { postCommand } from './http-transport.js';
import { createBookingStorage, type BookingStorage } from './storage-booking.js';

export type SlotQuestion = VisitorCommands['slot:list']['input'];

/** Without a socket the connection asks this list now and then; it is news when its revision is. */
export interface SlotsChecked {
  readonly question: SlotQuestion | null;
  readonly list: SlotList;
}

export interface BookingLive {
  readonly connection: Connection<VisitorCommands, VisitorFacts & { 'slots:checked': SlotsChecked }>;
  /** What is asked to see whether the connection is alive; before acquiring it. */
  setQuestion(question: SlotQuestion): void;
  /** News of the list of that question, as it is meant. */
  readChange(change: VisitorFacts['slots:changed']): ReadSlotChange;
}

export interface BookingClient {
  readonly environment: ClientEnvironment;
  readonly storage: BookingStorage;
  getToken(): VisitorToken;
  /** Goes on as who held a time before the page was loaded again; before the first request. */
  setToken(token: VisitorToken): void;
  /** Over HTTP. Never throws and never rejects. */
  request<Name extends keyof VisitorCommands>(
    name: Name,
    input: VisitorCommands[Name]['input'],
    idempotencyKey?: IdempotencyKey,
  ): Promise<Result<VisitorCommands[Name]['output']>>;
  /** Rejects when its code does not arrive. */
  loadLive(): Promise<BookingLive>;
}

export interface BookingClientOptions {
  /** Origin of the server, without a path. */
  readonly serverUrl: string;
  readonly site: SiteKey;
  readonly environment?: ClientEnvironment;
}

export function createBookingClient(options: BookingClientOptions): BookingClient {
  const { serverUrl, site, environment = getEnvironment() } = options;
  let token = createVisitorToken();
  const getToken = (): VisitorToken => token;
  const common = { serverUrl, audience: 'visitor', site, keepalive: false, signal: undefined } as const;
  return {
    environment,
    storage: createBookingStorage(site, environment.storage),
    getToken,
    setToken(known) {
      token = known;
    },
    async request(name, input, idempotencyKey) {
      const post = { ...common, name, input, token, idempotencyKey, timeoutMs: ACK_TIMEOUT_MS };
      return (await postCommand(environment, post)) as Result<VisitorCommands[typeof name]['output']>;
    },
    async loadLive() {
      const { createBookingLive } = await import('./booking-live.js');
      return createBookingLive({ environment, serverUrl, site, getToken });
    },
  };
}
