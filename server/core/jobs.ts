/**
 * Leased job queue in the store: at least once, exponential back-off with full jitter, dead letters that can be replayed.
 * Claiming is one conditional findOneAndUpdate; `attempts` is the fencing number, so a worker that lost its lease cannot
 * finish the job of its successor.
 */
import { mongo, trusted, Types, type Connection } from 'mongoose';
import type { TenantId } from '@frontdesk/protocol/ids';
import type { Clock } from './clock.js';
import { createSystemContext, type SystemContext } from './context.js';
import { duplicateKeyFields } from './errors.js';
import { createJobModel, type JobRecord } from './jobs.model.js';
import type { Logger } from './logger.js';
import { scope } from './store/scope.js';

const LEASE_MS = 60_000;
const BACKOFF_BASE_MS = 2_000;
const BACKOFF_MAX_MS = 15 * 60_000;
const MAX_ATTEMPTS = 8;
/** A lease that has always run out: one comparison then finds the free and the abandoned alike. */
const NOT_LEASED = new Date(0);
/** How long an idle worker waits before it asks the store again; new work in this process wakes it at once. */
const IDLE_POLL_MS = 5_000;

/** Payloads by job kind; domains add theirs by declaration merging. */
// Empty here: the domains fill it through declaration merging.
export interface JobPayloads {}
export type JobKind = keyof JobPayloads & string;

export type JobHandler<Kind extends JobKind> = (context: SystemContext, payload: JobPayloads[Kind]) => Promise<void>;

export interface JobQueue {
  /** `key` makes enqueueing idempotent within a tenant and kind. */
  enqueue<Kind extends JobKind>(
    context: { tenantId: TenantId | null },
    kind: Kind,
    job: { key: string; payload: JobPayloads[Kind]; runAt?: Date },
  ): Promise<void>;
  handle<Kind extends JobKind>(kind: Kind, handler: JobHandler<Kind>): void;
  start(): void;
  /** Stops claiming and waits for running jobs. */
  stop(): Promise<void>;
  /** Resolves when nothing is due and nothing runs; for tests and the seed. */
  drain(): Promise<void>;
  listDead(context: { tenantId: TenantId | null }): Promise<{ id: string; kind: string; lastError: string | null }[]>;
  replay(context: { tenantId: TenantId | null }, id: string): Promise<boolean>;
}

/** Throw this from a handler when another try cannot help. */
export class PermanentJobError extends Error {}

export function createJobQueue(deps: { connection: Connection; clock: Clock; log: Logger }): JobQueue {
  const { clock, log } = deps;
  const Job = createJobModel(deps.connection);
  const handlers = new Map<string, (context: SystemContext, payload: unknown) => Promise<void>>();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let started = false;
  let isStopping = false;
  /** Somebody asked for work since the worker last looked. */
  let isAsked = false;

  async function claim(): Promise<JobRecord | null> {
    const now = new Date(clock.now());
    return Job.findOneAndUpdate(
      {
        state: 'pending',
        runAt: trusted({ $lte: now }),
        kind: trusted({ $in: [...handlers.keys()] }),
        leaseUntil: trusted({ $lte: now }),
      },
      { $set: { leaseUntil: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
      { sort: { runAt: 1 }, returnDocument: 'after' },
    )
      .setOptions({ crossTenant: 'the worker serves every tenant' })
      .lean<JobRecord>();
  }

  async function settle(job: JobRecord, error: unknown): Promise<void> {
    const fence = { tenantId: job.tenantId, _id: job._id, attempts: job.attempts };
    if (error === undefined) {
      await Job.deleteOne(fence);
      return;
    }
    const isDead = error instanceof PermanentJobError || job.attempts >= MAX_ATTEMPTS;
    const delayMs = Math.random() * Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** job.attempts);
    log[isDead ? 'error' : 'warn'](
      { err: error, kind: job.kind, attempts: job.attempts, dead: isDead },
      'a job failed',
    );
    await Job.updateOne(fence, {
      $set: {
        state: isDead ? 'dead' : 'pending',
        leaseUntil: NOT_LEASED,
        runAt: new Date(clock.now() + delayMs),
        lastError: error instanceof Error ? error.name : 'unknown',
      },
    });
  }

  async function runOne(job: JobRecord): Promise<void> {
    const tenantId = job.tenantId.toHexString() as TenantId;
    const context = createSystemContext(tenantId, `job:${job.kind}`, log.child({ job: job._id.toHexString() }));
    let failure: unknown;
    try {
      await handlers.get(job.kind)!(context, job.payload);
    } catch (error) {
      failure = error ?? new Error('unknown');
    }
    await settle(job, failure);
  }

  async function runDue(): Promise<void> {
    while (isAsked && !isStopping) {
      isAsked = false;
      for (let job = await claim(); job; job = isStopping ? null : await claim()) await runOne(job);
    }
  }

  function wake(): Promise<void> {
    // A worker that is just about to find nothing looks once more.
    isAsked = true;
    running ??= runDue()
      .catch((error: unknown) => log.error({ err: error }, 'the job worker stumbled'))
      .finally(() => {
        running = null;
        // Asked between the last look and now: nobody else would look before the next poll.
        if (isAsked && !isStopping) void wake();
      });
    return running;
  }

  return {
    async enqueue(context, kind, job) {
      const now = new Date(clock.now());
      try {
        await Job.create({
          ...scope(context),
          kind,
          key: job.key,
          payload: job.payload,
          state: 'pending',
          attempts: 0,
          leaseUntil: NOT_LEASED,
          runAt: job.runAt ?? now,
          createdAt: now,
        });
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
      }
      if (started) void wake();
    },
    handle(kind, handler) {
      handlers.set(kind, handler as (context: SystemContext, payload: unknown) => Promise<void>);
    },
    start() {
      started = true;
      void wake();
      timer = setInterval(() => void wake(), IDLE_POLL_MS);
      timer.unref();
    },
    async stop() {
      started = false;
      isStopping = true;
      if (timer) clearInterval(timer);
      await running;
    },
    async drain() {
      await running;
      await wake();
    },
    async listDead(context) {
      const dead = await Job.find({ ...scope(context), state: 'dead' }).lean<JobRecord[]>();
      return dead.map((job) => ({ id: job._id.toHexString(), kind: job.kind, lastError: job.lastError }));
    },
    async replay(context, id) {
      if (!mongo.ObjectId.isValid(id)) return false;
      const result = await Job.updateOne(
        { ...scope(context), _id: new Types.ObjectId(id), state: 'dead' },
        { $set: { state: 'pending', attempts: 0, runAt: new Date(clock.now()), lastError: null } },
      );
      if (started) void wake();
      return result.modifiedCount === 1;
    },
  };
}
