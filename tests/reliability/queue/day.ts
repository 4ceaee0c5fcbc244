/**
 * One seeded day of a branch (queue.md 5.10), played in minutes: people take tickets, serve, miss calls and are told, and the server
 * is killed meanwhile. Whoever is not acknowledged repeats. Then the history is judged.
 */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { IssuedTicket } from '@frontdesk/protocol/queue-device';
import { writeNotice, type NoticeKind } from '@frontdesk/server/queue/notices.texts';
import { createRecorder } from '../history.js';
import { furnishOnce, signIn } from '../provision.js';
import { createRandom } from '../random.js';
import { createServerProcess, type ServerProcess } from '../server-process.js';
import { startPushService, type PushedNotice, type PushService } from '../../support/push-service.js';
import { pairDevice } from '../../support/workspace.js';
import { furnishBranch, type DayBranch, type DayCounter } from './branch.js';
import { createClient, openHttpWire, openSocketWire, type Client } from './client.js';
import { checkDay, select, type DayViolation } from './day-checker.js';
import { MOMENTS, writeDay, type DayHistory, type Moment } from './day-history.js';
import { killThrough } from './killer.js';
import { askToBeTold, lookAtPhones, workAsKiosk, workAtCounter } from './people.js';
import { readCounters, readPhones, readStore } from './read-out.js';
import type { Holder, Stage } from './stage.js';

export interface DayOptions {
  readonly seed: number;
  readonly tickets: number;
  readonly kills: number;
  readonly counters?: number;
  readonly moments?: readonly Moment[];
  readonly mutant?: string;
  readonly pushShare?: number;
  readonly walkMs?: readonly [number, number];
  /** 5 s unless the machine has other things to do. */
  readonly backLimitMs?: number;
}

export interface DayReport {
  readonly seed: number;
  readonly violations: readonly DayViolation[];
  readonly historyFile: string | null;
  readonly stats: {
    readonly tickets: number;
    readonly acknowledged: number;
    readonly refused: number;
    readonly abandoned: number;
    readonly events: number;
    readonly notices: number;
    readonly kills: number;
    /** From the start of the process until it was ready; the longest. */
    readonly backInMs: number;
    readonly seconds: number;
  };
}

/** Several times what a slow machine needs. */
const MIN_DAY_MS = 40_000;
const TICKET_LIMIT_MS = 500;
const KIOSKS = 3;
const CROWD = 3;
const KINDS: readonly NoticeKind[] = ['two-before', 'next', 'turn', 'recall'];

