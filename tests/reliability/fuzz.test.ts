/**
 * Malformed input against a real server process (P22). The default is a sample of a few seconds; FRONTDESK_FUZZ_FRAMES
 * and FRONTDESK_FUZZ_BODIES raise it to the promised million and hundred thousand. FRONTDESK_FUZZ_SEED repeats a run.
 */
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { COMMANDS, listCommands } from '@frontdesk/protocol/catalogue';
import { HEADERS, SITE_QUERY, commandPath, type CommandDefinition } from '@frontdesk/protocol/command';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import { ERROR_CATALOGUE, isErrorCode } from '@frontdesk/protocol/result';
import { buildInput, buildJunk, garble } from './malformed.js';
import { provisionTenants, signIn, type ProvisionedTenant, type StaffSession } from './provision.js';
import { createRandom, type Random } from './random.js';
import { createServerProcess, type ServerProcess } from './server-process.js';

const FRAMES = Number(process.env['FRONTDESK_FUZZ_FRAMES'] ?? 20_000);
const BODIES = Number(process.env['FRONTDESK_FUZZ_BODIES'] ?? 3_000);
const SEED = Number(process.env['FRONTDESK_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const LANES = 8;
/** Frames that one connection sends in a row before it lets the others go on. */
const FRAMES_PER_TURN = 8;
/** A heap with room to spare is collected late, which looks like a leak; in a small one only a real leak grows on. */
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=128' };
const GROWTH_LIMIT_BYTES = 100 * 1024 * 1024;
/** Password hashing is slow on purpose; these would make the run a test of patience. */
const EXPENSIVE = /^(account|session:sign-in|password|invitation|google|site:rotate)/;

interface Subject {
  readonly server: ServerProcess;
  readonly tenant: ProvisionedTenant;
  readonly staff: StaffSession;
  readonly crashes: string[];
}

/** True for our envelope with a code of the catalogue; anything else is an answer nobody can handle. */
function isKnownAnswer(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  const { ok, error } = answer as { ok?: unknown; error?: { code?: unknown } };
  return ok === true ? 'data' in answer : ok === false && isErrorCode(error?.code);
}

function isServerFault(answer: unknown): boolean {
  const code = (answer as { error?: { code?: string } }).error?.code;
  return code === 'INTERNAL' || code === 'STORE_UNAVAILABLE';
}

function pickCommand(definitions: readonly CommandDefinition[], random: Random): CommandDefinition {
  const definition = random.pick(definitions);
  return EXPENSIVE.test(definition.name) && !random.chance(0.02) ? pickCommand(definitions, random) : definition;
}

function buildFrame(namespace: 'visitor' | 'staff', ackId: number, random: Random): string | Buffer {
  const definition = pickCommand(Object.values(COMMANDS[namespace]), random);
  const body = { input: buildInput(definition, random), idempotencyKey: createIdempotencyKey() };
  const frame = `42/${namespace},${ackId}${JSON.stringify([definition.name, body])}`;
  const dice = random.next();
  // Broken framing ends a connection, as it should; the rest of it would be wasted, so these stay few.
  if (dice < 0.9) return frame;
  if (dice < 0.93) return `42/${namespace},${ackId}${JSON.stringify([definition.name, buildJunk(random)])}`;
  if (dice < 0.94) return `42/${namespace},${ackId}${JSON.stringify([buildJunk(random), buildJunk(random)])}`;
  if (dice < 0.95) return `42/${namespace},${JSON.stringify([definition.name, body])}`;
  if (dice < 0.97) return garble(frame, random);
  if (dice < 0.98) return Buffer.from(JSON.stringify(buildJunk(random)) ?? 'x');
  if (dice < 0.985) return `${random.int(0, 9)}${random.int(0, 9)}${garble(frame, random).slice(0, 200)}`;
  if (dice < 0.99)
    return `45${random.int(0, 9)}-/${namespace},${ackId}["${definition.name}",{"_placeholder":true,"num":0}]`;
  return `42/${namespace},${ackId}${'['.repeat(random.int(100, 5_000))}`;
}

interface RawSocket {
  readonly socket: WebSocket;
  readonly namespace: 'visitor' | 'staff';
}

/** Engine.IO and Socket.IO spoken by hand; undefined when the server refused the connection. */
async function openRaw(subject: Subject, random: Random, answers: unknown[]): Promise<RawSocket | undefined> {
  const { tenant, server, staff } = subject;
  const namespace = random.pick(['visitor', 'staff'] as const);
  const query = namespace === 'visitor' ? `site=${tenant.site}` : 'audience=staff';
  const origin = namespace === 'visitor' ? tenant.origin : server.url;
  const address = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&${query}`;
  const socket = new WebSocket(address, { origin });
  const auth =
    namespace === 'visitor'
      ? { site: tenant.site, token: createVisitorToken(), protocol: 1 }
      : { token: staff.getAccessToken(), protocol: 1 };
  const isGood = random.chance(0.95);
  socket.on('error', () => {});
  socket.on('open', () =>
    socket.send(`40/${namespace},${JSON.stringify(isGood ? auth : { ...auth, token: buildJunk(random) })}`),
  );
  const isAnswered = await new Promise<boolean>((resolve) => {
    socket.once('close', () => resolve(false));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      const ack = /^43\/\w+,\d+(\[.*\])$/s.exec(text)?.[1];
      if (ack) answers.push((JSON.parse(ack) as unknown[])[0]);
      if (text === '2' && socket.readyState === WebSocket.OPEN) socket.send('3');
      if (text.startsWith('40/') || text.startsWith('44/')) resolve(true);
    });
  });
  return isAnswered ? { socket, namespace } : undefined;
}

/** One connection after another until its share of frames is sent; a server may close whenever it likes. */
async function fuzzSocket(subject: Subject, frames: number, random: Random, answers: unknown[]): Promise<void> {
  for (let sent = 0; sent < frames; sent += 1) {
    const raw = await openRaw(subject, random, answers);
    if (!raw) continue;
    const { socket, namespace } = raw;
    const asked = answers.length;
    for (let turn = 0; sent < frames && socket.readyState === WebSocket.OPEN; turn += 1, sent += 1) {
      socket.send(buildFrame(namespace, sent, random));
      // The server allows 20 unanswered requests; most frames should meet more than that refusal.
      if (turn % FRAMES_PER_TURN === 0) await sleep(4);
    }
    if (answers.length === asked) await sleep(1);
    socket.terminate();
  }
}

/** Below Socket.IO: bytes that are not even WebSocket frames. */
async function fuzzWire({ server, tenant }: Subject, connections: number, random: Random): Promise<void> {
  for (let count = 0; count < connections; count += 1) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    const path = `/socket.io/?EIO=4&transport=websocket&site=${tenant.site}`;
    const upgrade =
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${tenant.origin}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
    socket.write(random.chance(0.8) ? upgrade : garble(upgrade, random));
    const noise = Buffer.from(Array.from({ length: random.int(1, 200) }, () => random.int(0, 255)));
    await sleep(2);
    socket.write(noise);
    await sleep(2);
    socket.destroy();
  }
}

interface HttpFinding {
  readonly status: number;
  readonly text: string;
  readonly request: string;
}

function sendBody(subject: Subject, random: Random, agent: Agent): Promise<HttpFinding> {
  const { server, tenant, staff } = subject;
  const definition = pickCommand(listCommands(), random);
  const valid = JSON.stringify(buildInput(definition, random)) ?? '';
  const body = random.chance(0.3) ? garble(valid, random) : random.chance(0.02) ? 'x'.repeat(150_000) : valid;
  const query = definition.audience === 'visitor' ? `?${SITE_QUERY}=${tenant.site}` : '';
  const token = definition.audience === 'staff' ? staff.getAccessToken() : createVisitorToken();
  const headers: Record<string, string | number> = {
    'Content-Type': random.chance(0.9)
      ? 'application/json'
      : random.pick(['text/plain', 'application/json; charset=x', 'a']),
    'Content-Length': Buffer.byteLength(body),
    Authorization: random.chance(0.9) ? `Bearer ${token}` : random.pick(['Bearer', 'Basic eDp5', 'Bearer a.b.c']),
    [HEADERS.idempotencyKey]: random.chance(0.9) ? createIdempotencyKey() : 'not-a-key',
    [HEADERS.csrf]: '1',
    ...(definition.audience === 'visitor' ? { Origin: tenant.origin } : {}),
  };
  const path = commandPath(definition) + query;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: server.port, method: 'POST', path, headers, agent });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, request: `${path} ${body.slice(0, 200)}` }),
      );
    });
    outgoing.end(body);
  });
}

function judge({ status, text, request: asked }: HttpFinding): string | null {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return `${asked} → ${status} without JSON: ${text.slice(0, 200)}`;
  }
  if (!isKnownAnswer(answer)) return `${asked} → ${status} ${text.slice(0, 200)}`;
  const { ok, error } = answer as { ok: boolean; error?: { code: keyof typeof ERROR_CATALOGUE } };
  if (!ok && error && ERROR_CATALOGUE[error.code].status !== status) return `${asked} → ${status} with ${error.code}`;
  return status >= 500 ? `${asked} → ${status} ${text.slice(0, 200)}` : null;
}

describe(`malformed input (seed ${SEED})`, function () {
  this.timeout(Math.max(60_000, FRAMES * 2 + BODIES * 10));
  let subject: Subject;
  let dataDir: string;
  const crashes: string[] = [];

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-fuzz-'));
    const [tenant] = await provisionTenants(dataDir, ['Fuzz']);
    const server = await createServerProcess({
      dataDir,
      env: SMALL_HEAP,
      handleCrash: (what) => crashes.push(what),
    });
    await server.start();
    subject = { server, tenant: tenant!, staff: await signIn(server.url, tenant!.email), crashes };
  });

  after(async () => {
    await subject?.server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(`P22 ${FRAMES} frames: no crash, only known answers, bounded memory`, async () => {
    const random = createRandom(SEED);
    const answers: unknown[] = [];
    // The first frames fill caches and compile code; growth is counted from then on.
    await fuzzSocket(subject, Math.min(2_000, FRAMES / 10), random.fork(), answers);
    const before = subject.server.measure();
    const share = Math.ceil(FRAMES / LANES);
    await Promise.all([
      ...Array.from({ length: LANES }, () => fuzzSocket(subject, share, random.fork(), answers)),
      fuzzWire(subject, Math.min(200, FRAMES / 100), random.fork()),
    ]);
    expect(crashes).to.deep.equal([]);
    expect(subject.server.isRunning).to.equal(true);
    expect(answers.length).to.be.greaterThan(FRAMES / 20);
    expect(answers.filter((answer) => !isKnownAnswer(answer)).slice(0, 5)).to.deep.equal([]);
    expect(answers.filter(isServerFault).slice(0, 5)).to.deep.equal([]);
    const grownBytes = subject.server.measure().rssBytes - before.rssBytes;
    expect(grownBytes).to.be.lessThan(GROWTH_LIMIT_BYTES);
  });

  it(`P22 ${BODIES} HTTP bodies: no crash, only known answers, none of them 5xx`, async () => {
    const random = createRandom(SEED + 1);
    const agent = new Agent({ keepAlive: true, maxSockets: LANES });
    const findings: string[] = [];
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        for (let count = 0; count < BODIES / LANES; count += 1) {
          const finding = judge(await sendBody(subject, random, agent));
          if (finding !== null) findings.push(finding);
        }
      }),
    );
    agent.destroy();
    expect(findings.slice(0, 5)).to.deep.equal([]);
    expect(crashes).to.deep.equal([]);
    const health = await fetch(`${subject.server.url}/ready`);
    expect(health.status).to.equal(200);
  });
});
