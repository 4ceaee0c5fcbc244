/**
 * What strangers pay before they book (BK-34): a proof of work that counts once, a field that only programs fill in, and a number of
 * bookings for each phone number and each e-mail address. How many come from one network is counted before anything is parsed.
 */
import type { Customer } from '@frontdesk/protocol/booking-fields';
import type { ProofOfWork } from '@frontdesk/protocol/proof';
import type { VisitorContext } from '../core/context.js';
import { deriveSecret } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import type { ProofOfWorkGate } from '../core/proof-of-work.js';

export interface Toll {
  readonly proof: ProofOfWork;
  /** Empty unless a program filled in what nobody sees. */
  readonly website: string;
}

export interface BookingGuard {
  /** Throws PROOF_REFUSED or RATE_LIMITED. */
  admit(context: VisitorContext, customer: Customer, toll: Toll): Promise<void>;
}

export interface BookingGuardDeps {
  readonly proofOfWork: Pick<ProofOfWorkGate, 'spend'>;
  readonly limits: Pick<Limits, 'consume'>;
  /** People are counted by a digest: the store of limits says nothing to whoever reads it. */
  readonly personKey: Buffer;
}

export function createBookingGuard({ proofOfWork, limits, personKey }: BookingGuardDeps): BookingGuard {
  return {
    async admit(context, { phone, email }, { proof, website }) {
      await proofOfWork.spend(context, 'booking', proof);
      // A program learns nothing about what gave it away.
      if (website !== '') throw new AppError('PROOF_REFUSED');
      for (const way of [phone, email?.toLowerCase()]) {
        if (!way) continue;
        const digest = deriveSecret(personKey, `${context.tenantId} ${way}`).toString('base64url');
        await limits.consume('booking-person', `${context.tenantId}:${digest}`);
      }
    },
  };
}