export async function playDay(options: DayOptions): Promise<DayReport> {
  const startedAt = performance.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-day-'));
  const holdersByEndpoint = new Map<string, Holder>();
  let server: ServerProcess | null = null;
  let stage: Stage | null = null;
  const push = await startPushService((endpoint, notice) => {
    const holder = holdersByEndpoint.get(endpoint);
    if (!stage || !holder) return;
    stage.recorder.add({ type: 'notice', ticketId: holder.ticketId, ...readNotice(notice, holder.label) });
    stage.moments.emit('notice arrived');
  });
  try {
    const { counters = 6 } = options;
    const branch = await furnishOnce(dataDir, `${counters} counters`, (folder) => furnishBranch(folder, counters));
    const recorder: Stage['recorder'] = createRecorder(() => Date.now());
    server = await startServer(dataDir, push, recorder, options.mutant);
    stage = buildStage(server.url, branch, recorder, options);
    const clients = await openCounters(stage);
    await live({ stage, server, clients, push, holdersByEndpoint, options }).catch((error: unknown) => {
      recorder.add({ type: 'incident', what: String(error) });
    });
    const shown = { phones: await readPhones(stage), counters: await readCounters(stage, clients) };
    for (const client of clients.values()) client.close();
    await stop(server, recorder);
    const counterLabels = new Map(branch.counters.map(({ id, label }) => [id as string, label]));
    const history = { records: recorder.records, ...shown, ...(await readStore(dataDir, branch)), counterLabels };
    return report(history, options, (performance.now() - startedAt) / 1_000);
  } catch (error) {
    throw new Error(`seed ${options.seed}: ${String(error)}\n${server?.readLog() ?? ''}`, { cause: error });
  } finally {
    await server?.kill();
    await push.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The text is what a holder reads, so it must be one of those that they may be told. */
function readNotice({ title, body }: PushedNotice, label: string) {
  const counterLabel = /^Please go to (.+?)(?: now)?\.$/.exec(body)?.[1] ?? null;
  const facts = { label, locationName: '', counterLabel: '' };
  const kind = KINDS.find((candidate) => writeNotice(candidate, 'en', facts).title === title) ?? null;
  return { kind, counterLabel };
}

async function startServer(
  dataDir: string,
  push: PushService,
  recorder: Stage['recorder'],
  mutant: string | undefined,
): Promise<ServerProcess> {
  const certificate = join(dataDir, 'push-service.pem');
  writeFileSync(certificate, push.certificate);
  const server = await createServerProcess({
    dataDir,
    ...(mutant === undefined ? {} : { mutant }),
    env: { ...push.env, NODE_EXTRA_CA_CERTS: certificate },
    handleCrash: (what) => recorder.add({ type: 'incident', what }),
  });
  await server.start();
  return server;
}

function buildStage(url: string, branch: DayBranch, recorder: Stage['recorder'], options: DayOptions): Stage {
  return {
    url,
    branch,
    recorder,
    random: createRandom(options.seed),
    moments: new EventEmitter(),
    holders: [],
    open: new Map(),
    unissued: options.tickets,
    endsAtMs: Date.now() + MIN_DAY_MS + options.tickets * TICKET_LIMIT_MS,
    isClosing: false,
    pushShare: options.pushShare ?? 0.35,
    walkMs: options.walkMs ?? [40, 300],
  };
}

/** Each counter has a person of its own; every second one works over a socket. */
async function openCounters(stage: Stage): Promise<Map<string, Client>> {
  const open = async (counter: DayCounter, index: number): Promise<[string, Client]> => {
    const staff = await signIn(stage.url, counter.email);
    const wire = index % 2 === 0 ? openSocketWire : openHttpWire;
    const client = createClient(stage, {
      wire: wire({ url: stage.url, audience: 'staff', getToken: staff.getAccessToken }),
      actor: `staff:${staff.session.membership.id}`,
      random: stage.random.fork(),
      refresh: staff.refresh,
      readAnswer: ({ rev, current }: CounterView) => ({
        rev,
        ticketId: current?.ticket.id ?? null,
        label: current?.ticket.label ?? null,
      }),
    });
    return [counter.id, client];
  };
  return new Map(await Promise.all(stage.branch.counters.map(open)));
}

/** Kiosks are paired as the owner does it; every second one works over a socket. */
async function openKiosks(stage: Stage): Promise<Client[]> {
  const { url, branch } = stage;
  const owner = await signIn(url, branch.ownerEmail);
  const kiosks: Client[] = [];
  for (let index = 0; index < KIOSKS; index += 1) {
    const by = { locationId: branch.locationId, token: owner.getAccessToken() };
    const { id, token } = await pairDevice(url, 'kiosk', by);
    const wire = index % 2 === 0 ? openSocketWire : openHttpWire;
    kiosks.push(
      createClient(stage, {
        wire: wire({ url, audience: 'device', getToken: () => token }),
        actor: `device:${id}`,
        random: stage.random.fork(),
        readAnswer: ({ ticketId, label }: IssuedTicket) => ({ rev: null, ticketId, label }),
      }),
    );
  }
  return kiosks;
}

interface Cast {
  readonly stage: Stage;
  readonly server: ServerProcess;
  readonly clients: ReadonlyMap<string, Client>;
  readonly push: PushService;
  readonly holdersByEndpoint: Map<string, Holder>;
  readonly options: DayOptions;
}

async function live({ stage, server, clients, push, holdersByEndpoint, options }: Cast): Promise<void> {
  const { random, branch, holders, open } = stage;
  const kiosks = await openKiosks(stage);
  const noteFailure = (error: unknown): void => stage.recorder.add({ type: 'incident', what: String(error) });
  const subscribing: Promise<void>[] = [];
  const welcome = (holder: Holder): void => {
    holders.push(holder);
    open.set(holder.ticketId, holder);
    if (!random.chance(stage.pushShare)) return;
    const note = (endpoint: string): void => void holdersByEndpoint.set(endpoint, holder);
    subscribing.push(askToBeTold(stage, holder, push, note).catch(noteFailure));
  };
  const goHome = new AbortController();
  const crowd = Promise.all(Array.from({ length: CROWD }, () => lookAtPhones(stage, goHome.signal)));
  const counters = branch.counters.flatMap((counter) => {
    const client = clients.get(counter.id);
    return client ? [workAtCounter(stage, client, counter)] : [];
  });
  const { kills, tickets, moments = MOMENTS } = options;
  const killing = killThrough(stage, server, { kills, tickets, moments });
  const issuing = Promise.all([...kiosks.map((kiosk) => workAsKiosk(stage, kiosk, welcome)), killing]);
  // Counters and holders go on until they are sent home: whoever ends before that could not go on.
  await Promise.race([issuing, Promise.all(counters), crowd]).finally(() => goHome.abort());
  await Promise.all([crowd, ...subscribing]);
  stage.isClosing = true;
  await Promise.all(counters);
  for (const kiosk of kiosks) kiosk.close();
}

async function stop(server: ServerProcess, recorder: Stage['recorder']): Promise<void> {
  const code = await server.terminate();
  if (code !== 0) recorder.add({ type: 'incident', what: `the shutdown ended with ${code}: ${server.readLog()}` });
}

function report(history: DayHistory, options: DayOptions, seconds: number): DayReport {
  const violations = checkDay(history, options.backLimitMs);
  const isWanted = violations.length > 0 || process.env['FRONTDESK_KEEP_HISTORY'] !== undefined;
  const historyFile = isWanted ? join(tmpdir(), `frontdesk-day-${options.seed}.jsonl`) : null;
  if (historyFile) writeDay(historyFile, history, options);
  const count = (type: 'refused' | 'abandoned' | 'notice' | 'kill'): number => select(history, type).length;
  return {
    seed: options.seed,
    violations,
    historyFile,
    stats: {
      tickets: history.rows.length,
      acknowledged: new Set(select(history, 'ok').map(({ key }) => key)).size,
      refused: count('refused'),
      abandoned: count('abandoned'),
      events: history.log.length,
      notices: count('notice'),
      kills: count('kill'),
      backInMs: Math.round(Math.max(0, ...select(history, 'back').map(({ tookMs }) => tookMs))),
      seconds: Math.round(seconds),
    },
  };
}
