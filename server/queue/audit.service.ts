/**
 * Who did what (QA-13). The log itself is the audit: there is no second record that could differ from it, and no way to change it.
 * Each change makes a row; what a ticket was before and after is read by `audit.trace.ts`.
 */
import type { QueueActor, QueueChange } from '@frontdesk/domain/queue/events';
import type { CounterId, LocationId, MembershipId, TicketId } from '@frontdesk/protocol/ids';
import type { AuditRow } from '@frontdesk/protocol/queue-reports';
import { sideKey, traceTickets, type TicketSide } from './audit.trace.js';
import type { AuditFilter, EventStore } from './event.store.js';
import type { Scoped, Setups } from './queue.types.js';

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

const unknown: TicketSide = { label: null, from: null, to: null };

const actorOf = ({ kind, name }: QueueActor): string => name || kind;

function concerns(change: QueueChange, { ticketId, counterId }: AuditQuery): boolean {
  if (ticketId !== undefined && !('ticketId' in change && change.ticketId === ticketId)) return false;
  return counterId === undefined || ('counterId' in change && change.counterId === counterId);
}

export function createAuditService({ events, setups }: AuditDeps) {
  return {
    async read(context: Scoped, query: AuditQuery): Promise<{ rows: AuditRow[]; hasMore: boolean }> {
      const { countersById } = await setups.read(context, query.locationId);
      const { ticketId, counterId, memberId, before } = query;
      const filter: AuditFilter = { ticketId, counterId, actorId: memberId, beforeRev: before };
      const found = await events.audit(context, query.locationId, filter, PAGE_SIZE + 1);
      const page = found.slice(0, PAGE_SIZE);
      const sides = await traceTickets(events, context, query.locationId, page);
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
              ...(sides.get(sideKey(rev, at)) ?? unknown),
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
