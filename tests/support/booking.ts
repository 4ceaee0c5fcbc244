/** A clinic that can be booked: people, rooms, services, and customers with browsers of their own. */
import { decodeSlots } from '@frontdesk/domain/booking/slot-codec';
import type { BookingServiceDto, PoolDto, ResourceDto } from '@frontdesk/protocol/booking-fields';
import type { BookedDto, HoldDto, SlotList } from '@frontdesk/protocol/booking-visitor';
import {
  createIdempotencyKey,
  createVisitorToken,
  type BookableId,
  type BookingServiceId,
  type LocationId,
} from '@frontdesk/protocol/ids';
import type { ProofOfWork } from '@frontdesk/protocol/proof';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { VisitorCommandName, VisitorCommands } from '@frontdesk/protocol/visitor';
import type { Result } from '@frontdesk/protocol/result';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { askProof } from './proof.js';
import { callHttp, dataOf, type CallAnswer, type TestServer } from './server.js';
import { openShop, SHOP_ORIGIN, type Shop } from './sockets.js';

export const ZONE = 'Asia/Kuala_Lumpur';
/** Open on every day from nine to five. */
export const HOURS = {
  weekly: Array.from({ length: 7 }, () => [{ from: '09:00', to: '17:00' }]),
  specialDays: [],
  holidays: [],
};
export const MEI = { name: 'Mei Tan', phone: '+60123456789', email: 'mei@example.test' };
const hourMs = 60 * 60 * 1_000;

/** An hour of the branch's day after tomorrow, as an instant; 8 hours east of Greenwich all year. */
export function at(hour: number, { days = 2, nowMs = Date.now() } = {}): string {
  const midnightMs = Math.floor((nowMs + 8 * hourMs) / (24 * hourMs)) * 24 * hourMs - 8 * hourMs;
  return new Date(midnightMs + days * 24 * hourMs + hour * hourMs).toISOString();
}

/** The branch's date of an instant. */
export const dateOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * hourMs).toISOString().slice(0, 10);

type Inputs = { readonly [Name in VisitorCommandName]: VisitorCommands[Name]['input'] };
const PROVED = ['booking:confirm', 'seat:confirm', 'seat:wait', 'course:confirm', 'verification:request'] as const;
type Proved = (typeof PROVED)[number];
type InputOf<Name extends VisitorCommandName> = Name extends Proved ? WithoutToll<Inputs[Name]> : Inputs[Name];
/** What a form does by itself is left out: the proof of work, and the field that nobody sees. */
type WithoutToll<Input extends Inputs[Proved]> = Omit<Input, 'proof' | 'website'> &
  Partial<Pick<Input, Extract<keyof Input, 'proof' | 'website'>>>;

export interface Customer {
  readonly token: string;
  call<Name extends VisitorCommandName>(
    name: Name,
    input: InputOf<Name>,
    key?: string,
  ): Promise<CallAnswer<VisitorCommands[Name]['output']>>;
  /** For the purpose `booking`. */
  prove(): Promise<ProofOfWork>;
}

export interface Clinic {
  readonly test: TestServer;
  readonly shop: Shop;
  readonly locationId: LocationId;
  /** Thirty minutes on a grid of thirty, given by everybody, unless it was made otherwise. */
  readonly service: BookingServiceDto;
  readonly staff: readonly ResourceDto[];
  customer(token?: string, url?: string): Customer;
  ask<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
    key?: string,
  ): Promise<CallAnswer<StaffCommands[Name]['output']>>;
  /** As `ask`, and it must be answered. */
  must<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<StaffCommands[Name]['output']>;
  as(role: Role): Promise<Clinic['ask']>;
  addStaff(name: string, more?: object): Promise<ResourceDto>;
  addPool(name: string, count: number): Promise<PoolDto>;
  addService(more?: object): Promise<BookingServiceDto>;
  hold(
    start: string,
    options?: { customer?: Customer; staffId?: BookableId | null; serviceId?: BookingServiceId },
  ): Promise<HoldDto>;
  book(start: string, options?: { customer?: Customer; more?: object }): Promise<BookedDto>;
  /** Free starts of a date, as `HH:MM` of the branch. */
  starts(date: string, options?: { serviceId?: BookingServiceId; staffId?: BookableId | null }): Promise<string[]>;
}

export interface ClinicOptions {
  readonly staff?: number;
  readonly service?: object;
  readonly location?: object;
}

export const codeOf = ({ result }: { readonly result: Result<unknown> }): string =>
  result.ok ? 'OK' : result.error.code;

const wallOf = (minutes: number): string => new Date((minutes + 8 * 60) * 60_000).toISOString().slice(11, 16);

