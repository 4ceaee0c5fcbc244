import { html, type TemplateResult } from 'lit';
import type { BookingSettingsKey } from '../../locales/booking-settings-en.js';
import type { BookingPageName } from '../settings-store.js';
import type { SetupLink } from '../setup/setup-link.js';
import { SetupRoot, type Known as KnownOf } from '../setup/setup-root.js';
import { BookingDesk, type BookingData } from './booking-desk.js';
import { BOOKING_CATALOGUE, type BookingMessageKey } from './booking-words.js';

type Known = KnownOf<BookingMessageKey, BookingData, BookingDesk> & { readonly serverUrl: string };

const PAGES: Readonly<Record<BookingPageName, (known: Known) => TemplateResult>> = {
  appointments: ({ words, data, desk, role }) =>
    html`<frontdesk-setup-services
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-setup-services>`,
  people: ({ words, data, desk, role }) =>
    html`<frontdesk-setup-people
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-setup-people>`,
  rooms: ({ words, data, desk, role }) =>
    html`<frontdesk-setup-rooms
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-setup-rooms>`,
  tags: ({ words, data, desk, role, serverUrl }) =>
    html`<frontdesk-setup-tags
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
      .serverUrl=${serverUrl}
    ></frontdesk-setup-tags>`,
  retention: ({ words, data, desk, role }) =>
    html`<frontdesk-setup-retention
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-setup-retention>`,
};

/** The pages of booking. */
export class FrontdeskSettingsBooking extends SetupRoot<BookingPageName, BookingSettingsKey, BookingData, BookingDesk> {
  protected readonly catalogue = BOOKING_CATALOGUE;
  protected readonly pagesOfOnePlace = ['appointments', 'people', 'rooms', 'tags'] as const;

  protected createDesk(link: SetupLink, changed: () => void): BookingDesk {
    return new BookingDesk(link, changed);
  }

  protected renderPage(known: KnownOf<BookingMessageKey, BookingData, BookingDesk>): TemplateResult {
    return PAGES[this.page]({ ...known, serverUrl: this.serverUrl });
  }
}
