/** A clinic with a full book, and a server in a process of its own to ask: what the measures of booking share. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimKeys } from '@frontdesk/domain/booking/claims';
import { HEADERS, SITE_QUERY } from '@frontdesk/protocol/command';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { at, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { startTestDatabase } from '../../support/database.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const minuteMs = 60_000;
const PEOPLE = 10;
const DAYS = 30;
const PER_DAY = 8;

export interface Desk {
  /** In this process, for setting up and for looking into the store. */
  readonly app: TestServer;
  /** In another; what is measured. */
  readonly subject: ServerProcess;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const database = await startTestDatabase();
  const env = { MONGODB_URI: database.uri, JWT_SECRETS: `bench:${randomBytes(32).toString('base64url')}` };
  const app = await startTestServer({ env });
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-booking-'));
  const handleCrash = (what: string) => {
    throw new Error(what);
  };
  const subject = await createServerProcess({ dataDir, env: { ...env, RATE_LIMIT_MULTIPLIER: '100000' }, handleCrash });
  await subject.start();
  return {
    app,
    subject,
    async close() {
      await subject.terminate();
      await app.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Row = Record<string, unknown> & { readonly start: Date };

/** Ten people, thirty days, eight bookings a day each: copies of one that was booked as any other, at other times. */
export async function fillBook({ app }: Desk): Promise<Clinic> {
  const clinic = await openClinic(app, { staff: PEOPLE, service: { intervalMinutes: 15, horizonDays: 60 } });
  const { connection } = app.server.core;
  await clinic.must('booking:create', {
    serviceId: clinic.service.id,
    staffId: null,
    start: at(9),
    customer: MEI,
    answers: {},
  });
  const allocations = connection.collection<Row>('allocations');
  const template = await allocations.findOne({ start: new Date(at(9)), live: true });
  const people = await connection.collection('booking_resources').find({}).toArray();
  const own = people.filter(({ locationId }) => String(locationId) === clinic.locationId);
  if (!template) throw new Error('The first booking is not there.');
  const rows = own.flatMap((person, number) =>
    Array.from({ length: DAYS * PER_DAY }, (_, index) => {
      const day = 3 + Math.floor(index / PER_DAY);
      const from =
        Date.parse(at(9 + (index % PER_DAY) + ((number * 5 + day * 10) % 30) / 60, { days: day })) / minuteMs;
      const span = { resourceId: String(person['_id']), from, to: from + 30 };
      const [start, end] = [new Date(from * minuteMs), new Date((from + 30) * minuteMs)];
      const { _id, ...rest } = template;
      return {
        ...rest,
        start,
        end,
        code: randomBytes(6).toString('hex'),
        staffId: person['_id'],
        rids: [person['_id']],
        spans: [span],
        claims: claimKeys([{ rseq: Number(person['rseq']), from: span.from, to: span.to }]),
        segments: [{ serviceId: clinic.service.id, start, end, staffId: span.resourceId, resourceIds: [] }],
        writes: [],
        outbox: [],
      };
    }),
  );
  await allocations.insertMany(rows as never);
  return clinic;
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

export interface Answer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: string;
  readonly ms: number;
}

/** One exchange on a kept connection, timed. */
export function exchange(
  url: string,
  {
    method,
    headers,
    body,
  }: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const sent = request(url, { method, headers, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { etag } = response.headers;
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, etag, body: text, ms: performance.now() - startedMs });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function askAsVisitor(url: string, clinic: Clinic, name: string, input: object): Promise<Answer> {
  const site = clinic.shop.site.publicKey;
  return exchange(`${url}/v1/visitor/${name}?${SITE_QUERY}=${site}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Origin: SHOP_ORIGIN,
      Authorization: `Bearer ${createVisitorToken()}`,
      [HEADERS.idempotencyKey]: createIdempotencyKey(),
    },
    body: JSON.stringify(input),
  });
}

/** Runs all, so many at once; answers how long each took. */
export async function runAtOnce(tasks: readonly (() => Promise<Answer>)[], atOnce: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const work = async () => {
    for (let task = tasks[next]; task; task = tasks[next]) {
      next += 1;
      answers.push(await task());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}
