/** Finds the number that a challenge asks for (`protocol/proof.ts`), on the browser's own hash. */
import type { ProofChallenge, ProofOfWork } from '@frontdesk/protocol/proof';

/** Enough at once to keep the hashing thread busy, few enough that the page stays lively. */
const BATCH = 128;

/** Without a secure context there is no hash, and without it no proof. */
export function canProve(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export async function solveProof({ challenge, bits }: ProofChallenge): Promise<ProofOfWork> {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += BATCH) {
    const digests = await Promise.all(
      Array.from({ length: BATCH }, (_, index) =>
        crypto.subtle.digest('SHA-256', encoder.encode(`${challenge}:${first + index}`)),
      ),
    );
    const found = digests.findIndex((digest) => Math.clz32(new DataView(digest).getUint32(0)) >= bits);
    if (found >= 0) return { challenge, solution: String(first + found) };
  }
}
