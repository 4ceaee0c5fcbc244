/**
 * Details of a customer that the website's own server signed (BK-38), with the same secret and in the same form in which it says who a
 * visitor of the chat is. What is signed is not for the browser to change.
 */
import { email, line } from '@frontdesk/protocol/fields';
import type { Customer } from '@frontdesk/protocol/booking-fields';
import { readSiteToken } from '../contacts/index.js';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { TenancyDirectory } from '../tenancy/index.js';

/** What the website vouches for; undefined is the customer's own to say. */
export type Vouched = { readonly [Name in keyof Customer]?: NonNullable<Customer[Name]> | undefined };

const nameSchema = line(120);

export type PrefillReader = ReturnType<typeof createPrefillReader>;

export function createPrefillReader({
  directory,
  clock,
}: {
  readonly directory: Pick<TenancyDirectory, 'findSite'>;
  readonly clock: Clock;
}) {
  /** A claim that does not fit vouches for nothing. */
  function readPhone(claim: unknown, country: string): string | undefined {
    try {
      return readPhoneNumber(typeof claim === 'string' ? claim : null, country) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Throws PREFILL_REFUSED for everything that this site did not sign within the last hour. */
  return async (context: VisitorContext, token: string, country: string): Promise<Vouched> => {
    try {
      const site = await directory.findSite(context, context.actor.siteId);
      if (!site) throw new AppError('PREFILL_REFUSED');
      const claims = await readSiteToken(token, site, clock.now());
      return {
        name: nameSchema.safeParse(claims['name']).data,
        email: email.safeParse(claims['email']).data,
        phone: readPhone(claims['phone'], country),
      };
    } catch (error) {
      throw new AppError('PREFILL_REFUSED', { cause: error });
    }
  };
}
