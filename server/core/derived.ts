/**
 * Ids and secrets that follow from what was asked: a second try makes the same ones, whichever process hears it, so an answer that
 * was lost can be given again without anybody having kept it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Config } from '../config.js';
import type { StaffContext } from './context.js';

/** What one try of a member to make something of this kind is called; a key only counts for whoever made it. */
export function nameTry({ tenantId, actor, idempotencyKey }: StaffContext, kind: string): string {
  return `${kind} ${tenantId} ${actor.membershipId} ${idempotencyKey ?? ''}`;
}

/** In the form of a stored document's id; not a secret. */
export function deriveId<Id extends string>(name: string): Id {
  return createHash('sha256').update(name).digest('hex').slice(0, 24) as Id;
}

/** 256 bits that nobody can tell from the name alone. */
export function deriveSecret(secret: Buffer, name: string): Buffer {
  return createHmac('sha256', secret).update(name).digest();
}

/** What the server derives secrets from; every process that shares a store has the same. */
export function readServerSecret({ jwtSecrets }: Pick<Config, 'jwtSecrets'>): Buffer {
  const [newest] = jwtSecrets;
  if (!newest) throw new Error('The server has no secret.');
  return newest.secret;
}
