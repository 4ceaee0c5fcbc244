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
> {
  /** Where a row moved to, or stood before it was removed, the next key goes; not to the row that took its place by chance. */
  protected async focusRow(list: 'segments' | 'questions' | 'consents', at: number): Promise<void> {
    await this.updateComplete;
    const rows = this.renderRoot.querySelectorAll(`[data-rows=${list}] > li`);
    const row = rows[Math.min(at, rows.length - 1)];
    const button = row?.querySelector<HTMLElement>('[data-tools] button') ?? row?.querySelector<HTMLElement>('input');
    (button ?? this.renderRoot.querySelector<HTMLElement>(`[data-rows=${list}] ~ div button`))?.focus();
  }
}
