/** One try of a command that writes: who asked under which key, so that a second try finds the first (README, decision 5). */
import type { StaffContext, VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { hashInput } from '../core/idempotency.js';
import type { Allocation, Write } from './booking.types.js';

export type AskerContext = VisitorContext | StaffContext;

function nameOf({ actor }: AskerContext): string {
  return actor.kind === 'staff' ? `staff:${actor.membershipId}` : `visitor:${actor.tokenHash}`;
}

export function toWrite(context: AskerContext, command: string, input: unknown): Write {
  return { key: `${nameOf(context)} ${context.idempotencyKey ?? ''}`, hash: hashInput(command, input) };
}

/** Of a request that writes several documents: each has a key of its own, by what tells it from the others. */
export const writeFor = ({ key, hash }: Write, part: string): Write => ({ key: `${key} ${part}`, hash });

/** Whether this try was carried out on the document; throws IDEMPOTENCY_MISMATCH when its key was used for something else. */
export function hasWritten({ writes }: Pick<Allocation, 'writes'>, { key, hash }: Write): boolean {
  const known = writes.find((write) => write.key === key);
  if (known && known.hash !== hash) throw new AppError('IDEMPOTENCY_MISMATCH');
  return known !== undefined;
}
