import { html, type TemplateResult } from 'lit';
import type { QueueSettingsKey } from '../../locales/queue-settings-en.js';
import type { QueuePageName } from '../settings-store.js';
import type { SetupLink } from '../setup/setup-link.js';
import { SetupRoot, type Known as KnownOf } from '../setup/setup-root.js';
import { QueueDesk, type QueueData } from './queue-desk.js';
import { QUEUE_CATALOGUE, type QueueMessageKey } from './queue-words.js';

type Known = KnownOf<QueueMessageKey, QueueData, QueueDesk>;

const PAGES: Readonly<Record<QueuePageName, (known: Known) => TemplateResult>> = {
  today: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-today
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-today>`,
  locations: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-locations
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-locations>`,
  services: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-services
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-services>`,
  counters: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-counters
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-counters>`,
  rules: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-rules
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-rules>`,
  devices: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-devices
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-devices>`,
  reports: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-reports
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-reports>`,
  audit: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-audit
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-audit>`,
  privacy: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-privacy
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-privacy>`,
};

/** The pages of the queue. */
export class FrontdeskSettingsQueue extends SetupRoot<QueuePageName, QueueSettingsKey, QueueData, QueueDesk> {
  protected readonly catalogue = QUEUE_CATALOGUE;
  protected readonly pagesOfOnePlace = ['services', 'counters', 'rules', 'reports', 'audit', 'privacy'] as const;
  protected override readonly pagesWithPlace = ['today'] as const;

  protected createDesk(link: SetupLink, changed: () => void): QueueDesk {
    return new QueueDesk(link, changed);
  }

  protected renderPage(known: Known): TemplateResult {
    return PAGES[this.page](known);
  }
}
