/**
 * Ids and secrets that a command's key gives to what it makes: a second try makes the same ones, so an answer that was lost can be
 * given again without anybody having kept it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { StaffContext } from '../core/context.js';

export function deriveId(context: StaffContext, kind: string): string {
  const { tenantId, actor, idempotencyKey } = context;
  return createHash('sha256')
    .update(`${kind} ${tenantId} ${actor.membershipId} ${idempotencyKey ?? ''}`)
    .digest('hex')
    .slice(0, 24);
}

/** 256 bits that nobody can tell without the server's secret. */
export function deriveSecret(context: StaffContext, kind: string, secret: Buffer): Buffer {
  const { tenantId, actor, idempotencyKey } = context;
  return createHmac('sha256', secret)
    .update(`${kind} ${tenantId} ${actor.membershipId} ${idempotencyKey ?? ''}`)
    .digest();
}
