/** Everything that a run consists of: a server process, two proxies in front of it, businesses with people in them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent, type Agent } from './agent.js';
import { checkHistory } from './checker.js';
import {
  createRecorder,
  type FinalDisplay,
  type FinalLog,
  type ItemKind,
  type LogEntry,
  type Recorder,
} from './history.js';
import {
  callForData,
  furnishOnce,
  provisionTenants,
  signIn,
  type ProvisionedTenant,
  type StaffSession,
} from './provision.js';
import { startFaultProxy, type FaultProxy } from './proxy.js';
import { createRandom, type Random } from './random.js';
import { createServerProcess, type ServerProcess } from './server-process.js';
import { createVisitor, type Visitor } from './visitor.js';

export interface WorldOptions {
  readonly seed: number;
  readonly tenants?: readonly string[];
  readonly mutant?: string;
  /** Makes the clients' timers faster; see browser.ts. */
  readonly haste?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Business {
  readonly tenant: ProvisionedTenant;
  readonly visitors: Visitor[];
  readonly agents: Agent[];
  /** A session that belongs to the harness and never goes through a proxy. */
  readonly auditor: StaffSession;
}

export interface World {
  readonly seed: number;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly server: ServerProcess;
  readonly dataDir: string;
  readonly proxies: { readonly visitors: FaultProxy; readonly staff: FaultProxy };
  readonly businesses: readonly Business[];
  addVisitor(business: Business): Visitor;
  addAgent(business: Business): Promise<{ agent: Agent; staff: StaffSession }>;
  collectLogs(): Promise<FinalLog[]>;
  collectDisplays(): FinalDisplay[];
  /** True as soon as every client shows the whole log and nothing waits; false after `limitMs`. */
  waitForConvergence(limitMs: number): Promise<boolean>;
  stopClients(): void;
  close(): Promise<void>;
}

const POLL_MS = 250;

