/**
 * Proof of work for commands that strangers may send (BK-34, CC-15). A challenge is signed and says itself what it is for and how long
 * it counts, so asking for one stores nothing; spending it writes one row under a unique index, in whichever process, so it counts once.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Connection } from 'mongoose';
import { proofVisitorCommands, type ProofChallenge, type ProofOfWork } from '@frontdesk/protocol/proof';
import type { ProofPurpose } from '@frontdesk/protocol/vocabulary';
import type { Clock } from './clock.js';
import { bindCommands, type BoundCommand } from './command.js';
import type { VisitorContext } from './context.js';
import { deriveSecret } from './derived.js';
import { AppError, duplicateKeyFields } from './errors.js';
import { createSpentProofModel } from './proof-of-work.model.js';
import { scope } from './store/scope.js';

/** About 16,000 hashes: below a second on a cheap phone, and an hour of a core for every 200,000 messages. */
const PROOF_BITS = 14;
/** Longer than a form is filled in; a proof that is too old is only asked for again. */
const LIFETIME_MS = 30 * 60_000;

export interface ProofDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly secret: Buffer;
}

export interface ProofOfWorkGate {
  readonly commands: readonly BoundCommand[];
  /** Uses the proof up for this command; throws PROOF_REFUSED. A retry with the same idempotency key may bring it again. */
  spend(context: VisitorContext, purpose: ProofPurpose, proof: ProofOfWork): Promise<void>;
}

/** True when SHA-256 of `<challenge>:<solution>` begins with `bits` zero bits. */
export function isSolved({ challenge, solution }: ProofOfWork, bits: number): boolean {
  const digest = createHash('sha256').update(`${challenge}:${solution}`).digest();
  return Math.clz32(digest.readUInt32BE(0)) >= bits;
}

export function createProofOfWork({ connection, clock, secret }: ProofDeps): ProofOfWorkGate {
  const SpentProof = createSpentProofModel(connection);

  /** `nonce.expiry.mac`; site and purpose are not in it, but in what is signed. */
  function sign(context: VisitorContext, purpose: ProofPurpose, nonce: string, expiresAtMs: number): string {
    const name = `proof ${context.tenantId} ${context.actor.siteId} ${purpose} ${PROOF_BITS} ${nonce} ${expiresAtMs}`;
    return `${nonce}.${expiresAtMs}.${deriveSecret(secret, name).toString('base64url')}`;
  }

  function request(context: VisitorContext, purpose: ProofPurpose): ProofChallenge {
    const expiresAtMs = clock.now() + LIFETIME_MS;
    const challenge = sign(context, purpose, randomBytes(16).toString('base64url'), expiresAtMs);
    return { challenge, bits: PROOF_BITS, expiresAt: new Date(expiresAtMs).toISOString() };
  }

  function isOurs(context: VisitorContext, purpose: ProofPurpose, challenge: string): boolean {
    const [nonce = '', expiry = ''] = challenge.split('.');
    const expected = Buffer.from(sign(context, purpose, nonce, Number(expiry)));
    const given = Buffer.from(challenge);
    return given.length === expected.length && timingSafeEqual(given, expected) && Number(expiry) > clock.now();
  }

  async function spend(context: VisitorContext, purpose: ProofPurpose, proof: ProofOfWork): Promise<void> {
    if (!isOurs(context, purpose, proof.challenge) || !isSolved(proof, PROOF_BITS)) throw new AppError('PROOF_REFUSED');
    const [nonce = '', expiry = ''] = proof.challenge.split('.');
    const key = context.idempotencyKey ?? '';
    try {
      await SpentProof.create({ ...scope(context), nonce, key, expiresAt: new Date(Number(expiry)) });
    } catch (error) {
      if (!duplicateKeyFields(error)) throw error;
      const spent = await SpentProof.findOne({ ...scope(context), nonce }).lean();
      if (spent?.key !== key) throw new AppError('PROOF_REFUSED');
    }
  }

  const commands = bindCommands(proofVisitorCommands, {
    'proof:request': {
      limit: 'visitor-proof',
      openToUnverified: true,
      handle: async (context, { purpose }) => request(context, purpose),
    },
  });
  return { commands, spend };
}
