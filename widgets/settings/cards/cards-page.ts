/** Bases of the pages and forms of contact cards. */
import type { CardDto } from '@frontdesk/protocol/cards';
import type { CardSettingsKey } from '../../locales/card-settings-en.js';
import { RecordForm } from '../setup/record-form.js';
import type { Problems as SetupProblems } from '../setup/setup-form.js';
import { SetupPage } from '../setup/setup-page.js';
import type { CardDraft } from './card-draft.js';
import type { CardsData, CardsDesk } from './cards-desk.js';
import type { CardMessageKey } from './cards-words.js';

export type Problems = SetupProblems<CardMessageKey>;

export class CardsPage extends SetupPage<CardSettingsKey, CardsData, CardsDesk> {}

export abstract class CardForm extends RecordForm<CardDto, CardDraft, CardSettingsKey, CardsData, CardsDesk> {}
