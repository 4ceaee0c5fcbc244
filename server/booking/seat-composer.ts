/** Puts a message to people in a class together, at the moment at which it is sent; and the link that goes with it. */
import type { BookingId } from '@frontdesk/protocol/ids';
import { SEAT_TOKEN_PREFIX } from '@frontdesk/protocol/vocabulary';
import type { Allocation } from './booking.types.js';
import type { Enrolment, SeatOutboxEntry, Session } from './class.types.js';
import type { CollectFacts } from './composer.js';
import { findEntry } from './enrolments.js';
import type { ManageLinks } from './manage-links.js';
import type { ReadyMessage } from './messenger.js';
import { writeCourseLetter, writeSeatLetter } from './seat-letter.js';
import type { SessionStore } from './session.store.js';

/** What names seats in their link; it follows from them and is kept nowhere. */
export function createSeatToken(
  links: Pick<ManageLinks, 'create'>,
  { tenantId, end }: Pick<Session, 'tenantId' | 'end'>,
  { id, salt }: Pick<Enrolment, 'id' | 'salt'>,
): string {
  const linked = { id: id as string as BookingId, tenantId, manageSalt: salt, replacedSalt: null, end };
  return SEAT_TOKEN_PREFIX + links.create(linked, 'seat');
}

/** undefined when there is nobody to tell. */
export type ComposeForSeat = (booking: Allocation, message: SeatOutboxEntry) => Promise<ReadyMessage | undefined>;

export function createSeatComposer(deps: {
  readonly collect: CollectFacts;
  readonly links: Pick<ManageLinks, 'create'>;
  readonly sessions: Pick<SessionStore, 'listTogether'>;
}): ComposeForSeat {
  return async (booking, message) => {
    const session = booking as Session;
    const entry = findEntry(session, message.seatId);
    const address = entry?.customer?.email;
    if (!entry || !address) return undefined;
    const { customer, locale, customerZone, siteId = null } = entry;
    // Of the session the hour and the place, of the seats the people: as if they had booked it for themselves.
    const visit = { ...session, customer, locale, customerZone, siteId };
    const facts = await deps.collect(visit, { token: createSeatToken(deps.links, session, entry) });
    if (!facts) return undefined;
    if (message.kind !== 'course' && message.kind !== 'course-cancelled')
      return { address, letter: writeSeatLetter(message, entry, facts) };
    const together = await deps.sessions.listTogether(session, entry.courseEntryId ?? entry.id);
    return { address, letter: writeCourseLetter(message, entry, facts, together) };
  };
}
