/**
 * Tenancy, contacts, presence and chat on a real store, without HTTP and sockets: commands run through the real executor.
 * `startNode` builds a second set of services on the same database, which is what a second process is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createIdempotencyKey,
  createVisitorToken,
  type IdempotencyKey,
  type SessionId,
  type TenantId,
  type UserId,
  type VisitorToken,
} from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { VisitorCommandName, VisitorCommands } from '@frontdesk/protocol/visitor';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { createChat, type Chat } from '@frontdesk/server/chat/index';
import { loadConfig } from '@frontdesk/server/config';
import { createContacts, type Contacts } from '@frontdesk/server/contacts/index';
import { createEventBus } from '@frontdesk/server/core/bus';
import type { StaffContext, VisitorContext } from '@frontdesk/server/core/context';
import type { CoreDeps } from '@frontdesk/server/core/deps';
import { createExecutor, type Executor } from '@frontdesk/server/core/executor';
import type { FactPublisher } from '@frontdesk/server/core/facts';
import { createIdempotencyLedger } from '@frontdesk/server/core/idempotency';
import { createJobQueue } from '@frontdesk/server/core/jobs';
import { createLimits } from '@frontdesk/server/core/limits';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore, type Store } from '@frontdesk/server/core/store/connect';
import { createMailer } from '@frontdesk/server/mail/index';
import { createPresence, type Presence } from '@frontdesk/server/presence/index';
import { createTenancy, isOriginAllowed, type Member, type Site, type Tenancy } from '@frontdesk/server/tenancy/index';
import { startTestDatabase, type TestDatabase } from './database.js';
import type { FakeClock, Pushed } from './core.js';

export const ORIGIN = 'https://shop.example';

export interface ChatNode {
  readonly core: CoreDeps;
  readonly tenancy: Tenancy;
  readonly contacts: Contacts;
  readonly presence: Presence;
  readonly chat: Chat;
  readonly executor: Executor;
  /** Everything that was pushed to browsers. */
  readonly pushed: Pushed[];
  readonly joined: { readonly memberRoom: string; readonly room: string }[];
  readonly closedRooms: { readonly room: string; readonly reason: string }[];
  visitor(site: Site, token?: string): Promise<VisitorContext>;
  staff(member: Member): StaffContext;
  /** Runs a command as the executor would for a transport. */
  asVisitor<Name extends VisitorCommandName>(
    context: VisitorContext,
    name: Name,
    input: VisitorCommands[Name]['input'],
    key?: IdempotencyKey,
  ): Promise<Result<VisitorCommands[Name]['output']>>;
  asStaff<Name extends StaffCommandName>(
    context: StaffContext,
    name: Name,
    input: StaffCommands[Name]['input'],
    key?: IdempotencyKey,
  ): Promise<Result<StaffCommands[Name]['output']>>;
  stop(): Promise<void>;
}

export interface TestChat extends ChatNode {
  readonly clock: FakeClock;
  startNode(): Promise<ChatNode>;
  close(): Promise<void>;
}

function createClock(): FakeClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(ms) {
      offset += ms;
    },
  };
}

function createRecorder() {
  const pushed: Pushed[] = [];
  const joined: { memberRoom: string; room: string }[] = [];
  const closedRooms: { room: string; reason: string }[] = [];
  const record = (room: string, name: string, fact: unknown) => void pushed.push({ room, name, fact });
  const facts: FactPublisher = {
    toVisitors: record,
    toStaff: record,
    toDevices: record,
    toTickets: record,
    leaveRoom() {},
    joinSocket() {},
    leaveSocket() {},
    countSockets: () => 0,
    joinRoom: (memberRoom, room) => void joined.push({ memberRoom, room }),
    closeRoom: (room, reason) => void closedRooms.push({ room, reason }),
    hasSockets: () => true,
  };
  return { pushed, joined, closedRooms, facts };
}

function createCaller(executor: Executor, audience: 'visitor' | 'staff') {
  return async (context: VisitorContext | StaffContext, name: string, input: unknown, key?: IdempotencyKey) => {
    const command = executor.find(audience, name);
    if (!command) throw new Error(`no command ${name}`);
    return executor.execute(command, context, { input, idempotencyKey: key ?? createIdempotencyKey() });
  };
}

