/** Collects what a letter about a booking has to know, at the moment at which it is sent. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { Site, Tenant, TenancyDirectory } from '../tenancy/index.js';
import type { LetterFacts, VisitFacts } from './booking-letter.js';
import type { Allocation, MessageKind, Schedule } from './booking.types.js';
import type { ManageLinks } from './manage-links.js';
import type { Schedules } from './schedules.js';
import type { SeriesStore } from './series.store.js';

export interface ComposerDeps {
  readonly schedules: Pick<Schedules, 'read'>;
  readonly directory: Pick<TenancyDirectory, 'findTenant' | 'findSite' | 'listSites'>;
  readonly links: ManageLinks;
  readonly series: Pick<SeriesStore, 'list'>;
  readonly publicUrl: string;
  readonly senderAddress: string;
}

/** The language that the customer chose; whom staff booked for is spoken to as people at the branch are. */
function localeOf(booking: Allocation, schedule: Schedule, tenant: Tenant): Locale {
  return booking.locale ?? schedule.locations.get(booking.locationId)?.languages[0] ?? tenant.locale;
}

/**
 * `token`: of the link, when it is not the booking's own; `kind`: what is said, where that may be of several visits at once. undefined for
 * a business that is suspended: nobody hears of it any more; and for what the mail about another visit says.
 */
export type CollectFacts = (
  booking: Allocation,
  more?: { readonly token?: string; readonly kind?: MessageKind },
) => Promise<LetterFacts | undefined>;

export function createCollector(deps: ComposerDeps): CollectFacts {
  const { schedules, directory, links, publicUrl, senderAddress } = deps;

  /** Visits of a series that were booked, or given up, with this one: a single mail speaks of all of them. */
  async function listTogether(booking: Allocation, kind: MessageKind | undefined): Promise<Allocation[]> {
    const { seriesId, history } = booking;
    if (seriesId === undefined || (kind !== 'confirmed' && kind !== 'cancelled-by-business')) return [];
    // Only what happened to all of them at once; one that staff approve later is told of alone.
    if (kind === 'confirmed' && history.length > 1) return [];
    const atMs = history.at(-1)?.at.getTime();
    const visits = await deps.series.list(booking, seriesId);
    return visits.filter(({ state, history: own }) =>
      kind === 'confirmed' ? state === 'confirmed' : state === kind && own.at(-1)?.at.getTime() === atMs,
    );
  }

  /** Where it was booked; what staff booked is managed on the business's first website. */
  async function findSite(booking: Allocation): Promise<Site | undefined> {
    const own = booking.siteId && (await directory.findSite(booking, booking.siteId));
    return own || (await directory.listSites(booking))[0];
  }

  return async (booking, { token, kind } = {}) => {
    const [{ schedule }, tenant, site, visits] = await Promise.all([
      schedules.read(booking),
      directory.findTenant(booking),
      findSite(booking),
      listTogether(booking, kind),
    ]);
    if (!tenant || tenant.suspended) return undefined;
    // All that are cancelled have the news, as nobody knows beforehand which will be the last; it is said once.
    if (kind === 'cancelled-by-business' && visits.length > 1 && visits.at(-1)?.id !== booking.id) return undefined;
    const describe = (one: Allocation, ownToken?: string): VisitFacts => ({
      booking: one,
      schedule,
      businessName: tenant.name,
      locale: localeOf(booking, schedule, tenant),
      // Behind the hash no server and no Referer sees the secret.
      manageUrl:
        one.live && site ? `${publicUrl}/booking?site=${site.publicKey}#${ownToken ?? links.create(one)}` : null,
    });
    const together = visits.length > 1 ? visits.map((one) => describe(one)) : [];
    return { ...describe(booking, token), senderAddress, together };
  };
}
