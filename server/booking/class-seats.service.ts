/** How customers come to seats: they hold them while they type and take them, or wait for them (BK-4). */
import { refuseStart } from '@frontdesk/domain/booking/change-rules';
import { serviceDayBounds } from '@frontdesk/domain/hours/service-day';
import { countTaken } from '@frontdesk/domain/booking/seating';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { SeatAnswer, SeatHold } from '@frontdesk/protocol/booking-class';
import type { Answers, Customer } from '@frontdesk/protocol/booking-fields';
import type { BookingId, ClassSessionId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { deriveId } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { BookingGuard, Toll } from './booking-guard.js';
import { readForm } from './booking-form.js';
import type { BookingService, Schedule, Scoped, Write } from './booking.types.js';
import { findClass } from './class-list.service.js';
import type { Seating } from './class-seating.js';
import { presentSeatHold } from './class.presenter.js';
import type { ClassOwnService } from './class-own.service.js';
import type { Enrolment, Session } from './class.types.js';
import { isSamePerson, requireReachable, type Signed } from './confirm.service.js';
import type { CustomerProof } from './customer-proof.js';
import type { FilesService } from './files.service.js';
import { createEnrolment, customerChange, findEntry, findWritten, replaceEntry, sessionIdOf } from './enrolments.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import type { SessionStore } from './session.store.js';

const HOLD_MS = 5 * 60_000;
const MAX_WAITING = 100;

export interface ClassSeatsDeps {
  readonly sessions: Pick<SessionStore, 'find' | 'findByEnrolment' | 'countHolds' | 'list'>;
  readonly seating: Seating;
  readonly schedules: Schedules;
  readonly own: Pick<ClassOwnService, 'answer'>;
  readonly seal: AnswerSeal;
  readonly guard: BookingGuard;
  readonly customerProof: CustomerProof;
  readonly files: Pick<FilesService, 'claim' | 'keep'>;
  readonly clock: Clock;
  readonly maxPerAddress: number;
  nameAddress(context: VisitorContext): string;
}

/** What a customer gives to have seats. */
export interface SeatDetails {
  readonly customer: Customer;
  readonly answers: Answers;
  readonly consents: readonly { readonly key: string; readonly version: number }[];
  readonly locale: Locale;
  readonly timeZone?: string | null | undefined;
}

interface Found {
  readonly session: Session;
  readonly entry: Enrolment;
}

export type ClassSeatsService = ReturnType<typeof createClassSeatsService>;

export function createClassSeatsService(deps: ClassSeatsDeps) {
  const { sessions, seating, schedules, own, clock } = deps;

  function requireStart(service: BookingService, { live, start, zone }: Session, nowMs: number): void {
    const refusal = refuseStart(service, getZone(zone), start.getTime() / 60_000, nowMs);
    if (!live || refusal !== null) throw new AppError('SLOT_CLOSED');
  }

  /** How often a person may come to a class on one local date; seats of a party are one visit. Two at the same moment may both pass. */
  async function requireWithinLimit(
    context: Scoped,
    { id, locationId, maxPerCustomerPerDay }: BookingService,
    { id: own, zone, wallStart }: Session,
    customer: Customer,
  ): Promise<void> {
    if (maxPerCustomerPerDay === null) return;
    const { startMs, endMs } = serviceDayBounds(getZone(zone), '00:00', wallStart.slice(0, 10));
    const span = { locationId, from: new Date(startMs), to: new Date(endMs) };
    const isTheirs = ({ state, customer: other }: Enrolment): boolean =>
      (state === 'enrolled' || state === 'offered' || state === 'waiting') && isSamePerson(other, customer);
    const others = (await sessions.list(context, span)).filter(
      (other) => other.live && other.serviceId === id && other.id !== own && other.session.entries.some(isTheirs),
    );
    if (others.length >= maxPerCustomerPerDay) throw new AppError('CAP_REACHED');
  }

  /** One that is still to come, of a class that is still given; notice and horizon bind customers. */
  async function findOpen(
    context: Scoped,
    id: ClassSessionId,
  ): Promise<{ schedule: Schedule; service: BookingService; session: Session }> {
    const session = await sessions.find(context, id);
    if (!session) throw new AppError('NOT_FOUND');
    const { schedule } = await schedules.read(context);
    const service = findClass(schedule, session.serviceId);
    requireStart(service, session, clock.now());
    return { schedule, service, session };
  }

  function readDetails(
    context: VisitorContext,
    schedule: Schedule,
    service: BookingService,
    id: EnrolmentId,
    given: SeatDetails,
  ) {
    const { country = '' } = schedule.locations.get(service.locationId) ?? {};
    const customer = { ...given.customer, phone: readPhoneNumber(given.customer.phone, country) };
    requireReachable(customer);
    const { open: answers, sensitive } = readForm(service, given.answers, given.consents);
    return {
      customer,
      locale: given.locale,
      customerZone: given.timeZone ?? null,
      siteId: context.actor.siteId,
      answers,
      sealedAnswers: deps.seal.seal({ tenantId: context.tenantId, id: id as string as BookingId }, sensitive),
      consents: given.consents.map(({ key, version }) => ({ key, version, at: new Date(clock.now()) })),
    };
  }

  /** Writes for a customer who paid the toll and proved what the class asks for. */
  function settle<Answer>(
    context: VisitorContext,
    { schedule, service, customer }: { schedule: Schedule; service: BookingService; customer: Customer },
    { prefill, ...toll }: Toll & Signed,
    write: Write,
    act: () => Promise<Answer>,
  ): Promise<Answer> {
    const { country = '' } = schedule.locations.get(service.locationId) ?? {};
    const claimed = { serviceId: service.id, service, customer, country, prefill };
    return deps.customerProof.settle(context, claimed, write, async () => {
      await deps.guard.admit(context, customer, toll);
      return act();
    });
  }

  async function release(context: VisitorContext, session: ClassSessionId, id: EnrolmentId): Promise<void> {
    const isOwn = (entry: Enrolment): boolean =>
      entry.id === id && entry.state === 'held' && entry.holder === context.actor.tokenHash;
    await seating.change(context, session, ({ session: { entries } }) =>
      entries.some(isOwn) ? { entries: entries.filter((entry) => !isOwn(entry)) } : null,
    );
  }

  function presentHold(session: Session, entry: Enrolment | undefined): SeatHold {
    if (entry?.state !== 'held' || entry.expiresAtMs === null) throw new AppError('HOLD_EXPIRED');
    return presentSeatHold(session, entry, entry.expiresAtMs);
  }

  /** A hold of this visitor; of one that was removed nobody knows whose it was, so that one of somebody else looks the same. */
  async function findHold(context: VisitorContext, id: EnrolmentId): Promise<Found> {
    const session = await sessions.findByEnrolment(context, id);
    const entry = session && findEntry(session, id);
    if (!session || entry?.holder !== context.actor.tokenHash) throw new AppError('HOLD_EXPIRED');
    return { session, entry };
  }

  function requireHeld(session: Session, id: EnrolmentId): Enrolment {
    const entry = findEntry(session, id);
    if (entry?.state !== 'held') throw new AppError('HOLD_EXPIRED');
    return entry;
  }

  return {
    /** Checked, and sealed for the seats with this id. */
    readDetails,
    settle,
    requireWithinLimit,
    async hold(
      context: VisitorContext,
      input: { readonly sessionId: ClassSessionId; readonly seats: number },
    ): Promise<SeatHold> {
      await findOpen(context, input.sessionId);
      const write = toWrite(context, 'seat:hold', input);
      const holder = context.actor.tokenHash;
      const address = deps.nameAddress(context);
      let isNew = false;
      const session = await seating.change(context, input.sessionId, (now, nowMs) => {
        isNew = false;
        if (!now.live) throw new AppError('SLOT_CLOSED');
        if (findWritten(now, write)) return null;
        const others = now.session.entries.filter((entry) => entry.state !== 'held' || entry.holder !== holder);
        const left = now.session.capacity - countTaken(others);
        if (input.seats > left) throw new AppError('SLOT_TAKEN', { current: { seatsLeft: Math.max(0, left) } });
        isNew = true;
        const held = { state: 'held', seats: input.seats, expiresAtMs: nowMs + HOLD_MS, holder, address } as const;
        return { entries: [...others, createEnrolment({ ...held, write, nowMs })] };
      });
      const entry = findWritten(session, write);
      if (isNew && entry && (await sessions.countHolds(context, address, clock.now())) > deps.maxPerAddress) {
        await release(context, input.sessionId, entry.id);
        throw new AppError('CAP_REACHED', { message: 'Too many seats are kept for you already.' });
      }
      return presentHold(session, entry);
    },
    async extend(context: VisitorContext, input: { readonly enrolmentId: EnrolmentId }): Promise<SeatHold> {
      const write = toWrite(context, 'seat:extend', input);
      const { session } = await findHold(context, input.enrolmentId);
      const after = await seating.change(context, sessionIdOf(session), (now) => {
        const entry = requireHeld(now, input.enrolmentId);
        if (hasWritten(entry, write)) return null;
        if (entry.isExtended) throw new AppError('CONFLICT');
        const expiresAtMs = (entry.expiresAtMs ?? 0) + HOLD_MS;
        const writes = [...entry.writes, write];
        return { entries: replaceEntry(now, entry.id, { expiresAtMs, isExtended: true, writes }) };
      });
      return presentHold(after, findEntry(after, input.enrolmentId));
    },
    async release(
      context: VisitorContext,
      { enrolmentId }: { readonly enrolmentId: EnrolmentId },
    ): Promise<{ accepted: true }> {
      const session = await sessions.findByEnrolment(context, enrolmentId);
      if (session) await release(context, sessionIdOf(session), enrolmentId);
      return { accepted: true };
    },
    async confirm(
      context: VisitorContext,
      { proof, website, prefill, ...input }: SeatDetails & Toll & Signed & { readonly enrolmentId: EnrolmentId },
    ): Promise<SeatAnswer> {
      const write = toWrite(context, 'seat:confirm', input);
      const id = input.enrolmentId;
      const { session, entry: before } = await findHold(context, id);
      if (hasWritten(before, write)) return own.answer(context, seating.settled(session), id);
      if (before.state !== 'held') throw new AppError('HOLD_EXPIRED');
      const { schedule } = await schedules.read(context);
      const service = findClass(schedule, session.serviceId);
      // Notice was kept when they were held; typing a name does not use it up, what the business changed since counts.
      requireStart(service, session, Math.min(clock.now(), before.createdAt.getTime()));
      const details = readDetails(context, schedule, service, id, input);
      const whose = { schedule, service, customer: details.customer };
      return settle(context, whose, { proof, website, prefill }, write, async () => {
        await requireWithinLimit(context, service, session, details.customer);
        await deps.files.claim(context, service, input.answers, id);
        const after = await seating.change(context, sessionIdOf(session), (now, nowMs) => {
          const entry = findEntry(now, id);
          if (entry && hasWritten(entry, write)) return null;
          if (!now.live) throw new AppError('SLOT_CLOSED');
          const { writes, history } = requireHeld(now, id);
          const taken = { state: 'enrolled', expiresAtMs: null, address: null } as const;
          const kept = { writes: [...writes, write], history: [...history, customerChange('enrolled', nowMs)] };
          return { entries: replaceEntry(now, id, { ...details, ...taken, ...kept }) };
        });
        await deps.files.keep(context, service, input.answers, id);
        return own.answer(context, after, id);
      });
    },
    async wait(
      context: VisitorContext,
      {
        proof,
        website,
        prefill,
        ...input
      }: SeatDetails & Toll & Signed & { readonly sessionId: ClassSessionId; readonly seats: number },
    ): Promise<SeatAnswer> {
      const write = toWrite(context, 'seat:wait', input);
      const { schedule, service, session } = await findOpen(context, input.sessionId);
      const known = findWritten(session, write);
      if (known) return own.answer(context, seating.settled(session), known.id);
      const place = { state: 'waiting', seats: input.seats, expiresAtMs: null, address: null } as const;
      const blank = {
        ...createEnrolment({ ...place, holder: context.actor.tokenHash, write, nowMs: clock.now() }),
        // Tries of one request at once claim its files for one entry.
        id: deriveId<EnrolmentId>(`waiting ${context.tenantId} ${input.sessionId} ${write.key}`),
      };
      const details = readDetails(context, schedule, service, blank.id, input);
      const whose = { schedule, service, customer: details.customer };
      return settle(context, whose, { proof, website, prefill }, write, async () => {
        await requireWithinLimit(context, service, session, details.customer);
        await deps.files.claim(context, service, input.answers, blank.id);
        const after = await seating.change(context, input.sessionId, (now, nowMs) => {
          if (findWritten(now, write)) return null;
          const { entries, capacity } = now.session;
          if (!now.live || input.seats > capacity) throw new AppError('SLOT_CLOSED');
          const waiting = entries.filter(({ state }) => state === 'waiting');
          if (waiting.length >= MAX_WAITING) throw new AppError('CAP_REACHED');
          const history = [customerChange('waiting', nowMs)];
          // Whoever waits has no use for seats that they hold.
          const others = entries.filter((entry) => entry.state !== 'held' || entry.holder !== context.actor.tokenHash);
          return { entries: [...others, { ...blank, ...details, history, createdAt: new Date(nowMs) }] };
        });
        const entry = findWritten(after, write);
        if (!entry) throw new AppError('CONFLICT');
        await deps.files.keep(context, service, input.answers, entry.id);
        return own.answer(context, after, entry.id);
      });
    },
  };
}