async function buildNode(database: TestDatabase, dataDir: string, clock: FakeClock): Promise<ChatNode> {
  const log = createLogger({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, PUBLIC_URL: 'http://localhost:4400' });
  const store: Store = await openStore({ uri: database.uri, dataDir, log });
  const { connection } = store;
  const jobs = createJobQueue({ connection, clock, log });
  const limits = createLimits({ multiplier: 100_000 });
  const core: CoreDeps = { config, connection, clock, log, limits, jobs, bus: createEventBus(log) };
  const { facts, ...recorded } = createRecorder();
  const mailer = createMailer(core);
  const tenancy = createTenancy({ ...core, facts, mailer });
  const { directory } = tenancy;
  const presence = createPresence({ ...core, facts, directory });
  const contacts = createContacts({ ...core, facts, directory, isOriginAllowed });
  const chat = createChat({ ...core, facts, directory, contacts, presence });
  const ledger = createIdempotencyLedger(core);
  const executor = createExecutor({ commands: chat.commands, limits, ledger });
  await buildIndexes(connection);
  const common = { requestId: 'test', ipPrefix: '127.0.0.1', userAgent: '', log };
  return {
    core,
    tenancy,
    contacts,
    presence,
    chat,
    executor,
    ...recorded,
    async visitor(site, token = createVisitorToken()) {
      const who = await contacts.authenticateVisitor({ siteKey: site.publicKey, token, origin: ORIGIN });
      return { ...common, ...who };
    },
    staff: (member) => ({
      ...common,
      tenantId: member.tenantId,
      actor: {
        kind: 'staff',
        userId: member.userId,
        membershipId: member.id,
        sessionId: '0123456789abcdef01234567' as SessionId,
        role: member.role,
        name: member.name,
        inboxIds: member.inboxIds,
        expiresAtMs: Number.MAX_SAFE_INTEGER,
      },
    }),
    asVisitor: createCaller(executor, 'visitor') as ChatNode['asVisitor'],
    asStaff: createCaller(executor, 'staff') as ChatNode['asStaff'],
    async stop() {
      await chat.stop();
      presence.stop();
      await jobs.stop();
      await store.close();
    },
  };
}

export async function startTestChat(): Promise<TestChat> {
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-chat-'));
  const clock = createClock();
  const nodes: ChatNode[] = [];
  const startNode = async (): Promise<ChatNode> => {
    const node = await buildNode(database, dataDir, clock);
    nodes.push(node);
    return node;
  };
  const first = await startNode();
  return {
    ...first,
    clock,
    startNode,
    async close() {
      for (const node of nodes) await node.stop();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Business {
  readonly tenantId: TenantId;
  readonly site: Site;
  readonly owner: Member;
  addMember(role: Role, name: string): Promise<Member>;
}

let made = 0;

function createUserId(): UserId {
  made += 1;
  return made.toString(16).padStart(24, '0') as UserId;
}

/** A business with an owner called Olga Owner and one website. */
export async function addBusiness(test: ChatNode, settings: { requireIdentity?: boolean } = {}): Promise<Business> {
  const { provision } = test.tenancy;
  const { tenant, owner } = await provision.createTenant({
    name: `Business ${made}`,
    owner: { userId: createUserId(), name: 'Olga Owner', email: `owner-${made}@people.test` },
  });
  const context = { tenantId: tenant.id };
  const site = await provision.createSite(context, { name: 'Shop', allowedOrigins: [ORIGIN], ...settings });
  return {
    tenantId: tenant.id,
    site,
    owner,
    addMember: (role, name) =>
      provision.addMember(context, { userId: createUserId(), role, name, email: `member-${made}@people.test` }),
  };
}

export function dataOf<T>(result: Result<T>): T {
  if (result.ok) return result.data;
  throw new Error(`${result.error.code}: ${result.error.message} ${JSON.stringify(result.error.fields ?? {})}`);
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'OK' : result.error.code;
}

export interface StartedConversation {
  readonly token: VisitorToken;
  /** As the visitor is known after the first message. */
  readonly visitor: VisitorContext;
  readonly id: VisitorCommands['conversation:start']['output']['conversation']['id'];
  readonly epoch: string;
}

/** A visitor's first message. */
export async function startConversation(test: ChatNode, site: Site, body = 'Hello'): Promise<StartedConversation> {
  const token = createVisitorToken();
  const before = await test.visitor(site, token);
  const { conversation } = dataOf(await test.asVisitor(before, 'conversation:start', { body }));
  return { token, visitor: await test.visitor(site, token), id: conversation.id, epoch: conversation.epoch };
}
