/** A branch with a queue, staff at its counters, and phones of the people who wait. */
import { createIdempotencyKey, createTicketToken, type LocationId, type TicketId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { Result } from '@frontdesk/protocol/result';
import type { TicketCommands } from '@frontdesk/protocol/ticket';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { Counter, Service, ServiceFields } from '@frontdesk/server/queue/index';
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import { callHttp, dataOf, type CallAnswer, type TestServer } from './server.js';
import { openShop, TestSocket, type Shop } from './sockets.js';

export const ALWAYS_OPEN: LocationDto['hours'] = {
  weekly: Array.from({ length: 7 }, () => [{ from: '00:00', to: '00:00' }]),
  specialDays: [],
  holidays: [],
};

export interface Issued {
  readonly id: TicketId;
  readonly label: string;
  readonly token: string;
}

export class PhoneSocket extends TestSocket {
  call<Name extends keyof TicketCommands>(
    name: Name,
    input: TicketCommands[Name]['input'],
    key: string = createIdempotencyKey(),
  ): Promise<Result<TicketCommands[Name]['output']>> {
    return this.raw(name, { input, idempotencyKey: key }) as Promise<Result<TicketCommands[Name]['output']>>;
  }

  async read(): Promise<HolderState> {
    return dataOf({ result: await this.call('ticket:read', {}) });
  }
}

export interface Branch {
  readonly test: TestServer;
  readonly shop: Shop;
  readonly locationId: LocationId;
  readonly service: Service;
  readonly counter: Counter;
  readonly accessToken: string;
  staff<T>(name: string, input: object, key?: string): Promise<CallAnswer<T>>;
  /** Takes a ticket at the desk. */
  issue(options?: Readonly<Record<string, unknown>>): Promise<Issued>;
  callNext(): Promise<CounterView>;
  phone(token: string): Promise<PhoneSocket>;
  /** A phone that nobody has let in yet. */
  connect(token: string): PhoneSocket;
  /** The HTTP twin of a command of the ticket's holder. */
  ask<T>(token: string, name: string, input?: object, key?: string): Promise<CallAnswer<T>>;
}

export interface BranchOptions {
  readonly location?: Partial<Pick<LocationDto, 'hours' | 'dayStart' | 'timeZone' | 'geofence' | 'languages'>>;
  readonly service?: Partial<ServiceFields>;
  readonly policy?: Partial<QueuePolicy>;
}

export async function openBranch(test: TestServer, options: BranchOptions = {}): Promise<Branch> {
  const shop = await openShop(test);
  const context = { tenantId: shop.site.tenantId };
  const { provision } = test.server.queue;
  const { id: locationId } = await test.server.locations.provision.createLocation(context, {
    name: 'Main branch',
    timeZone: 'Asia/Kuala_Lumpur',
    hours: ALWAYS_OPEN,
    ...options.location,
  });
  const service = await provision.addService(context, locationId, {
    names: { en: 'General' },
    series: { prefix: 'A', width: 3, first: 1, last: 999 },
    ...options.service,
  });
  const counter = await provision.addCounter(context, locationId, { label: 'Counter 1', serviceIds: [service.id] });
  if (options.policy) await provision.putPolicy(context, locationId, { ...DEFAULT_POLICY, ...options.policy });
  let { accessToken } = await shop.signIn(shop.ownerEmail);

  /** A test's clock may have run past the end of the session; then the member signs in again. */
  async function staff<T>(name: string, input: object, key: string = createIdempotencyKey()): Promise<CallAnswer<T>> {
    const ask = () => callHttp<T>(test.url, name, input, { audience: 'staff', token: accessToken, key });
    const answer = await ask();
    if (answer.result.ok || answer.result.error.code !== 'TOKEN_EXPIRED') return answer;
    ({ accessToken } = await shop.signIn(shop.ownerEmail));
    return ask();
  }

  const connect = (token: string): PhoneSocket =>
    new PhoneSocket(test.url, '/ticket', {
      query: { audience: 'ticket' },
      extraHeaders: { Origin: test.url },
      auth: { token, protocol: PROTOCOL_VERSION },
    });

  dataOf(await staff('counter:open', { counterId: counter.id }));
  return {
    test,
    shop,
    locationId,
    service,
    counter,
    accessToken,
    staff,
    async issue(overrides = {}) {
      const { ticket, url } = dataOf(
        await staff<{ ticket: { id: TicketId; label: string }; url: string }>('ticket:issue-at-desk', {
          locationId,
          serviceId: service.id,
          language: 'en',
          classKey: null,
          name: null,
          phone: null,
          note: '',
          overridesLimits: true,
          bookedFor: null,
          ...overrides,
        }),
      );
      return { id: ticket.id, label: ticket.label, token: url.slice(url.indexOf('#') + 1) };
    },
    callNext: async () => dataOf(await staff<CounterView>('ticket:call-next', { counterId: counter.id })),
    connect,
    async phone(token) {
      const phone = connect(token);
      await phone.ready();
      return phone;
    },
    ask: (token, name, input = {}, key) =>
      callHttp(test.url, name, input, { audience: 'ticket', token, ...(key && { key }) }),
  };
}

export { createTicketToken };
