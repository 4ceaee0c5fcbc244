/** Bases of the pages and forms of the queue. */
import { SetupForm, type Problems as SetupProblems } from '../setup/setup-form.js';
import { SetupPage } from '../setup/setup-page.js';
import type { QueueSettingsKey } from '../../locales/queue-settings-en.js';
import type { QueueData, QueueDesk } from './queue-desk.js';
import type { QueueMessageKey } from './queue-words.js';

export type Problems = SetupProblems<QueueMessageKey>;

export class QueuePage extends SetupPage<QueueSettingsKey, QueueData, QueueDesk> {}

export class QueueForm<Draft extends object> extends SetupForm<Draft, QueueSettingsKey, QueueData, QueueDesk> {}
