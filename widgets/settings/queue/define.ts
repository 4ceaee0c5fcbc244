/** Registers the pages of the queue: the only side effect of this folder. */
import { defineElement } from '../../core/define-element.js';
import { FrontdeskQueueBoard } from '../../queue-display/queue-board.js';
import { FrontdeskQueueMedia } from '../../queue-display/queue-media.js';
import { FrontdeskQueueAudit } from './queue-audit.js';
import { FrontdeskQueueCounter } from './queue-counter.js';
import { FrontdeskQueueCounters } from './queue-counters.js';
import { FrontdeskQueueDesigner } from './queue-designer.js';
import { FrontdeskQueueDevices } from './queue-devices.js';
import { FrontdeskQueueKiosk } from './queue-kiosk.js';
import { FrontdeskQueueLocation } from './queue-location.js';
import { FrontdeskQueueLocations } from './queue-locations.js';
import { FrontdeskQueuePreview } from './queue-preview.js';
import { FrontdeskQueuePrivacy } from './queue-privacy.js';
import { FrontdeskQueueReports } from './queue-reports.js';
import { FrontdeskQueueRules } from './queue-rules.js';
import { FrontdeskQueueService } from './queue-service.js';
import { FrontdeskQueueServices } from './queue-services.js';
import { FrontdeskQueueToday } from './queue-today.js';
import { FrontdeskSetupHours } from '../setup/setup-hours.js';
import { FrontdeskSettingsQueue } from './settings-queue.js';

defineElement('frontdesk-queue-media', FrontdeskQueueMedia);
defineElement('frontdesk-queue-board', FrontdeskQueueBoard);
defineElement('frontdesk-queue-preview', FrontdeskQueuePreview);
defineElement('frontdesk-setup-hours', FrontdeskSetupHours);
defineElement('frontdesk-queue-location', FrontdeskQueueLocation);
defineElement('frontdesk-queue-locations', FrontdeskQueueLocations);
defineElement('frontdesk-queue-service', FrontdeskQueueService);
defineElement('frontdesk-queue-services', FrontdeskQueueServices);
defineElement('frontdesk-queue-counter', FrontdeskQueueCounter);
defineElement('frontdesk-queue-counters', FrontdeskQueueCounters);
defineElement('frontdesk-queue-designer', FrontdeskQueueDesigner);
defineElement('frontdesk-queue-kiosk', FrontdeskQueueKiosk);
defineElement('frontdesk-queue-devices', FrontdeskQueueDevices);
defineElement('frontdesk-queue-rules', FrontdeskQueueRules);
defineElement('frontdesk-queue-today', FrontdeskQueueToday);
defineElement('frontdesk-queue-reports', FrontdeskQueueReports);
defineElement('frontdesk-queue-audit', FrontdeskQueueAudit);
defineElement('frontdesk-queue-privacy', FrontdeskQueuePrivacy);
defineElement('frontdesk-settings-queue', FrontdeskSettingsQueue);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-settings-queue': FrontdeskSettingsQueue;
  }
}
