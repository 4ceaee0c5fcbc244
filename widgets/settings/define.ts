/** Registers `<frontdesk-settings>` and its parts: the only side effect of this folder. */
import { defineElement } from '../core/element.js';
import { defineStaffElements } from '../staff/elements.js';
import { FrontdeskSettings } from './settings.js';
import { FrontdeskSettingsAccount } from './settings-account.js';
import { FrontdeskSettingsBusiness } from './settings-business.js';
import { FrontdeskSettingsDesk } from './settings-desk.js';
import { FrontdeskSettingsOriginList } from './settings-origin-list.js';
import { FrontdeskSettingsPreview } from './settings-preview.js';
import { FrontdeskSettingsSite } from './settings-site.js';
import { FrontdeskSettingsSites } from './settings-sites.js';
import { FrontdeskSettingsSnippet } from './settings-snippet.js';
import { FrontdeskSettingsTeam } from './settings-team.js';

defineStaffElements();
defineElement('frontdesk-settings-snippet', FrontdeskSettingsSnippet);
defineElement('frontdesk-settings-preview', FrontdeskSettingsPreview);
defineElement('frontdesk-settings-origin-list', FrontdeskSettingsOriginList);
defineElement('frontdesk-settings-site', FrontdeskSettingsSite);
defineElement('frontdesk-settings-sites', FrontdeskSettingsSites);
defineElement('frontdesk-settings-team', FrontdeskSettingsTeam);
defineElement('frontdesk-settings-account', FrontdeskSettingsAccount);
defineElement('frontdesk-settings-business', FrontdeskSettingsBusiness);
defineElement('frontdesk-settings-desk', FrontdeskSettingsDesk);
defineElement('frontdesk-settings', FrontdeskSettings);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-settings-snippet': FrontdeskSettingsSnippet;
    'frontdesk-settings-preview': FrontdeskSettingsPreview;
    'frontdesk-settings-origin-list': FrontdeskSettingsOriginList;
    'frontdesk-settings-site': FrontdeskSettingsSite;
    'frontdesk-settings-sites': FrontdeskSettingsSites;
    'frontdesk-settings-team': FrontdeskSettingsTeam;
    'frontdesk-settings-account': FrontdeskSettingsAccount;
    'frontdesk-settings-business': FrontdeskSettingsBusiness;
    'frontdesk-settings-desk': FrontdeskSettingsDesk;
    'frontdesk-settings': FrontdeskSettings;
  }
}
