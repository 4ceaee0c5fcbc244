/** What a waiting-room display shows, from the floor as it is now. */
import { findNextOpening, findOpenWindow } from '@frontdesk/domain/hours/opening-hours';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { countWaiting } from '@frontdesk/domain/queue/availability';
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Board, BoardCall } from '@frontdesk/protocol/queue-device';
import { toInstant } from './queue.presenter.js';
import type { Counter, FullSetup, LiveSituation } from './queue.types.js';

/** All that are called or served, and as many of those before as a screen has room for. */
const maxCalls = 80;
const recentCalls = 12;

export interface BoardFilter {
  readonly serviceIds: readonly ServiceId[];
  readonly counterGroups: readonly string[];
}

function presentCall(ticket: FloorTicket, counter: Counter, setup: FullSetup): BoardCall {
  const { announcementLanguages } = setup.policy;
  return {
    id: `${ticket.id}:${ticket.calledAtMs}`,
    sequence: ticket.callSequence,
    label: ticket.label,
    counterId: counter.id,
    counterLabel: counter.label,
    counterGroup: counter.group,
    serviceId: ticket.serviceId,
    languages: announcementLanguages.length > 0 ? [...announcementLanguages] : [ticket.language],
    calledAt: new Date(ticket.calledAtMs ?? 0).toISOString(),
    recalledAt: toInstant(ticket.recalledAtMs.at(-1) ?? null),
    maskedName: null,
    state: ticket.state === 'called' || ticket.state === 'serving' ? ticket.state : 'gone',
  };
}

/** Where a ticket was called last; its own counter while it is there, that of its last leg afterwards. */
function counterOf(ticket: FloorTicket, setup: FullSetup): Counter | undefined {
  const id = ticket.counterId ?? ticket.legs.findLast(({ counterId }) => counterId !== null)?.counterId;
  return id ? setup.countersById.get(id) : undefined;
}

export function buildBoard({ floor, setup, nowMs }: LiveSituation, filter: BoardFilter): Board {
  const isShown = (ticket: FloorTicket, counter: Counter): boolean =>
    (filter.serviceIds.length === 0 || filter.serviceIds.includes(ticket.serviceId)) &&
    (filter.counterGroups.length === 0 || filter.counterGroups.includes(counter.group));
  const calls: BoardCall[] = [];
  for (const ticket of floor.tickets.values()) {
    const counter = ticket.calledAtMs === null ? undefined : counterOf(ticket, setup);
    if (!counter || !isShown(ticket, counter)) continue;
    calls.push(presentCall(ticket, counter, setup));
  }
  calls.sort((one, other) => other.sequence - one.sequence);
  const here = calls.filter(({ state }) => state !== 'gone');
  const gone = calls.filter(({ state }) => state === 'gone').slice(0, recentCalls);
  const zone = getZone(floor.timeZone);
  const isOpen = findOpenWindow(setup.hours, zone, nowMs) !== undefined;
  const services = [...setup.servicesById.values()].filter(
    ({ id, isArchived }) => !isArchived && (filter.serviceIds.length === 0 || filter.serviceIds.includes(id)),
  );
  return {
    rev: floor.rev,
    at: new Date(nowMs).toISOString(),
    calls: [...here, ...gone].slice(0, maxCalls),
    waiting: services.map(({ id, names }) => ({ serviceId: id, names, count: countWaiting(floor, id) })),
    notice: floor.notice,
    isOpen,
    opensAt: isOpen ? null : toInstant(findNextOpening(setup.hours, zone, nowMs) ?? null),
  };
}

const ticketIdOf = ({ id }: BoardCall): TicketId => id.split(':', 1)[0] as TicketId;
/** A name stands there as long as its owner is awaited, not longer. */
const mayBeNamed = ({ state }: BoardCall): boolean => state !== 'gone';

export function ticketIdsOn({ calls }: Board): TicketId[] {
  return calls.filter(mayBeNamed).map(ticketIdOf);
}

/** Puts masked names beside their numbers (QD-14). */
export function nameCalls(board: Board, maskedNames: ReadonlyMap<TicketId, string>): Board {
  const nameOf = (call: BoardCall): string | null => maskedNames.get(ticketIdOf(call)) || null;
  return {
    ...board,
    calls: board.calls.map((call) => (mayBeNamed(call) ? { ...call, maskedName: nameOf(call) } : call)),
  };
}
