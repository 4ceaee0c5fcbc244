/**
 * Whether customers are who they say (BK-34, BK-38): what the website's server signed must not be changed, and where a service asks for a
 * proof of the address there has to be one: the website's word for that very address, or a code that came back.
 */
import type { Customer } from '@frontdesk/protocol/booking-fields';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import type { VerificationChannel } from '@frontdesk/protocol/vocabulary';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { BookingService, Write } from './booking.types.js';
import type { PrefillReader, Vouched } from './prefill.js';
import type { VerificationService } from './verification.service.js';

export interface Claimed {
  /** What is booked, or the first of it. */
  readonly serviceId: BookingServiceId;
  /** With the rule that holds for all of it. */
  readonly service: Pick<BookingService, 'verification'>;
  /** With the phone number as it is dialled from anywhere. */
  readonly customer: Customer;
  /** In which a number without its country is read. */
  readonly country: string;
  readonly prefill?: string | undefined;
}

export interface CustomerProof {
  /**
   * Uses the proof up for what `act` writes, and gives it back when every try of that is refused. Throws VERIFICATION_REQUIRED, PREFILL_REFUSED, or
   * VALIDATION where a signed detail was changed or the address to prove is missing.
   */
  settle<Answer>(context: VisitorContext, claimed: Claimed, write: Write, act: () => Promise<Answer>): Promise<Answer>;
}

/** How the address of each channel is told from another. */
const ADDRESS_OF: Readonly<Record<VerificationChannel, (customer: Customer) => string | undefined>> = {
  email: ({ email }) => email?.trim().toLowerCase(),
};

function requireUnchanged(vouched: Vouched, { name, phone, email }: Customer): void {
  const given: Vouched = { name, phone: phone ?? undefined, email: ADDRESS_OF.email({ name, phone, email }) };
  const names = ['name', 'phone', 'email'] as const;
  const changed = names.filter((field) => vouched[field] !== undefined && vouched[field] !== given[field]);
  if (changed.length === 0) return;
  const fields = Object.fromEntries(changed.map((field) => [`customer.${field}`, 'must be as the website signed it']));
  throw new AppError('VALIDATION', { fields });
}

export function createCustomerProof(deps: {
  readonly readPrefill: PrefillReader;
  readonly verification: Pick<VerificationService, 'spend' | 'giveBack'>;
}): CustomerProof {
  const { readPrefill, verification } = deps;
  return {
    async settle(context, { serviceId, service, customer, country, prefill }, write, act) {
      const vouched = prefill === undefined ? {} : await readPrefill(context, prefill, country);
      requireUnchanged(vouched, customer);
      const channel = service.verification;
      if (channel === 'none') return act();
      const address = ADDRESS_OF[channel](customer);
      if (!address) throw new AppError('VALIDATION', { fields: { [`customer.${channel}`]: 'must be given' } });
      if (vouched[channel] === address) return act();
      const proving = { serviceId, channel, address };
      if (!(await verification.spend(context, proving, write))) throw new AppError('VERIFICATION_REQUIRED');
      try {
        return await act();
      } catch (error) {
        // Of anything else nobody knows whether it was written; the next try has the same key.
        if (error instanceof AppError) await verification.giveBack(context, proving, write);
        throw error;
      }
    },
  };
}
