/** The live half of booking: a typed connection to `/visitor`, fetched when somebody looks at free times. */
import { decodeSlotChange } from '@frontdesk/domain/booking/slot-change';
import type { SiteKey, VisitorToken } from '@frontdesk/protocol/ids';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { VisitorCommands, VisitorFacts, VisitorHandshake } from '@frontdesk/protocol/visitor';
import type { BookingLive, SlotQuestion, SlotsChecked } from './booking-client.js';
import { createConnection } from './connection.js';
import type { ClientEnvironment } from './environment.js';

export interface BookingLiveOptions {
  readonly environment: ClientEnvironment;
  readonly serverUrl: string;
  readonly site: SiteKey;
  readonly getToken: () => VisitorToken;
}

export function createBookingLive({ environment, serverUrl, site, getToken }: BookingLiveOptions): BookingLive {
  let question: SlotQuestion | null = null;
  const connection = createConnection<VisitorCommands, VisitorFacts & { 'slots:checked': SlotsChecked }>({
    environment,
    serverUrl,
    audience: 'visitor',
    site,
    credential: { getToken, refresh: async () => false },
    buildHandshake: (): VisitorHandshake => ({ site, token: getToken(), protocol: PROTOCOL_VERSION }),
    check: {
      name: 'slot:list',
      buildInput: () => question ?? {},
      toFact: (list) => ({ name: 'slots:checked', fact: { question, list } }),
    },
  });
  return {
    connection,
    setQuestion(asked) {
      question = asked;
    },
    readChange: (change) => decodeSlotChange(change, question?.from ?? ''),
  };
}
