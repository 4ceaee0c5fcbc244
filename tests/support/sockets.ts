/** Real Socket.IO clients against a whole server, and a business with a website and people to sign in. */
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { createIdempotencyKey, createVisitorToken, type IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { VisitorCommandName, VisitorCommands } from '@frontdesk/protocol/visitor';
import type { Role } from '@frontdesk/protocol/vocabulary';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { hashPassword } from '@frontdesk/server/auth/passwords';
import type { Member, Site } from '@frontdesk/server/tenancy/index';
import { callHttp, dataOf, type TestServer } from './server.js';

export const SHOP_ORIGIN = 'https://shop.example';
const PASSWORD = 'correct horse battery';
/** Everybody's, made once: hashing is slow on purpose. */
let passwordHash: Promise<string> | undefined;
const WAIT_MS = 8_000;

export interface Heard {
  readonly name: string;
  readonly fact: unknown;
}

/** One connection that remembers everything it heard. */
export class TestSocket {
  readonly heard: Heard[] = [];
  readonly socket: Socket;
  private readonly listeners = new Set<() => void>();
  isClosed = false;
  connectError: { readonly message: string; readonly data?: { readonly code: string } } | null = null;

  constructor(url: string, namespace: string, options: Partial<ManagerOptions & SocketOptions>) {
    this.socket = io(url + namespace, {
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      ...options,
    });
    this.socket.onAny((name: string, fact: unknown) => {
      this.heard.push({ name, fact });
      this.notify();
    });
    this.socket.on('connect_error', (error) => {
      this.connectError = error as never;
      this.notify();
    });
    this.socket.on('disconnect', () => {
      this.isClosed = true;
      this.notify();
    });
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  /** Resolves with the first truthy answer of `read`, asked again after everything that happens. */
  async until<T>(what: string, read: () => T | undefined | false | null, timeoutMs = WAIT_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const value = read();
        if (!value) return;
        finish();
        resolve(value);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`waited in vain for ${what}; heard ${this.heard.map(({ name }) => name).join(', ')}`));
      }, timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        this.listeners.delete(look);
      };
      this.listeners.add(look);
      look();
    });
  }

  fact<T = Record<string, unknown>>(name: string, matches: (fact: T) => boolean = () => true): Promise<T> {
    return this.until(name, () => {
      const found = this.heard.find((heard) => heard.name === name && matches(heard.fact as T));
      return found ? (found.fact as T) : undefined;
    });
  }

  ready(): Promise<unknown> {
    return this.until('session:ready', () => {
      if (this.connectError) throw new Error(`refused: ${this.connectError.message}`);
      return this.heard.some(({ name }) => name === 'session:ready');
    });
  }

  closed(timeoutMs = WAIT_MS): Promise<unknown> {
    return this.until('the end of the connection', () => this.isClosed || this.connectError !== null, timeoutMs);
  }

  refused(): Promise<{ readonly code: string }> {
    return this.until('a refusal', () => this.connectError?.data ?? (this.connectError ? { code: 'transport' } : null));
  }

  /** Sends any arguments under any name and resolves with the acknowledgement. */
  raw(name: string, ...args: unknown[]): Promise<Result<unknown>> {
    return this.socket.timeout(WAIT_MS).emitWithAck(name, ...args) as Promise<Result<unknown>>;
  }

  close(): void {
    this.socket.disconnect();
  }
}

export class VisitorSocket extends TestSocket {
  call<Name extends VisitorCommandName>(
    name: Name,
    input: VisitorCommands[Name]['input'],
    idempotencyKey: IdempotencyKey = createIdempotencyKey(),
  ): Promise<Result<VisitorCommands[Name]['output']>> {
    return this.raw(name, { input, idempotencyKey }) as Promise<Result<VisitorCommands[Name]['output']>>;
  }
}

export class StaffSocket extends TestSocket {
  call<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
    idempotencyKey: IdempotencyKey = createIdempotencyKey(),
  ): Promise<Result<StaffCommands[Name]['output']>> {
    return this.raw(name, { input, idempotencyKey }) as Promise<Result<StaffCommands[Name]['output']>>;
  }
}

export interface Shop {
  readonly site: Site;
  readonly owner: Member;
  readonly ownerEmail: string;
  addMember(role: Role, name: string): Promise<{ member: Member; email: string }>;
  signIn(email: string): Promise<SessionDto>;
  visitor(options?: VisitorOptions): VisitorSocket;
  staff(session: Pick<SessionDto, 'accessToken'>, options?: Partial<ManagerOptions & SocketOptions>): StaffSocket;
}

export interface VisitorOptions {
  readonly token?: string;
  readonly site?: string;
  readonly origin?: string;
  readonly protocol?: unknown;
  readonly auth?: object;
  readonly transports?: ('polling' | 'websocket')[];
}

let made = 0;

/** A business with an owner, a website at SHOP_ORIGIN and sockets to it. */
export async function openShop(test: TestServer): Promise<Shop> {
  const { tenancy, auth } = test.server;
  const createPerson = async (name: string) => {
    made += 1;
    const email = `person-${made}@people.test`;
    passwordHash ??= hashPassword(PASSWORD);
    const { id } = await auth.provision.createUser({ email, name, passwordHash: await passwordHash });
    return { userId: id, name, email };
  };
  const person = await createPerson('Olga Owner');
  const { tenant, owner } = await tenancy.provision.createTenant({ name: `Shop ${made}`, owner: person });
  const context = { tenantId: tenant.id };
  const site = await tenancy.provision.createSite(context, { name: 'Shop', allowedOrigins: [SHOP_ORIGIN] });
  return {
    site,
    owner,
    ownerEmail: person.email,
    async addMember(role, name) {
      const someone = await createPerson(name);
      const member = await tenancy.provision.addMember(context, { ...someone, role });
      return { member, email: someone.email };
    },
    async signIn(email) {
      const input = { email, password: PASSWORD };
      return dataOf<SessionDto>(await callHttp<SessionDto>(test.url, 'session:sign-in', input, { audience: 'public' }));
    },
    visitor({ token = createVisitorToken(), site: key = site.publicKey, origin = SHOP_ORIGIN, ...rest } = {}) {
      const { protocol = PROTOCOL_VERSION, transports = ['websocket'] } = rest;
      return new VisitorSocket(test.url, '/visitor', {
        query: { site: key },
        extraHeaders: { Origin: origin },
        transports,
        auth: rest.auth ?? { site: key, token, protocol },
      });
    },
    staff: (session, options = {}) =>
      new StaffSocket(test.url, '/staff', {
        query: { audience: 'staff' },
        extraHeaders: { Origin: test.url },
        auth: { token: session.accessToken, protocol: PROTOCOL_VERSION },
        ...options,
      }),
  };
}
