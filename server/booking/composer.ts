/** Collects what a letter about a booking has to know, at the moment at which it is sent. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { Site, Tenant, TenancyDirectory } from '../tenancy/index.js';
import type { LetterFacts } from './booking-letter.js';
import type { Allocation, Schedule } from './booking.types.js';
import type { ManageLinks } from './manage-links.js';
import type { Schedules } from './schedules.js';

export interface ComposerDeps {
  readonly schedules: Pick<Schedules, 'read'>;
  readonly directory: Pick<TenancyDirectory, 'findTenant' | 'findSite' | 'listSites'>;
  readonly links: ManageLinks;
  readonly publicUrl: string;
  readonly senderAddress: string;
}

/** The language that the customer chose; whom staff booked for is spoken to as people at the branch are. */
function localeOf(booking: Allocation, schedule: Schedule, tenant: Tenant): Locale {
  return booking.locale ?? schedule.locations.get(booking.locationId)?.languages[0] ?? tenant.locale;
}

/** `token`: of the link, when it is not the booking's own. undefined for a business that is suspended: nobody hears of it any more. */
export type CollectFacts = (booking: Allocation, token?: string) => Promise<LetterFacts | undefined>;

export function createCollector({ schedules, directory, links, publicUrl, senderAddress }: ComposerDeps): CollectFacts {
  /** Where it was booked; what staff booked is managed on the business's first website. */
  async function findSite(booking: Allocation): Promise<Site | undefined> {
    const own = booking.siteId && (await directory.findSite(booking, booking.siteId));
    return own || (await directory.listSites(booking))[0];
  }

  return async (booking, token) => {
    const [{ schedule }, tenant, site] = await Promise.all([
      schedules.read(booking),
      directory.findTenant(booking),
      findSite(booking),
    ]);
    if (!tenant || tenant.suspended) return undefined;
    const isManaged = booking.live && site !== undefined;
    return {
      booking,
      schedule,
      businessName: tenant.name,
      locale: localeOf(booking, schedule, tenant),
      // Behind the hash no server and no Referer sees the secret.
      manageUrl: isManaged ? `${publicUrl}/booking?site=${site.publicKey}#${token ?? links.create(booking)}` : null,
      senderAddress,
    };
  };
}
