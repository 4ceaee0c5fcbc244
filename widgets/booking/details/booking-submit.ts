/**
 * Sends a booking with the proof of work that it needs (BK-34). The proof is begun when somebody begins to type, and kept until it was
 * refused, so that a request whose answer was lost is repeated as it was.
 */
import type { ProofOfWork } from '@frontdesk/protocol/proof';
import type { Result } from '@frontdesk/protocol/result';
import type { VisitorCommands } from '@frontdesk/protocol/visitor';
import { createUnknownOutcome } from '../../core/client/outcome.js';
import { solveProof } from '../../core/client/proof.js';
import type { Requester } from '../requester.js';

/** A proof is refused when it is too old or was used before; a second fresh one would be refused for another reason. */
const PROOFS_PER_BOOKING = 2;

type Proved = 'booking:confirm' | 'seat:confirm' | 'seat:wait' | 'course:confirm' | 'verification:request';
type Answer<Name extends Proved> = Promise<Result<VisitorCommands[Name]['output']>>;
export type Unproved<Name extends Proved = 'booking:confirm'> = Omit<
  VisitorCommands[Name]['input'],
  'proof' | 'timeZone'
>;

export interface Submitter {
  prepare(): void;
  send<Name extends Proved>(name: Name, input: Unproved<Name>): Answer<Name>;
}

export function createSubmitter({ request }: Pick<Requester, 'request'>): Submitter {
  let proving: Promise<Result<ProofOfWork>> | undefined;

  async function prove(): Promise<Result<ProofOfWork>> {
    const asked = await request('proof:request', { purpose: 'booking' });
    return asked.ok ? { ok: true, data: await solveProof(asked.data) } : asked;
  }

  async function readProof(): Promise<Result<ProofOfWork>> {
    // Without a secure context the browser has no hash.
    proving ??= prove().catch((error: unknown) => createUnknownOutcome(String(error)));
    const proof = await proving;
    if (!proof.ok) proving = undefined;
    return proof;
  }

  async function send<Name extends Proved>(name: Name, input: Unproved<Name>, proofs = 1): Answer<Name> {
    const proof = await readProof();
    if (!proof.ok) return proof;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const isCode = name === 'verification:request';
    const proved = {
      ...input,
      ...(!isCode && { timeZone }),
      proof: proof.data,
    } as unknown as VisitorCommands[Name]['input'];
    const result = await request(name, proved);
    if (isCode && result.ok) {
      // Used up, and what it is for is still to come.
      proving = undefined;
      void readProof();
    }
    if (result.ok || result.error.code !== 'PROOF_REFUSED') return result;
    proving = undefined;
    return proofs < PROOFS_PER_BOOKING ? send(name, input, proofs + 1) : result;
  }

  return { prepare: () => void readProof(), send: (name, input) => send(name, input) };
}