export async function openClinic(test: TestServer, options: ClinicOptions = {}): Promise<Clinic> {
  const shop = await openShop(test);
  const site = shop.site.publicKey;

  /** A test's clock may have run past the end of a session; then its member signs in again. */
  async function asMember(email: string): Promise<Clinic['ask']> {
    let { accessToken } = await shop.signIn(email);
    return async (name, input, key = createIdempotencyKey()) => {
      const send = () => callHttp(test.url, name, input, { audience: 'staff', token: accessToken, key });
      const answer = await send();
      if (codeOf(answer) !== 'TOKEN_EXPIRED') return answer;
      ({ accessToken } = await shop.signIn(email));
      return send();
    };
  }

  const ask = await asMember(shop.ownerEmail);
  const must: Clinic['must'] = async (name, input) => dataOf(await ask(name, input));
  const { id: locationId } = await must('location:create', {
    name: 'Main branch',
    timeZone: ZONE,
    hours: HOURS,
    ...options.location,
  });
  const addService: Clinic['addService'] = (more = {}) =>
    must('booking-service:create', {
      locationId,
      names: { en: 'Consultation' },
      segments: [{ minutes: 30, needsStaff: true, poolIds: [] }],
      intervalMinutes: 30,
      ...more,
    });
  const service = await addService(options.service);
  const addStaff: Clinic['addStaff'] = (name, more = {}) =>
    must('resource:create', { locationId, kind: 'staff', name, serviceIds: [service.id], ...more });
  const staff: ResourceDto[] = [];
  for (let made = 0; made < (options.staff ?? 1); made += 1) staff.push(await addStaff(`Doctor ${made + 1}`));

  const customer: Clinic['customer'] = (token = createVisitorToken(), url = test.url) => {
    const visitor = { audience: 'visitor', token, site, origin: SHOP_ORIGIN } as const;
    const prove = (): Promise<ProofOfWork> => askProof(url, visitor, 'booking');
    return {
      token,
      prove,
      async call(name, input, key = createIdempotencyKey()) {
        const isUnproved = PROVED.some((one) => one === name) && !('proof' in input);
        const website = name === 'verification:request' ? {} : { website: '' };
        const toll = isUnproved ? { proof: await prove(), ...website } : {};
        return callHttp(url, name, { ...input, ...toll }, { ...visitor, key });
      },
    };
  };
  const hold: Clinic['hold'] = async (
    start,
    { customer: who = customer(), staffId = null, serviceId = service.id } = {},
  ) => dataOf(await who.call('hold:create', { serviceId, staffId, start }));
  return {
    test,
    shop,
    locationId,
    service,
    staff,
    customer,
    ask,
    must,
    async as(role) {
      return asMember((await shop.addMember(role, `The ${role}`)).email);
    },
    addStaff,
    async addPool(name, count) {
      const ids: BookableId[] = [];
      for (let made = 0; made < count; made += 1) {
        ids.push((await must('resource:create', { locationId, kind: 'room', name: `${name} ${made + 1}` })).id);
      }
      return must('pool:create', { locationId, name, resourceIds: ids });
    },
    addService,
    hold,
    async book(start, { customer: who = customer(), more = {} } = {}) {
      const { id: holdId } = await hold(start, { customer: who });
      return dataOf(await who.call('booking:confirm', { ...confirmation(holdId), ...more }));
    },
    async starts(date, { serviceId = service.id, staffId = null } = {}) {
      const question = { serviceId, staffId, from: date, days: 1 };
      const list: SlotList = dataOf(await customer().call('slot:list', question));
      return decodeSlots(list).flat().map(wallOf);
    },
  };
}

export function confirmation(holdId: HoldDto['id']): InputOf<'booking:confirm'> {
  return { holdId, customer: MEI, answers: {}, consents: [], locale: 'en' };
}

/** What owns time now: from, to and number of each span that is claimed, straight from the store. */
export async function readLive(
  test: TestServer,
): Promise<{ state: string; claims: number[]; spans: { resourceId: string; from: number; to: number }[] }[]> {
  const rows = await test.server.core.connection.collection('allocations').find({ live: true }).toArray();
  return rows as never;
}

/** Pairs of live allocations that have a resource at the same time; there must be none. */
export async function findOverlaps(test: TestServer): Promise<unknown[]> {
  const spans = (await readLive(test)).flatMap((row, index) => row.spans.map((span) => ({ ...span, index })));
  return spans.filter((one) =>
    spans.some(
      (other) =>
        other.index !== one.index && other.resourceId === one.resourceId && other.from < one.to && other.to > one.from,
    ),
  );
}
