/** Bases of the pages and forms of booking. */
import type { BookingSettingsKey } from '../../locales/booking-settings-en.js';
import { RecordForm } from '../setup/record-form.js';
import type { Problems as SetupProblems } from '../setup/setup-form.js';
import { SetupPage } from '../setup/setup-page.js';
import type { BookingData, BookingDesk } from './booking-desk.js';
import type { BookingMessageKey } from './booking-words.js';

export type Problems = SetupProblems<BookingMessageKey>;

export class BookingPage extends SetupPage<BookingSettingsKey, BookingData, BookingDesk> {}

export abstract class BookingForm<Stored extends { readonly id: string }, Draft extends object> extends RecordForm<
  Stored,
  Draft,
  BookingSettingsKey,
  BookingData,
  BookingDesk
> {}
