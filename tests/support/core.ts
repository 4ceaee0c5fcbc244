/**
 * Tenancy, auth and mail on a real store, without HTTP: commands run through the real executor with a clock that tests
 * move, cookies that behave like a browser's, mails as files, and everything that was logged or pushed at hand.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { createIdempotencyKey, type SessionId, type TenantId, type UserId } from '@frontdesk/protocol/ids';
import type { ErrorCode, Result } from '@frontdesk/protocol/result';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { createAuth, type Auth, type GoogleCertificates } from '@frontdesk/server/auth/index';
import { loadConfig, type Config } from '@frontdesk/server/config';
import { createEventBus, type DomainEvents } from '@frontdesk/server/core/bus';
import type { CookieJar, PublicContext, StaffContext } from '@frontdesk/server/core/context';
import type { CoreDeps } from '@frontdesk/server/core/deps';
import { createExecutor, type Executor } from '@frontdesk/server/core/executor';
import type { FactPublisher } from '@frontdesk/server/core/facts';
import { createIdempotencyLedger } from '@frontdesk/server/core/idempotency';
import { createJobQueue } from '@frontdesk/server/core/jobs';
import { createLimits } from '@frontdesk/server/core/limits';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore } from '@frontdesk/server/core/store/connect';
import { createMailer, type Mailer } from '@frontdesk/server/mail/index';
import { createTenancy, type Tenancy } from '@frontdesk/server/tenancy/index';
import { startTestDatabase } from './database.js';

export const PASSWORD = 'correct horse battery';
/** Every sign-in hashes at full cost, and the machine may be busy. */
export const HASHING_TIMEOUT_MS = 60_000;

export interface FakeClock {
  now(): number;
  advance(ms: number): void;
}

export interface TestMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly source: string;
}

export interface Pushed {
  readonly room: string;
  readonly name: string;
  readonly fact: unknown;
}

/** Cookies of one browser. */
export class TestJar implements CookieJar {
  readonly cookies = new Map<string, string>();

  read(name: string): string | undefined {
    return this.cookies.get(name);
  }
  write(name: string, value: string): void {
    this.cookies.set(name, value);
  }
  clear(name: string): void {
    this.cookies.delete(name);
  }
  copy(): TestJar {
    const jar = new TestJar();
    for (const [name, value] of this.cookies) jar.write(name, value);
    return jar;
  }
}

export interface TestCore {
  readonly core: CoreDeps;
  readonly clock: FakeClock;
  readonly tenancy: Tenancy;
  readonly auth: Auth;
  readonly mailer: Mailer;
  readonly executor: Executor;
  readonly pushed: Pushed[];
  readonly closedRooms: { room: string; reason: string }[];
  readonly ended: DomainEvents['session:ended'][];
  /** Every log line so far, as text. */
  readonly logged: string[];
  /** Runs the mail jobs that are due and returns every mail so far, oldest first. */
  mails(): Promise<TestMail[]>;
  anonymous(options?: { jar?: TestJar; ip?: string; userAgent?: string }): PublicContext & { cookies: TestJar };
  staff(accessToken: string, jar?: TestJar): Promise<StaffContext>;
  run<Output = unknown>(name: string, context: PublicContext | StaffContext, input?: unknown): Promise<Result<Output>>;
  close(): Promise<void>;
}

export interface TestCoreOptions {
  readonly limitMultiplier?: number;
  readonly googleCertificates?: GoogleCertificates;
  readonly env?: Readonly<Record<string, string>>;
}

