/**
 * Password hashes: bcrypt, cost 12 (promise WA-21). The native module hashes in the thread pool, so the event loop
 * stays free.
 */
import { compare, getRounds, hash } from 'bcrypt';
import { PASSWORD_MAX_BYTES } from '@frontdesk/protocol/limits';
import { AppError } from '../core/errors.js';

export const BCRYPT_COST = 12;

/**
 * Hash of a random value that nobody kept. Whoever has no password to compare with is compared with this, so that an
 * unknown address takes as long as a wrong password (AUTH-03).
 */
const UNKNOWN_HASH = '$2b$12$GGzvyWSYDEHxOVplPcrQkO9gOgx8nM2AuBC/0oxLHmJDxmPMwtWva';

/** The same password typed on two keyboards may arrive in two Unicode forms (NIST SP 800-63B, section 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC');
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password) > PASSWORD_MAX_BYTES;
}

export async function hashPassword(password: string): Promise<string> {
  const normalized = normalize(password);
  // bcrypt would ignore the rest, and two different passwords would open the same account.
  if (isTooLong(normalized)) {
    throw new AppError('VALIDATION', { fields: { password: `must have at most ${PASSWORD_MAX_BYTES} bytes` } });
  }
  return hash(normalized, BCRYPT_COST);
}

/** Always one comparison, whatever is known about the account. */
export async function verifyPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  const normalized = normalize(password);
  const isEqual = await compare(normalized, passwordHash ?? UNKNOWN_HASH);
  return isEqual && !isTooLong(normalized) && typeof passwordHash === 'string';
}

export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith('$2b$') || getRounds(passwordHash) < BCRYPT_COST;
}
