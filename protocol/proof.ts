/**
 * Proof of work for what strangers may send: cheap for a person, dear for whoever sends thousands. A client asks for a challenge, looks
 * for a number, and sends both along with the command. A proof counts for one site and one purpose, and is used up with the command.
 *
 * A solution is a decimal number such that SHA-256 of `<challenge>:<solution>` begins with `bits` zero bits.
 */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { instant } from './fields.js';
import { PROOF_PURPOSES } from './vocabulary.js';

export const proofOfWork = z.strictObject({
  challenge: z.string().min(1).max(200),
  solution: z.string().regex(/^\d{1,12}$/, 'must be a number'),
});
export type ProofOfWork = z.output<typeof proofOfWork>;

export const proofChallenge = z.strictObject({
  challenge: z.string(),
  bits: z.number().int().min(1).max(32),
  expiresAt: instant,
});
export type ProofChallenge = z.output<typeof proofChallenge>;

export const proofVisitorCommands = {
  'proof:request': defineCommand({
    name: 'proof:request',
    audience: 'visitor',
    summary: 'A challenge for a command that wants proof of work. Stores nothing.',
    idempotency: 'read',
    input: z.strictObject({ purpose: z.enum(PROOF_PURPOSES) }),
    output: proofChallenge,
  }),
} as const;