function createClock(): FakeClock {
  let now = Date.now();
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

function createRecordingFacts(pushed: Pushed[], closedRooms: { room: string; reason: string }[]): FactPublisher {
  const record = (room: string, name: string, fact: unknown) => void pushed.push({ room, name, fact });
  return {
    toVisitors: record,
    toStaff: record,
    toDevices: record,
    toTickets: record,
    leaveRoom() {},
    joinSocket() {},
    leaveSocket() {},
    countSockets: () => 0,
    joinRoom() {},
    closeRoom: (room, reason) => void closedRooms.push({ room, reason }),
    hasSockets: () => false,
  };
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The plain-text part of a mail as we send it: two alternatives in a transfer encoding of the library's choice. */
function readMail(source: string): TestMail {
  const header = (name: string) => new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'im').exec(source)?.[1] ?? '';
  const part = /Content-Type: text\/plain[^]*?\n\n([^]*?)\n--/i.exec(source);
  const encoding = /Content-Transfer-Encoding: (\S+)/i.exec(part?.[0] ?? '')?.[1]?.toLowerCase();
  const body = part?.[1] ?? '';
  let text = body;
  if (encoding === 'quoted-printable') text = decodeQuotedPrintable(body);
  if (encoding === 'base64') text = Buffer.from(body, 'base64').toString('utf8');
  return { to: header('To'), subject: header('Subject'), text, source };
}

function readMails(mailDir: string): TestMail[] {
  let names: string[] = [];
  try {
    names = readdirSync(mailDir);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => readMail(readFileSync(join(mailDir, name), 'utf8')));
}

/** The token in a mail's link. */
export function tokenOf(mail: TestMail | undefined): string {
  const token = /#(?:verify|reset|invite)=([\w-]{43})/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no token in the mail: ${mail?.text ?? 'no mail'}`);
  return token;
}

export function dataOf<Output>(result: Result<Output>): Output {
  if (!result.ok) throw new Error(`the command failed: ${JSON.stringify(result.error)}`);
  return result.data;
}

export function codeOf(result: Result<unknown>): ErrorCode | 'OK' {
  return result.ok ? 'OK' : result.error.code;
}

function createContexts(core: CoreDeps, auth: () => Auth) {
  let requests = 0;
  const common = (jar: TestJar, ip: string, userAgent: string) => ({
    requestId: `test-${(requests += 1)}`,
    ipPrefix: ip,
    userAgent,
    log: core.log,
    cookies: jar,
  });
  return {
    anonymous({ jar = new TestJar(), ip = '127.0.0.1', userAgent = '' } = {}) {
      return { ...common(jar, ip, userAgent), tenantId: null, actor: { kind: 'anonymous' as const } };
    },
    async staff(accessToken: string, jar = new TestJar()): Promise<StaffContext> {
      return { ...common(jar, '127.0.0.1', ''), ...(await auth().authenticateStaff(accessToken)) };
    },
  };
}

async function buildCore(config: Config, uri: string, dataDir: string, clock: FakeClock, logged: string[]) {
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  const log = createLogger({ level: 'debug', destination });
  const store = await openStore({ uri, dataDir, log });
  const { connection } = store;
  const limits = createLimits({ multiplier: config.rateLimitMultiplier, connection });
  const jobs = createJobQueue({ connection, clock, log });
  const core: CoreDeps = { config, connection, clock, log, bus: createEventBus(log), limits, jobs };
  return { core, store };
}

export async function startTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-core-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    PUBLIC_URL: 'http://localhost:4400',
    DATA_DIR: dataDir,
    MONGODB_URI: database.uri,
    RATE_LIMIT_MULTIPLIER: String(options.limitMultiplier ?? 1_000),
    ...options.env,
  });
  const clock = createClock();
  const logged: string[] = [];
  const { core, store } = await buildCore(config, database.uri, dataDir, clock, logged);
  const pushed: Pushed[] = [];
  const closedRooms: { room: string; reason: string }[] = [];
  const facts = createRecordingFacts(pushed, closedRooms);
  const ended: DomainEvents['session:ended'][] = [];
  core.bus.subscribe('session:ended', (event) => void ended.push(event));
  const mailer = createMailer(core);
  const tenancy = createTenancy({ ...core, facts, mailer });
  const auth = createAuth({ ...core, facts, mailer, tenancy, googleCertificates: options.googleCertificates });
  const ledger = createIdempotencyLedger(core);
  const executor = createExecutor({ commands: [...tenancy.commands, ...auth.commands], limits: core.limits, ledger });
  await buildIndexes(core.connection);
  return {
    core,
    clock,
    tenancy,
    auth,
    mailer,
    executor,
    pushed,
    closedRooms,
    ended,
    logged,
    ...createContexts(core, () => auth),
    async mails() {
      await core.jobs.drain();
      return readMails(config.mailDir);
    },
    async run<Output>(name: string, context: PublicContext | StaffContext, input: unknown = {}) {
      const command = executor.find(context.tenantId === null ? 'public' : 'staff', name);
      if (!command) throw new Error(`no command ${name}`);
      const idempotencyKey = createIdempotencyKey();
      return (await executor.execute(command, context, { input, idempotencyKey })) as Result<Output>;
    },
    async close() {
      await core.jobs.stop();
      await store.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Person {
  readonly userId: UserId;
  readonly email: string;
  readonly role: Role;
}

let made = 0;

/** A user with PASSWORD who is a member of the tenant. */
export async function addPerson(test: TestCore, tenantId: TenantId, role: Role): Promise<Person> {
  made += 1;
  const email = `${role}-${made}@people.test`;
  const name = `${role} ${made}`;
  const { id: userId } = await test.auth.provision.createUser({ email, name, password: PASSWORD });
  await test.tenancy.provision.addMember({ tenantId }, { userId, role, name, email });
  return { userId, email, role };
}

/** A business with one owner. */
export async function addBusiness(test: TestCore, name = 'Business'): Promise<{ tenantId: TenantId; owner: Person }> {
  made += 1;
  const email = `owner-${made}@people.test`;
  const { id: userId } = await test.auth.provision.createUser({ email, name: `Owner ${made}`, password: PASSWORD });
  const owner = { userId, name: `Owner ${made}`, email };
  const { tenant } = await test.tenancy.provision.createTenant({ name, owner });
  return { tenantId: tenant.id, owner: { userId, email, role: 'owner' } };
}

export interface SignedIn {
  readonly session: SessionDto;
  readonly jar: TestJar;
  readonly context: StaffContext;
  readonly sessionId: SessionId;
}

export async function signIn(test: TestCore, email: string, password = PASSWORD, ip = '127.0.0.1'): Promise<SignedIn> {
  const jar = new TestJar();
  const session = dataOf(
    await test.run<SessionDto>('session:sign-in', test.anonymous({ jar, ip }), { email, password }),
  );
  const context = await test.staff(session.accessToken, jar);
  return { session, jar, context, sessionId: session.sessionId };
}

/** `OK`, or the code with which an access token is refused. */
export async function accessCode(test: TestCore, accessToken: string | undefined): Promise<string> {
  return test.auth.authenticateStaff(accessToken).then(
    () => 'OK',
    (error: { code?: string }) => error.code ?? 'no code',
  );
}

/**
 * Milliseconds of CPU that `act` takes in this process, all threads counted. Where a hash dominates, this is what a
 * stopwatch shows on an idle machine, without the noise of a busy one.
 */
export async function measureCpuMs(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
