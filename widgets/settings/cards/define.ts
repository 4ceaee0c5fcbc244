/** Registers the page of contact cards: the only side effect of this folder. */
import { defineElement } from '../../core/define-element.js';
import { FrontdeskSetupCopy } from '../setup/setup-copy.js';
import { FrontdeskSetupHours } from '../setup/setup-hours.js';
import { FrontdeskCardPlaces } from './card-places.js';
import { FrontdeskCardPreview } from './card-preview.js';
import { FrontdeskCardSettings } from './card-settings.js';
import { FrontdeskCardsList } from './cards-list.js';
import { FrontdeskSettingsCards } from './settings-cards.js';

defineElement('frontdesk-setup-hours', FrontdeskSetupHours);
defineElement('frontdesk-setup-copy', FrontdeskSetupCopy);
defineElement('frontdesk-card-preview', FrontdeskCardPreview);
defineElement('frontdesk-card-places', FrontdeskCardPlaces);
defineElement('frontdesk-card-settings', FrontdeskCardSettings);
defineElement('frontdesk-cards-list', FrontdeskCardsList);
defineElement('frontdesk-settings-cards', FrontdeskSettingsCards);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-settings-cards': FrontdeskSettingsCards;
  }
}
