/**
 * Who did what (QA-13). The log itself is the audit: there is no second record that could differ from it, and no way to change it.
 * Each change makes a row; what a ticket was before and after is folded from its own events, of whichever day.
 */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import type { QueueActor, QueueChange } from '@frontdesk/domain/queue/events';
import type { CounterId, LocationId, MembershipId, TicketId } from '@frontdesk/protocol/ids';
import type { AuditRow } from '@frontdesk/protocol/queue-reports';
import type { AuditFilter, EventStore } from './event.store.js';
import type { LoggedEvent, Scoped, Setups } from './queue.types.js';

/** Events of a page. */
const PAGE_SIZE = 50;

export interface AuditQuery {
  readonly locationId: LocationId;
  readonly ticketId?: TicketId | undefined;
  readonly memberId?: MembershipId | undefined;
  readonly counterId?: CounterId | undefined;
  readonly before?: number | undefined;
}

export interface AuditDeps {
  readonly events: Pick<EventStore, 'audit' | 'readTickets'>;
  readonly setups: Setups;
}

type TicketSide = Pick<AuditRow, 'label' | 'from' | 'to'>;

export type AuditService = ReturnType<typeof createAuditService>;

function reasonOf(change: QueueChange): string | null {
  switch (change.type) {
    case 'ticket-called':
      return change.reason.note ?? change.reason.rule;
    case 'ticket-cancelled':
    case 'counter-paused':
      return change.reason;
    case 'ticket-completed':
      return change.outcome;
    case 'ticket-held':
      return change.scope;
    case 'ticket-transferred':
      return change.mode;
    case 'service-closed':
      return change.message;
    case 'notice-set':
      return change.notice;
    default:
      return null;
  }
}

const actorOf = ({ kind, name }: QueueActor): string => name || kind;

function concerns(change: QueueChange, { ticketId, counterId }: AuditQuery): boolean {
  if (ticketId !== undefined && !('ticketId' in change && change.ticketId === ticketId)) return false;
  return counterId === undefined || ('counterId' in change && change.counterId === counterId);
}

const keyOf = (rev: number, at: number): string => `${rev}:${at}`;

/** What each change made of its ticket, by revision and place in the event. */
function traceTickets(events: readonly LoggedEvent[]): Map<string, TicketSide> {
  const floor = createFloor();
  const sides = new Map<string, TicketSide>();
  let step = 0;
  for (const event of events) {
    for (const [at, change] of event.changes.entries()) {
      if (!('ticketId' in change)) continue;
      const from = floor.tickets.get(change.ticketId)?.state ?? null;
      floor.apply({ ...event, rev: (step += 1), changes: [change] });
      const ticket = floor.tickets.get(change.ticketId);
      if (ticket) sides.set(keyOf(event.rev, at), { label: ticket.label, from, to: ticket.state });
    }
  }
  return sides;
}

export function createAuditService({ events, setups }: AuditDeps) {
  async function trace(context: Scoped, { locationId }: AuditQuery, page: readonly LoggedEvent[]) {
    const ids = page.flatMap(({ changes }) => changes.flatMap((it) => ('ticketId' in it ? it.ticketId : [])));
    if (ids.length === 0) return new Map<string, TicketSide>();
    return traceTickets(await events.readTickets(context, locationId, [...new Set(ids)], page[0]?.rev ?? 0));
  }

  return {
    async read(context: Scoped, query: AuditQuery): Promise<{ rows: AuditRow[]; hasMore: boolean }> {
      const { countersById } = await setups.read(context, query.locationId);
      const { ticketId, counterId, memberId, before } = query;
      const filter: AuditFilter = { ticketId, counterId, actorId: memberId, beforeRev: before };
      const found = await events.audit(context, query.locationId, filter, PAGE_SIZE + 1);
      const page = found.slice(0, PAGE_SIZE);
      const sides = await trace(context, query, page);
      const rows = page.flatMap(({ rev, atMs, actor, changes }) =>
        changes
          .map((change, at): AuditRow | null => {
            if (!concerns(change, query)) return null;
            const counter = 'counterId' in change ? change.counterId : null;
            return {
              rev,
              at: new Date(atMs).toISOString(),
              type: change.type,
              ticketId: 'ticketId' in change ? change.ticketId : null,
              ...(sides.get(keyOf(rev, at)) ?? { label: null, from: null, to: null }),
              counterId: counter,
              counterLabel: (counter && countersById.get(counter)?.label) ?? null,
              actor: actorOf(actor),
              reason: reasonOf(change),
            };
          })
          .filter((row) => row !== null)
          .reverse(),
      );
      return { rows, hasMore: found.length > PAGE_SIZE };
    },
  };
}
