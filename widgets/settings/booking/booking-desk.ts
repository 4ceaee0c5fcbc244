/** What the pages of booking know of the server: branches, what can be booked at the chosen one, members, websites. */
import type { BookingServiceDto, PoolDto, ResourceDto } from '@frontdesk/protocol/booking-fields';
import type { BookingSetup } from '@frontdesk/protocol/booking-staff';
import type { MemberDto, SiteDto } from '@frontdesk/protocol/tenancy';
import type { Loaded } from '../settings-store.js';
import { LOADING_LIST, LOADING_ONE, put, ready, SetupDesk, type PlaceData } from '../setup/setup-desk.js';
import type { SetupLink, SetupNews } from '../setup/setup-link.js';

export interface BookingData extends PlaceData {
  readonly setup: Loaded<BookingSetup | null>;
  readonly members: Loaded<readonly MemberDto[]>;
  readonly sites: Loaded<readonly SiteDto[]>;
}

const INITIAL_DATA: BookingData = {
  locations: LOADING_LIST,
  setup: LOADING_ONE,
  members: LOADING_LIST,
  sites: LOADING_LIST,
  locationId: null,
};

export class BookingDesk extends SetupDesk<BookingData> {
  protected readonly emptyPlace = { setup: LOADING_ONE };

  constructor(link: SetupLink, changed: () => void) {
    super(link, INITIAL_DATA, changed);
  }

  get setup(): BookingSetup {
    return this.data.setup.data ?? { services: [], resources: [], pools: [] };
  }

  keep(change: {
    readonly service?: BookingServiceDto;
    readonly resource?: ResourceDto;
    readonly pool?: PoolDto;
  }): void {
    if (this.data.setup.data === null) return;
    const { services, resources, pools } = this.setup;
    this.set({
      setup: ready({
        services: change.service ? put(services, change.service) : services,
        resources: change.resource ? put(resources, change.resource) : resources,
        pools: change.pool ? put(pools, change.pool) : pools,
      }),
    });
  }

  protected async loadPlace(): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return this.set({ setup: ready(null) });
    const result = await this.load('setup', 'booking:read-setup', { locationId });
    if (result.ok && locationId === this.data.locationId) this.set({ setup: ready(result.data) });
  }

  protected async loadBusiness(): Promise<void> {
    const [members, sites] = await Promise.all([
      this.load('members', 'member:list', {}),
      this.load('sites', 'site:list', {}),
    ]);
    if (members.ok) this.set({ members: ready(members.data.members) });
    if (sites.ok) this.set({ sites: ready(sites.data.sites) });
  }

  protected handle(news: SetupNews): void {
    if (news === 'booking') void this.loadPlace();
  }
}
