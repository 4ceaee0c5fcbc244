/**
 * A customer's side of the wire while booking: a visitor of a site like those who chat, with a token and a connection of its own. What
 * somebody books is then not tied to what they chat, and two forms on one page watch two lists.
 */
import { createVisitorToken, type SiteKey, type VisitorToken } from '@frontdesk/protocol/ids';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { VisitorCommands, VisitorFacts, VisitorHandshake } from '@frontdesk/protocol/visitor';
import type { Connection } from './connection-types.js';
import { createConnection } from './connection.js';
import { getEnvironment, type ClientEnvironment } from './environment.js';
import { createBookingStorage, type BookingStorage } from './storage-booking.js';

export type SlotQuestion = VisitorCommands['slot:list']['input'];

/** Without a socket the connection asks this list now and then; it is news when its revision is. */
export interface SlotsChecked {
  readonly question: SlotQuestion;
  readonly list: SlotList;
}

export type BookingConnection = Connection<VisitorCommands, VisitorFacts & { 'slots:checked': SlotsChecked }>;

export interface BookingClient {
  readonly serverUrl: string;
  readonly environment: ClientEnvironment;
  readonly storage: BookingStorage;
  readonly connection: BookingConnection;
  getToken(): VisitorToken;
  /** Goes on as who held a time before the page was loaded again; before the first request. */
  setToken(token: VisitorToken): void;
  /** What the connection asks to see whether it is alive; set it before acquiring the connection. */
  setQuestion(question: SlotQuestion): void;
}

export interface BookingClientOptions {
  readonly serverUrl: string;
  readonly site: SiteKey;
  readonly environment?: ClientEnvironment;
}

export function createBookingClient(options: BookingClientOptions): BookingClient {
  const { serverUrl, site, environment = getEnvironment() } = options;
  let token = createVisitorToken();
  let question: SlotQuestion | null = null;
  const connection = createConnection<VisitorCommands, VisitorFacts & { 'slots:checked': SlotsChecked }>({
    environment,
    serverUrl,
    audience: 'visitor',
    site,
    credential: { getToken: () => token, refresh: async () => false },
    buildHandshake: (): VisitorHandshake => ({ site, token, protocol: PROTOCOL_VERSION }),
    check: {
      name: 'slot:list',
      buildInput: () => question ?? {},
      toFact: (list) => ({ name: 'slots:checked', fact: { question, list } }),
    },
  });
  return {
    serverUrl,
    environment,
    storage: createBookingStorage(site, environment.storage),
    connection,
    getToken: () => token,
    setToken(known) {
      token = known;
    },
    setQuestion(asked) {
      question = asked;
    },
  };
}
