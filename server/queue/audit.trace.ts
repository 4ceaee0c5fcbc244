/** What each change made of its ticket, folded from the ticket's own events, of whichever day. */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { AuditRow } from '@frontdesk/protocol/queue-reports';
import type { EventStore } from './event.store.js';
import type { LoggedEvent, Scoped } from './queue.types.js';

export type TicketSide = Pick<AuditRow, 'label' | 'from' | 'to'>;

/** Of a change: revision of its event and place in it. */
export const sideKey = (rev: number, at: number): string => `${rev}:${at}`;

function fold(events: readonly LoggedEvent[]): Map<string, TicketSide> {
  const floor = createFloor();
  const sides = new Map<string, TicketSide>();
  let step = 0;
  for (const event of events) {
    for (const [at, change] of event.changes.entries()) {
      if (!('ticketId' in change)) continue;
      const from = floor.tickets.get(change.ticketId)?.state ?? null;
      floor.apply({ ...event, rev: (step += 1), changes: [change] });
      const ticket = floor.tickets.get(change.ticketId);
      if (ticket) sides.set(sideKey(event.rev, at), { label: ticket.label, from, to: ticket.state });
    }
  }
  return sides;
}

/** By {@link sideKey}, for all changes of these events (and earlier ones) that are about a ticket. */
export async function traceTickets(
  events: Pick<EventStore, 'readTickets'>,
  context: Scoped,
  locationId: LocationId,
  page: readonly LoggedEvent[],
): Promise<Map<string, TicketSide>> {
  const ids = page.flatMap(({ changes }) => changes.flatMap((it) => ('ticketId' in it ? it.ticketId : [])));
  if (ids.length === 0) return new Map();
  const upToRev = Math.max(...page.map(({ rev }) => rev));
  return fold(await events.readTickets(context, locationId, [...new Set(ids)], upToRev));
}
