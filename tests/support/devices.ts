/** A branch with screens and kiosks: paired over HTTP as real ones are, connected with real sockets. */
import {
  createDeviceToken,
  createIdempotencyKey,
  createTicketToken,
  type DeviceId,
  type DeviceToken,
  type IdempotencyKey,
  type LocationId,
  type ServiceId,
  type TicketToken,
} from '@frontdesk/protocol/ids';
import type { DeviceCommands } from '@frontdesk/protocol/device';
import type { DeviceDto, DisplaySettings, KioskSettings } from '@frontdesk/protocol/devices';
import type { Location } from '@frontdesk/server/locations/index';
import type { Counter, Service } from '@frontdesk/server/queue/index';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { DeviceKind, Role } from '@frontdesk/protocol/vocabulary';
import { callHttp, dataOf, type TestServer } from './server.js';
import { openShop, TestSocket, type Shop } from './sockets.js';

type DeviceCommandName = keyof DeviceCommands;

export class DeviceSocket extends TestSocket {
  call<Name extends DeviceCommandName>(
    name: Name,
    input: DeviceCommands[Name]['input'],
    idempotencyKey: IdempotencyKey = createIdempotencyKey(),
  ): Promise<Result<DeviceCommands[Name]['output']>> {
    return this.raw(name, { input, idempotencyKey }) as Promise<Result<DeviceCommands[Name]['output']>>;
  }
}

export interface PairedDevice {
  readonly id: DeviceId;
  readonly token: DeviceToken;
  readonly dto: DeviceDto;
  /** Over HTTP. */
  ask<Name extends DeviceCommandName>(
    name: Name,
    input: DeviceCommands[Name]['input'],
    key?: IdempotencyKey,
  ): Promise<Result<DeviceCommands[Name]['output']>>;
  /** Resolves when the server has let it in. */
  connect(url?: string): Promise<DeviceSocket>;
}

export interface Branch {
  readonly shop: Shop;
  readonly location: Location;
  readonly services: readonly Service[];
  readonly counters: readonly Counter[];
  /** As the owner. */
  staff<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
    key?: IdempotencyKey,
  ): Promise<Result<StaffCommands[Name]['output']>>;
  staffAs(role: Role): Promise<{ readonly accessToken: string }>;
  pair(kind: DeviceKind): Promise<PairedDevice>;
  /** What somebody who comes to the kiosk asks for. */
  request(service?: Service, more?: Partial<TicketWish>): TicketWish;
}

export interface TicketWish {
  readonly serviceId: ServiceId;
  readonly token: TicketToken;
  readonly language: 'en' | 'ms' | 'zh';
  readonly classKey: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly hasConsented: boolean;
}

export interface BranchOptions {
  /** Prefixes of the services; one by default. */
  readonly prefixes?: readonly string[];
  readonly service?: Partial<Service>;
  readonly counters?: readonly {
    readonly label: string;
    readonly group?: string;
    readonly prefixes?: readonly string[];
  }[];
  readonly hours?: { readonly from: string; readonly to: string };
}

export function requestPairing(url: string, token: DeviceToken, kind: DeviceKind) {
  type Answer = { state: 'waiting'; code: string; expiresAt: string } | { state: 'paired' };
  return callHttp<Answer>(url, 'device:request-pairing', { token, kind }, { audience: 'public' });
}

/** The code that a device shows. */
export async function showCode(url: string, token: DeviceToken, kind: DeviceKind = 'display'): Promise<string> {
  const answer = dataOf(await requestPairing(url, token, kind));
  if (answer.state !== 'waiting') throw new Error('the device is paired already');
  return answer.code;
}

export function openDeviceSocket(url: string, token: string): DeviceSocket {
  return new DeviceSocket(url, '/device', {
    query: { audience: 'device' },
    auth: { token, protocol: PROTOCOL_VERSION },
  });
}

export function describeDevice(url: string, token: DeviceToken, dto: DeviceDto): PairedDevice {
  return {
    id: dto.id,
    token,
    dto,
    async ask(name, input, key = createIdempotencyKey()) {
      return (await callHttp(url, name, input, { audience: 'device', token, key })).result;
    },
    async connect(at = url) {
      const socket = openDeviceSocket(at, token);
      await socket.ready();
      return socket;
    },
  };
}

export async function openBranch(app: TestServer, options: BranchOptions = {}): Promise<Branch> {
  const { prefixes = ['A'], service: settings = {}, counters = [{ label: 'Counter 1' }], hours } = options;
  const { url, server } = app;
  const shop = await openShop(app);
  const context = { tenantId: shop.owner.tenantId };
  const day = [hours ?? { from: '00:00', to: '24:00' }];
  const location = await server.locations.provision.createLocation(context, {
    name: 'Main branch',
    timeZone: 'Asia/Kuala_Lumpur',
    hours: { weekly: Array.from({ length: 7 }, () => day), specialDays: [], holidays: [] },
    languages: ['ms', 'en'],
  });
  const services: Service[] = [];
  for (const prefix of prefixes) {
    const series = { prefix, width: 3, first: 1, last: 999 };
    const fields = { names: { en: `Service ${prefix}` }, pool: 'main', ...settings, series };
    services.push(await server.queue.provision.addService(context, location.id, fields));
  }
  const made: Counter[] = [];
  for (const { label, group = '', prefixes: served = prefixes } of counters) {
    const serviceIds = services.filter(({ series }) => served.includes(series.prefix)).map(({ id }) => id);
    made.push(await server.queue.provision.addCounter(context, location.id, { label, group, serviceIds }));
  }
  let ownerToken = (await shop.signIn(shop.ownerEmail)).accessToken;
  let signedInMs = server.core.clock.now();

  const branch: Branch = {
    shop,
    location,
    services,
    counters: made,
    async staff(name, input, key = createIdempotencyKey()) {
      if (server.core.clock.now() - signedInMs > 5 * 60_000) {
        ownerToken = (await shop.signIn(shop.ownerEmail)).accessToken;
        signedInMs = server.core.clock.now();
      }
      return (await callHttp(url, name, input, { audience: 'staff', token: ownerToken, key })).result;
    },
    async staffAs(role) {
      const { email } = await shop.addMember(role, `The ${role}`);
      return shop.signIn(email);
    },
    async pair(kind) {
      const token = createDeviceToken();
      const code = await showCode(url, token, kind);
      const result = await branch.staff('device:pair', { code, name: `The ${kind}`, locationId: location.id });
      return describeDevice(url, token, dataOf({ result }));
    },
    request: (service = services[0], more = {}) => ({
      serviceId: service!.id,
      token: createTicketToken(),
      language: 'en',
      classKey: null,
      name: null,
      phone: null,
      hasConsented: false,
      ...more,
    }),
  };
  return branch;
}

export const displayWith = ({ dto }: PairedDevice, more: Partial<DisplaySettings>): DisplaySettings => ({
  ...dto.display!,
  ...more,
});

/** As the owner reads it, PIN included. */
export const kioskWith = ({ dto }: PairedDevice, more: Partial<KioskSettings>): KioskSettings => ({
  ...(dto.kiosk as KioskSettings),
  ...more,
});

export const okOf = <T>(result: Result<T>): T => dataOf({ result });
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'OK' : result.error.code);
export type { LocationId };
