/** Solves challenges as a browser does, on Node's own hash. */
import { createHash } from 'node:crypto';
import type { ProofChallenge, ProofOfWork } from '@frontdesk/protocol/proof';
import type { ProofPurpose } from '@frontdesk/protocol/vocabulary';
import { callHttp, dataOf, type CallOptions } from './server.js';

export function solve({ challenge, bits }: Pick<ProofChallenge, 'challenge' | 'bits'>): ProofOfWork {
  for (let solution = 0; ; solution += 1) {
    const digest = createHash('sha256').update(`${challenge}:${solution}`).digest();
    if (Math.clz32(digest.readUInt32BE(0)) >= bits) return { challenge, solution: String(solution) };
  }
}

export async function askProof(
  url: string,
  visitor: CallOptions,
  purpose: ProofPurpose = 'card-message',
): Promise<ProofOfWork> {
  return solve(dataOf(await callHttp<ProofChallenge>(url, 'proof:request', { purpose }, visitor)));
}
