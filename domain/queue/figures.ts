/**
 * What the days of a queue came to (QA-9), from its events alone. Days are folded one after the other and forgotten; what stays are
 * counts by whole seconds, so a quarter of a year needs no more memory than a busy day.
 *
 * Every visit of a ticket to a service counts by itself:
 * - Its **wait** runs from joining the line to the first call. It counts for whoever was called, also when nobody came; among staff,
 *   for whoever had the visit when that day ended. People who were served without a ticket did not wait and are left out, because
 *   their zeros would flatter the others' wait.
 * - Its **service** runs from the first start to the end or the transfer; what lies between, such as a hold, is part of it.
 * - It counts on the day in which that is settled. A call that may still be taken back is not, and what a day inherits counts once.
 */
import type { MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { QueueFigures, QueueReport } from '@frontdesk/protocol/queue-reports';
import type { TicketSource } from '@frontdesk/protocol/vocabulary';
import { getZone } from '../hours/zone.js';
import { createFloor, type LiveFloor } from './apply-event.js';
import type { QueueActor, QueueEvent } from './events.js';
import type { FloorTicket, Leg } from './floor.js';

export interface FiguresTarget {
  readonly targetWaitMinutes: number;
}

export type FiguresReport = Omit<QueueReport, 'from' | 'to'>;

export interface FiguresFold {
  /** The next event; whole days in their order, each from its beginning. */
  observe(event: QueueEvent): void;
  /** Everything that was observed, the day that is not over as far as it got. Ends the fold. */
  summarize(): FiguresReport;
}

/** How often each number of whole seconds was seen. */
class Seconds {
  readonly #counts = new Map<number, number>();
  #total = 0;
  #sum = 0;

  add(seconds: number): void {
    this.#counts.set(seconds, (this.#counts.get(seconds) ?? 0) + 1);
    this.#total += 1;
    this.#sum += seconds;
  }

  get mean(): number | null {
    return this.#total === 0 ? null : Math.round(this.#sum / this.#total);
  }

  describe(): QueueFigures['wait'] {
    const sorted = [...this.#counts].sort(([one], [other]) => one - other);
    return { mean: this.mean, median: this.#quantile(sorted, 0.5), p90: this.#quantile(sorted, 0.9) };
  }

  /** The smallest value that this share does not exceed (nearest rank). */
  #quantile(sorted: readonly (readonly [number, number])[], share: number): number | null {
    let left = Math.ceil(share * this.#total);
    for (const [seconds, count] of sorted) {
      left -= count;
      if (left <= 0) return seconds;
    }
    return null;
  }
}

class Tally {
  issued = 0;
  served = 0;
  noShows = 0;
  cancelled = 0;
  transfers = 0;
  /** Served after a wait, and of those the ones within the target. */
  queued = 0;
  onTarget = 0;
  readonly wait = new Seconds();
  readonly service = new Seconds();

  describe(): QueueFigures {
    const { issued, served, noShows, cancelled, transfers } = this;
    return {
      issued,
      served,
      noShows,
      cancelled,
      transfers,
      wait: this.wait.describe(),
      service: this.service.describe(),
      onTarget: this.queued === 0 ? null : this.onTarget / this.queued,
    };
  }
}

/** Counts by key, in the order in which the keys were first seen. */
class Tallies<Key> {
  readonly byKey = new Map<Key, Tally>();

  of(key: Key): Tally {
    const tally = this.byKey.get(key) ?? new Tally();
    this.byKey.set(key, tally);
    return tally;
  }
}

interface Visit {
  readonly ticket: FloorTicket;
  readonly leg: Leg;
  readonly isLast: boolean;
}

function visitAt(ticket: FloorTicket | undefined, index: number): Visit | undefined {
  const leg = ticket?.legs[index];
  return ticket && leg && { ticket, leg, isLast: index === ticket.legs.length - 1 };
}

const toSeconds = (fromMs: number, toMs: number): number => Math.max(0, Math.round((toMs - fromMs) / 1_000));

/** null while nobody was called for good, and for people who never stood in line. */
function waitOf({ ticket, leg: { queuedAtMs, calledAtMs }, isLast }: Visit): number | null {
  const isOpenCall = isLast && ticket.state === 'called' && ticket.beforeCall?.legs.at(-1)?.calledAtMs === null;
  if (calledAtMs === null || isOpenCall || calledAtMs === queuedAtMs) return null;
  return toSeconds(queuedAtMs, calledAtMs);
}

/** null until the visit was served to its end. */
function serviceOf({ ticket, leg: { startedAtMs, endedAtMs }, isLast }: Visit): number | null {
  if (startedAtMs === null || endedAtMs === null || (isLast && ticket.state !== 'completed')) return null;
  return toSeconds(startedAtMs, endedAtMs);
}

function isTransferred({ leg, isLast }: Visit): boolean {
  return !isLast && leg.endedAtMs !== null;
}

class Fold implements FiguresFold {
  readonly #targets: ReadonlyMap<ServiceId, FiguresTarget>;
  readonly #total = new Tally();
  readonly #services = new Tallies<ServiceId>();
  readonly #members = new Tallies<MembershipId>();
  readonly #sources = new Tallies<TicketSource>();
  readonly #hours = new Tallies<number>();
  readonly #names = new Map<string, string>();
  readonly #issuers = new Map<TicketId, MembershipId>();
  #floor: LiveFloor = createFloor();
  #carried = new Map<TicketId, FloorTicket>();

  constructor(targets: ReadonlyMap<ServiceId, FiguresTarget>) {
    this.#targets = targets;
  }

  observe(event: QueueEvent): void {
    const began = event.changes.find((change) => change.type === 'day-began');
    if (began) {
      this.#endDay();
      this.#carried = new Map(began.carried.tickets.map((ticket) => [ticket.id, ticket]));
    }
    this.#floor.apply(event);
    this.#noteStaff(event);
  }

  summarize(): FiguresReport {
    this.#endDay();
    return {
      total: this.#total.describe(),
      byService: Array.from(this.#services.byKey, ([serviceId, tally]) => ({ serviceId, figures: tally.describe() })),
      byStaff: Array.from(this.#members.byKey, ([memberId, tally]) => ({
        memberId,
        name: this.#names.get(memberId) ?? '',
        figures: tally.describe(),
      })),
      bySource: Array.from(this.#sources.byKey, ([source, tally]) => ({ source, figures: tally.describe() })),
      heatmap: [...this.#hours.byKey]
        .sort(([one], [other]) => one - other)
        .map(([key, { issued, wait }]) => ({
          weekday: Math.floor(key / 24),
          hour: key % 24,
          issued,
          meanWaitSeconds: wait.mean,
        })),
    };
  }

  /** Members come and go; the log keeps what they were called. */
  #noteStaff({ actor, changes }: QueueEvent): void {
    if (actor.kind === 'staff') this.#names.set(actor.id, actor.name);
    for (const change of changes) {
      if (change.type === 'counter-opened') this.#names.set(change.memberId, change.memberName);
      if (change.type === 'ticket-issued' && isStaff(actor)) this.#issuers.set(change.ticketId, actor.id);
    }
  }

  #endDay(): void {
    for (const ticket of this.#floor.tickets.values()) this.#count(ticket);
    this.#floor = createFloor();
    this.#carried.clear();
    this.#issuers.clear();
  }

  #count(ticket: FloorTicket): void {
    const before = this.#carried.get(ticket.id);
    if (!before) this.#countIssued(ticket);
    for (const index of ticket.legs.keys()) {
      const visit = visitAt(ticket, index);
      if (visit) this.#countVisit(visit, visitAt(before, index));
    }
    const last = ticket.legs.at(-1);
    if (!last) return;
    for (const tally of this.#talliesOf(ticket, last)) {
      if (ticket.state === 'no-show') tally.noShows += 1;
      if (ticket.state === 'cancelled') tally.cancelled += 1;
    }
  }

  #countIssued(ticket: FloorTicket): void {
    const serviceId = ticket.legs[0]?.serviceId ?? ticket.serviceId;
    const tallies = [this.#total, this.#services.of(serviceId), this.#sources.of(ticket.source)];
    const issuer = this.#issuers.get(ticket.id);
    if (issuer) tallies.push(this.#members.of(issuer));
    tallies.push(this.#hourOf(ticket.legs[0]?.queuedAtMs ?? ticket.queuedAtMs));
    for (const tally of tallies) tally.issued += 1;
  }

  #countVisit(now: Visit, before: Visit | undefined): void {
    const { ticket, leg } = now;
    const waited = waitOf(now);
    const served = serviceOf(now);
    const isTransferNew = isTransferred(now) && !(before && isTransferred(before));
    const isServiceNew = served !== null && !(before && serviceOf(before) !== null);
    const isWaitNew = waited !== null && !(before && waitOf(before) !== null);
    for (const tally of this.#talliesOf(ticket, leg)) {
      if (isWaitNew) tally.wait.add(waited);
      if (isTransferNew) tally.transfers += 1;
      if (!isServiceNew) continue;
      tally.served += 1;
      tally.service.add(served);
      if (waited === null) continue;
      tally.queued += 1;
      if (waited <= this.#targetOf(leg.serviceId)) tally.onTarget += 1;
    }
    if (isWaitNew) this.#hourOf(leg.queuedAtMs).wait.add(waited);
  }

  #talliesOf({ source }: FloorTicket, { serviceId, memberId }: Leg): Tally[] {
    const tallies = [this.#total, this.#services.of(serviceId), this.#sources.of(source)];
    if (memberId !== null) tallies.push(this.#members.of(memberId));
    return tallies;
  }

  /** Hour of the clock on the branch's wall. */
  #hourOf(atMs: number): Tally {
    const { weekday, minutes } = getZone(this.#floor.timeZone).toWall(atMs);
    return this.#hours.of((weekday - 1) * 24 + Math.floor(minutes / 60));
  }

  /** Of a service that is gone altogether nobody knows the target. */
  #targetOf(serviceId: ServiceId): number {
    return (this.#targets.get(serviceId)?.targetWaitMinutes ?? Infinity) * 60;
  }
}

function isStaff(actor: QueueActor): actor is QueueActor & { readonly id: MembershipId } {
  return actor.kind === 'staff';
}

/** `targets` by service as they are set now; the log does not keep them. */
export function createFigures(targets: ReadonlyMap<ServiceId, FiguresTarget>): FiguresFold {
  return new Fold(targets);
}
