/**
 * Counts failed proofs of a password before anything is hashed (AUTH-02). Keys are made from the address as typed, so
 * unknown addresses are throttled exactly like known ones.
 */
import { AppError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import { hashSecret } from '../core/secrets.js';

export interface PasswordThrottle {
  /** Runs `prove` unless the account has failed too often; throws RATE_LIMITED without running it otherwise. */
  guard<Proof>(
    context: { readonly ipPrefix: string },
    email: string,
    prove: () => Promise<Proof | undefined>,
  ): Promise<Proof | undefined>;
}

export function createPasswordThrottle(limits: Limits): PasswordThrottle {
  return {
    async guard(context, email, prove) {
      const account = hashSecret(email);
      const pair = `${account}:${context.ipPrefix}`;
      await limits.check('sign-in-per-account', account);
      // Taken before the proof and given back after a success: a burst of parallel guesses must not slip through.
      await limits.consume('sign-in-per-account-and-ip', pair);
      const proof = await prove();
      if (proof !== undefined) {
        await limits.reset('sign-in-per-account-and-ip', pair);
        return proof;
      }
      await limits.consume('sign-in-per-account', account).catch((error: unknown) => {
        // The failure that uses up the last point is still answered as a failure.
        if (!(error instanceof AppError && error.code === 'RATE_LIMITED')) throw error;
      });
      return undefined;
    },
  };
}
