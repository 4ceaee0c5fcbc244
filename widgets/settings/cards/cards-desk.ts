/** What the pages of contact cards know of the server: branches, cards, what can be booked at the card's branch, websites. */
import type { BookingSetup } from '@frontdesk/protocol/booking-staff';
import type { CardDto } from '@frontdesk/protocol/cards';
import type { SiteDto } from '@frontdesk/protocol/tenancy';
import type { Loaded } from '../settings-store.js';
import { LOADING_LIST, LOADING_ONE, put, ready, SetupDesk, type PlaceData } from '../setup/setup-desk.js';
import type { SetupLink, SetupNews } from '../setup/setup-link.js';

export interface CardsData extends PlaceData {
  readonly cards: Loaded<readonly CardDto[]>;
  readonly setup: Loaded<BookingSetup | null>;
  readonly sites: Loaded<readonly SiteDto[]>;
  /** null until it is known. */
  readonly businessName: Loaded<string | null>;
}

const INITIAL_DATA: CardsData = {
  locations: LOADING_LIST,
  cards: LOADING_LIST,
  setup: LOADING_ONE,
  sites: LOADING_LIST,
  businessName: LOADING_ONE,
  locationId: null,
};

export class CardsDesk extends SetupDesk<CardsData> {
  protected readonly emptyPlace = { setup: LOADING_ONE };

  constructor(link: SetupLink, changed: () => void) {
    super(link, INITIAL_DATA, changed);
  }

  keep(card: CardDto): void {
    this.set({ cards: ready(put(this.data.cards.data, card)) });
  }

  async loadCards(): Promise<void> {
    const result = await this.load('cards', 'card:list', {});
    if (result.ok) this.set({ cards: ready(result.data.cards) });
  }

  protected async loadPlace(): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return this.set({ setup: ready(null) });
    const result = await this.load('setup', 'booking:read-setup', { locationId });
    if (result.ok && locationId === this.data.locationId) this.set({ setup: ready(result.data) });
  }

  protected async loadBusiness(): Promise<void> {
    void this.loadCards();
    const [sites, tenant] = await Promise.all([
      this.load('sites', 'site:list', {}),
      this.load('businessName', 'tenant:read', {}),
    ]);
    if (sites.ok) this.set({ sites: ready(sites.data.sites) });
    if (tenant.ok) this.set({ businessName: ready(tenant.data.name) });
  }

  protected handle(news: SetupNews): void {
    if (news === 'cards') void this.loadCards();
    if (news === 'booking') void this.loadPlace();
  }
}
