/** The pages of the queue behind a scripted link. */
import '@frontdesk/widgets/settings/queue/define';
import { SAMPLE_ANSWERS } from '@frontdesk/widgets/settings/queue/queue-states';
import type { QueuePageName } from '@frontdesk/widgets/settings/settings-store';
import { openSetupPage, type SetupChoices, type SetupFixture } from '../settings/setup-fixture.js';

export function openQueuePage(page: QueuePageName, choices: SetupChoices = {}): Promise<SetupFixture> {
  return openSetupPage('frontdesk-settings-queue', page, SAMPLE_ANSWERS, choices);
}