export async function createWorld(options: WorldOptions): Promise<World> {
  const { seed } = options;
  const random = createRandom(seed);
  const recorder = createRecorder();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-reliability-'));
  const names = options.tenants ?? ['A', 'B'];
  const tenants = await furnishOnce(dataDir, names.join(' '), (folder) => provisionTenants(folder, names));
  const server = await createServerProcess({
    dataDir,
    ...(options.mutant === undefined ? {} : { mutant: options.mutant }),
    env: options.env ?? {},
    handleCrash: (what) => recorder.add({ type: 'incident', what }),
  });
  await server.start().catch(async (error: unknown) => {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const proxies = {
    visitors: await startFaultProxy({ targetPort: server.port, random: random.fork() }),
    staff: await startFaultProxy({ targetPort: server.port, random: random.fork() }),
  };
  const businesses: Business[] = [];
  for (const tenant of tenants) {
    businesses.push({ tenant, visitors: [], agents: [], auditor: await signIn(server.url, tenant.email) });
  }
  recorder.add({ type: 'usage', phase: 'before', ...server.measure() });

  async function collectLogs(): Promise<FinalLog[]> {
    const logs: FinalLog[] = [];
    for (const { tenant, auditor } of businesses) logs.push(...(await readLogs(server.url, tenant.name, auditor)));
    return logs;
  }

  function collectDisplays(): FinalDisplay[] {
    return businesses.flatMap(({ visitors, agents }) => [
      ...visitors.flatMap((visitor) => visitor.display()),
      ...agents.flatMap((agent) => agent.display()),
    ]);
  }

  function stopClients(): void {
    for (const { visitors, agents } of businesses) {
      for (const person of [...visitors, ...agents]) person.stop();
    }
  }

  async function isConverged(): Promise<boolean> {
    const pending = businesses
      .flatMap(({ visitors, agents }) => [...visitors, ...agents])
      .reduce((sum, person) => sum + person.countPending(), 0);
    if (pending > 0) return false;
    for (const { agents, visitors } of businesses) {
      for (const agent of agents) await agent.loadAll();
      for (const { session } of visitors.flatMap(({ tabs }) => tabs)) {
        if (session.getState().hasOlder) await session.loadOlder();
      }
    }
    const logs = await collectLogs();
    const displays = collectDisplays();
    const wanted = businesses.every(({ tenant, agents }) => {
      const conversations = logs.filter((log) => log.tenant === tenant.name).length;
      return agents.every((agent) => agent.display().length === 0 || agent.openThreadCount === conversations);
    });
    return wanted && checkHistory({ records: [], logs, displays }).every(({ check }) => check !== 'C5');
  }

  let agentCount = 0;
  return {
    seed,
    random,
    recorder,
    server,
    dataDir,
    proxies,
    businesses,
    addVisitor(business) {
      const { tenant, visitors } = business;
      const visitor = createVisitor({
        name: `${tenant.name}/v${visitors.length + 1}`,
        tenant,
        serverUrl: proxies.visitors.url,
        recorder,
        random: random.fork(),
        haste: options.haste ?? 1,
      });
      visitors.push(visitor);
      return visitor;
    },
    async addAgent({ tenant, agents }) {
      agentCount += 1;
      const staff = await signIn(server.url, tenant.email, proxies.staff.url);
      const agent = createAgent({
        name: `${tenant.name}/agent${agentCount}`,
        tenant: tenant.name,
        serverUrl: proxies.staff.url,
        origin: server.url,
        staff,
        recorder,
        random: random.fork(),
        haste: options.haste ?? 1,
      });
      agents.push(agent);
      return { agent, staff };
    },
    collectLogs,
    collectDisplays,
    async waitForConvergence(limitMs) {
      const deadline = performance.now() + limitMs;
      while (performance.now() < deadline) {
        if (await isConverged().catch(() => false)) return true;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      return false;
    },
    stopClients,
    async close() {
      stopClients();
      server.resume();
      await server.kill();
      await proxies.visitors.close();
      await proxies.staff.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface StaffConversation {
  readonly id: string;
}

interface StaffPage {
  readonly entries: readonly { seq: number; visitorSeq: number; kind: ItemKind; body: string }[];
  readonly head: number;
  readonly minSeq: number;
  readonly epoch: string;
  readonly more: boolean;
}

/** The logs of a business as its staff can read them: list, then sync from the beginning. */
async function readLogs(url: string, tenant: string, auditor: StaffSession): Promise<FinalLog[]> {
  const ask = async <T>(name: string, input: object): Promise<T> => {
    const options = () => ({ audience: 'staff' as const, token: auditor.getAccessToken() });
    try {
      return await callForData<T>(url, name, input, options());
    } catch (error) {
      if (!/TOKEN_EXPIRED|UNAUTHENTICATED/.test(String(error)) || !(await auditor.refresh())) throw error;
      return callForData<T>(url, name, input, options());
    }
  };
  const logs: FinalLog[] = [];
  let cursor: string | null = null;
  do {
    const input: object = { view: 'all-open', ...(cursor === null ? {} : { cursor }) };
    const page: { conversations: StaffConversation[]; cursor: string | null } = await ask('conversation:list', input);
    for (const { id } of page.conversations) logs.push(await readLog(ask, tenant, id));
    ({ cursor } = page);
  } while (cursor !== null);
  return logs;
}

async function readLog(
  ask: <T>(name: string, input: object) => Promise<T>,
  tenant: string,
  conversation: string,
): Promise<FinalLog> {
  const entries: LogEntry[] = [];
  let page: StaffPage;
  let epoch: string | null = null;
  let after = 0;
  do {
    page = await ask<StaffPage>('conversation:sync', { conversationId: conversation, epoch, after });
    entries.push(...page.entries.map(({ seq, visitorSeq, kind, body }) => ({ seq, visitorSeq, kind, body })));
    ({ epoch } = page);
    after = entries.at(-1)?.seq ?? after;
  } while (page.more && page.entries.length > 0);
  return { tenant, conversation, minSeq: page.minSeq, head: page.head, entries };
}
