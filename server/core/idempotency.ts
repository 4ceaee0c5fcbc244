/**
 * Idempotency ledger for keyed commands that have no natural unique key of their own. (Messages do: their key is part
 * of the log's unique index, for the life of the conversation.) Same key and same input: the first answer again; same
 * key, other input: IDEMPOTENCY_MISMATCH; first try still running: IDEMPOTENCY_IN_FLIGHT.
 *
 * A command that failed leaves no row, so its retry runs again. A process that died in the middle leaves a `running`
 * row; after its lease the next try takes it over and runs the command again, so a command must bear that: by a unique
 * index, a conditional write, or by making no more than a spare row (`site:create`).
 *
 * What was asked is kept as a hash that nobody can make without the server's secret: a phone number or a name in it could be found
 * by trying them all, also after the person was erased.
 */
import { createHash } from 'node:crypto';
import { trusted } from 'mongoose';
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Config } from '../config.js';
import type { TenantContext } from './context.js';
import type { CoreDeps } from './deps.js';
import { deriveSecret, readServerSecret } from './derived.js';
import { AppError, duplicateKeyFields } from './errors.js';
import { createLedgerModel, type LedgerRecord } from './idempotency.model.js';
import { scope } from './store/scope.js';

/** Stripe keeps keys for at least 24 h; a client here never retries longer than its outbox lives. */
const RETENTION_MS = 7 * 24 * 60 * 60 * 1000;
const LEASE_MS = 30_000;
const IN_FLIGHT_RETRY_MS = 500;

export interface IdempotencyLedger {
  run(context: TenantContext, call: LedgerCall): Promise<unknown>;
}

export interface LedgerCall {
  readonly command: string;
  readonly key: IdempotencyKey;
  readonly input: unknown;
  readonly act: () => Promise<unknown>;
}

/** JSON with sorted keys, so that two spellings of the same input hash alike. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function hashInput(command: string, input: unknown): string {
  return createHash('sha256')
    .update(`${command}\n${canonicalJson(input)}`)
    .digest('base64url');
}

function actorName(context: TenantContext): string {
  const { actor } = context;
  if (actor.kind === 'staff') return `staff:${actor.membershipId}`;
  if (actor.kind === 'visitor') return `visitor:${actor.tokenHash}`;
  if (actor.kind === 'device') return `device:${actor.deviceId}`;
  if (actor.kind === 'ticket') return `ticket:${actor.ticketId}`;
  return `system:${actor.name}`;
}

export interface LedgerDeps extends Pick<CoreDeps, 'connection' | 'clock'> {
  readonly config: Pick<Config, 'jwtSecrets'>;
}

function hashKeyed(secret: Buffer, { command, input }: LedgerCall): string {
  return deriveSecret(secret, hashInput(command, input)).toString('base64url');
}

export function createIdempotencyLedger(deps: LedgerDeps): IdempotencyLedger {
  const { config } = deps;
  const Ledger = createLedgerModel(deps.connection);

  /** A try of before a rotation was noted with the secret of then. */
  function isSameCall(known: LedgerRecord, call: LedgerCall): boolean {
    return config.jwtSecrets.some(({ secret }) => hashKeyed(secret, call) === known.inputHash);
  }

  /** Inserts the running row or takes an abandoned one over, and answers its lease; or answers what was done already. */
  async function claim(
    filter: Pick<LedgerRecord, 'tenantId' | 'actor' | 'key'>,
    call: LedgerCall,
  ): Promise<{ readonly leaseUntil: Date } | { readonly done: LedgerRecord }> {
    const now = deps.clock.now();
    const { command } = call;
    const inputHash = hashKeyed(readServerSecret(config), call);
    const lease = { leaseUntil: new Date(now + LEASE_MS), expiresAt: new Date(now + RETENTION_MS) };
    try {
      await Ledger.create({ ...filter, command, inputHash, state: 'running', answer: null, ...lease });
      return lease;
    } catch (error) {
      if (!duplicateKeyFields(error)) throw error;
    }
    const known = await Ledger.findOne(filter).lean<LedgerRecord>();
    if (!known) throw new AppError('IDEMPOTENCY_IN_FLIGHT', { retryAfterMs: IN_FLIGHT_RETRY_MS });
    if (!isSameCall(known, call)) throw new AppError('IDEMPOTENCY_MISMATCH');
    if (known.state === 'done') return { done: known };
    const taken = await Ledger.updateOne(
      { ...filter, state: 'running', leaseUntil: trusted({ $lte: new Date(now) }) },
      { $set: lease },
    );
    if (taken.modifiedCount === 1) return lease;
    throw new AppError('IDEMPOTENCY_IN_FLIGHT', { retryAfterMs: IN_FLIGHT_RETRY_MS });
  }

  return {
    async run(context, call) {
      const filter = { ...scope(context), actor: actorName(context), key: call.key as string };
      const claimed = await claim(filter, call);
      if ('done' in claimed) return claimed.done.answer;
      // The lease fences a try that outlived it: the row is its successor's by then, answer and all.
      const own = { ...filter, state: 'running', leaseUntil: claimed.leaseUntil } as const;
      try {
        const answer = await call.act();
        await Ledger.updateOne(own, { $set: { state: 'done', answer } });
        return answer;
      } catch (error) {
        // A refused command changed nothing, so its key is free again; an unknown outcome stays claimed until its lease ends.
        if (error instanceof AppError && error.code !== 'STORE_UNAVAILABLE' && error.code !== 'INTERNAL') {
          await Ledger.deleteOne(own);
        }
        throw error;
      }
    },
  };
}
