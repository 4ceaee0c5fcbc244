/** A location for the tests of the cores: decides and folds as the server does, with a clock that is set by hand. */
import { expect } from 'chai';
import { createFloor, type LiveFloor } from '@frontdesk/domain/queue/apply-event';
import { decideCallNext, decideUndoCall } from '@frontdesk/domain/queue/decide-call';
import { decideIssue, type IssueRequest } from '@frontdesk/domain/queue/decide-issue';
import { decideDay, decideOpenCounter } from '@frontdesk/domain/queue/decide-location';
import { decideComplete, decideHold, decideStart } from '@frontdesk/domain/queue/decide-serve';
import type { Decision, Refusal, Situation } from '@frontdesk/domain/queue/decision';
import type { QueueActor, QueueChange, QueueEvent } from '@frontdesk/domain/queue/events';
import { findCounter, type FloorTicket } from '@frontdesk/domain/queue/floor';
import type { PriorityClass, QueuePolicy, QueueSetup, ServiceSetup } from '@frontdesk/domain/queue/setup';
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import type { HoldScope } from '@frontdesk/protocol/vocabulary';
import type { CounterId, DeviceId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';

export const minuteMs = 60_000;
/** A Wednesday, 09:00 in Kuala Lumpur. */
export const morningMs = Date.UTC(2026, 4, 13, 1);

export const serviceId = (name: string) => name as ServiceId;
export const counterId = (name: string) => name as CounterId;
export const ticketId = (name: string) => name as TicketId;
export const memberId = (name: string) => name as MembershipId;
export const deviceId = (name: string) => name as DeviceId;

export const [reception, payments, doctor, laboratory] = ['reception', 'payments', 'doctor', 'laboratory'].map(
  serviceId,
) as [ServiceId, ServiceId, ServiceId, ServiceId];
export const [one, two, three] = ['one', 'two', 'three'].map(counterId) as [CounterId, CounterId, CounterId];
export const serviceIds = [reception, payments, doctor, laboratory] as const;
export const counterIds = [one, two, three] as const;

const everyDay = (...windows: TimeWindow[]): OpeningHours => ({
  weekly: Array.from({ length: 7 }, () => windows),
  specialDays: [],
  holidays: [],
});
export const officeHours = everyDay({ from: '08:00', to: '17:00' });
export const alwaysOpen = everyDay({ from: '00:00', to: '24:00' });

function service(id: ServiceId, prefix: string, pool: string): ServiceSetup {
  return {
    id,
    series: { prefix, width: 3, first: 1, last: 999 },
    pool,
    typicalMinutes: 5,
    targetWaitMinutes: 15,
    capPerDay: null,
    maxWaiting: null,
    stopAt: null,
    isArchived: false,
  };
}

export function priorityClass(key: string, change: Partial<PriorityClass> = {}): PriorityClass {
  return {
    key,
    names: { en: key },
    kind: 'soft',
    rate: 1,
    headStartMinutes: 0,
    maxConsecutive: null,
    declaration: { en: `I am ${key}.` },
    quota: null,
    ...change,
  };
}

export const basePolicy: QueuePolicy = {
  classes: [
    priorityClass('elder', { kind: 'statutory', maxConsecutive: 2 }),
    priorityClass('vip', { rate: 2, headStartMinutes: 5, declaration: null }),
  ],
  appointment: { leadMinutes: 10, earlyMinutes: 60, lateMinutes: 15 },
  maxWaitMinutes: null,
  isPinnedFirst: true,
  noShow: { minCallSeconds: 30, autoAfterSeconds: null, penaltyPlaces: 3, maxReturns: 2 },
  autoStartSeconds: null,
  stopRule: 'off',
  graceMinutes: 15,
  retentionHours: 2,
  isHitRatePublic: false,
  announcementLanguages: [],
};

/** Reception and payments share counters one and two, doctor and laboratory two and three. */
export function createSetup(
  change: Partial<Omit<QueueSetup, 'policy'>> & { readonly policy?: Partial<QueuePolicy> } = {},
): QueueSetup {
  const services = [
    service(reception, 'A', 'front'),
    service(payments, 'B', 'front'),
    service(doctor, 'C', 'care'),
    service(laboratory, 'D', 'care'),
  ];
  const counters = [
    { id: one, serviceIds: [reception, payments], isArchived: false },
    { id: two, serviceIds: [payments, doctor], isArchived: false },
    { id: three, serviceIds: [doctor, laboratory], isArchived: false },
  ];
  return {
    services: new Map(services.map((row) => [row.id, row])),
    counters: new Map(counters.map((row) => [row.id, row])),
    hours: officeHours,
    timeZone: 'Asia/Kuala_Lumpur',
    dayStart: '04:00',
    ...change,
    policy: { ...basePolicy, ...change.policy },
  };
}

export function withService(setup: QueueSetup, id: ServiceId, change: Partial<ServiceSetup>): QueueSetup {
  const known = setup.services.get(id);
  if (!known) throw new Error(`no service ${id}`);
  return { ...setup, services: new Map([...setup.services, [id, { ...known, ...change }]]) };
}

const actor: QueueActor = { kind: 'staff', id: 'aina', name: 'Aina' };

export class Place {
  readonly floor: LiveFloor = createFloor();
  readonly log: QueueEvent[] = [];
  setup: QueueSetup;
  nowMs = morningMs;
  #issued = 0;

  constructor(setup: QueueSetup = createSetup(), nowMs = morningMs) {
    this.setup = setup;
    this.nowMs = nowMs;
    this.write(decideDay(this.situation));
  }

  get situation(): Situation {
    return { floor: this.floor, setup: this.setup, nowMs: this.nowMs };
  }

  wait(ms: number): void {
    this.nowMs += ms;
  }

  write(changes: readonly QueueChange[]): void {
    if (changes.length === 0) return;
    const event = { rev: this.floor.rev + 1, atMs: this.nowMs, actor, changes };
    this.log.push(event);
    this.floor.apply(event);
  }

  /** Writes what was decided; throws when it was refused. */
  must(decision: Decision): readonly QueueChange[] {
    if (!decision.ok) throw new Error(`${decision.refusal.code}: ${decision.refusal.message}`);
    this.write(decision.changes);
    return decision.changes;
  }

  ticket(id: TicketId): FloorTicket {
    const ticket = this.floor.tickets.get(id);
    if (!ticket) throw new Error(`no ticket ${id}`);
    return ticket;
  }

  request(change: Partial<IssueRequest> = {}): IssueRequest {
    return {
      ticketId: ticketId(`t${(this.#issued += 1)}`),
      serviceId: reception,
      source: 'kiosk',
      presence: 'onsite',
      classKey: null,
      isClassConfirmed: false,
      language: 'en',
      bookedForMs: null,
      overridesLimits: false,
      hasOpenTicket: false,
      ...change,
    };
  }

  issue(change: Partial<IssueRequest> = {}): TicketId {
    const request = this.request(change);
    this.must(decideIssue(this.situation, request));
    return request.ticketId;
  }

  /** Tickets a minute apart, the last one now. */
  issueMany(count: number, change: Partial<IssueRequest> = {}): TicketId[] {
    return Array.from({ length: count }, () => {
      this.wait(minuteMs);
      return this.issue(change);
    });
  }

  open(...ids: CounterId[]): void {
    for (const id of ids) {
      const request = { counterId: id, memberId: memberId(`member-${id}`), memberName: id };
      this.must(decideOpenCounter(this.situation, request));
    }
  }

  callNext(counter: CounterId = one): TicketId {
    this.must(decideCallNext(this.situation, counter));
    return this.at(counter);
  }

  /** The ticket at a counter. */
  at(counter: CounterId = one): TicketId {
    const { ticketId: current } = findCounter(this.floor, counter);
    if (!current) throw new Error(`nobody is at ${counter}`);
    return current;
  }

  start(counter: CounterId = one): TicketId {
    const request = { counterId: counter, ticketId: this.at(counter) };
    this.must(decideStart(this.situation, request));
    return request.ticketId;
  }

  undo(counter: CounterId = one): void {
    this.must(decideUndoCall(this.situation, { counterId: counter, ticketId: this.at(counter) }));
  }

  complete(counter: CounterId = one): void {
    const request = { counterId: counter, ticketId: this.at(counter), outcome: null };
    this.must(decideComplete(this.situation, request));
  }

  /** Calls and serves until nobody is left; the order in which they were called. */
  drain(counter: CounterId = one): TicketId[] {
    const called: TicketId[] = [];
    for (;;) {
      const decision = decideCallNext(this.situation, counter);
      if (!decision.ok) return called;
      this.must(decision);
      called.push(this.at(counter));
      this.complete(counter);
    }
  }
}

/** A new place with these counters open. */
export function openPlace(...counters: readonly CounterId[]): Place {
  const place = new Place();
  place.open(...counters);
  return place;
}

export function holdFor(place: Place, scope: HoldScope, counter: CounterId = one): void {
  const member = memberId(`member-${counter}`);
  const request = { counterId: counter, ticketId: place.at(counter), memberId: member, scope, minutes: 10 };
  place.must(decideHold(place.situation, request));
}

export function expectRefusal(decision: Decision, code: Refusal['code']): Refusal {
  if (decision.ok) throw new Error(`expected ${code}, but it was allowed: ${JSON.stringify(decision.changes)}`);
  expect(decision.refusal.code).to.equal(code);
  return decision.refusal;
}

/** The floor that the log gives from its last beginning of a day on. */
export function foldFromDay(log: readonly QueueEvent[]): LiveFloor {
  const from = log.findLastIndex(({ changes }) => changes.some(({ type }) => type === 'day-began'));
  const floor = createFloor();
  for (const event of log.slice(from)) floor.apply(event);
  return floor;
}
