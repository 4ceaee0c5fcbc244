import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { BookingSettingsKey } from '../../locales/booking-settings-en.js';
import { SetupForm } from '../setup/setup-form.js';
import type { BookingData, BookingDesk } from './booking-desk.js';
import type { Problems } from './booking-page.js';

const MAX_DAYS = 3_650;
/** As the server has it until the owner says otherwise (DEFAULT_KEEP_DAYS). */
const USUAL_DAYS = 730;

interface Draft {
  readonly isForEver: boolean;
  readonly keepDays: number;
}

/** For how long it is kept who a visit was with. */
export class FrontdeskBookingRetention extends SetupForm<Draft, BookingSettingsKey, BookingData, BookingDesk> {
  /** What the server has; undefined until it has said so. */
  @state() private stored: number | null | undefined;
  @state() private isMissing = false;

  protected override firstUpdated(_changed: PropertyValues<this>): void {
    void this.load();
  }

  private async load(): Promise<void> {
    this.isMissing = false;
    const result = await this.desk.send('booking:read-retention', {});
    this.isMissing = !result.ok;
    if (result.ok) this.show(result.data.keepDays);
  }

  private show(keepDays: number | null): void {
    this.stored = keepDays;
    this.draft = { isForEver: keepDays === null, keepDays: keepDays ?? USUAL_DAYS };
  }

  protected override check({ isForEver, keepDays }: Draft): Problems {
    const isRight = Number.isInteger(keepDays) && keepDays >= 1 && keepDays <= MAX_DAYS;
    return isForEver || isRight ? {} : { keepDays: 'keepDaysWrong' };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (draft === null) return;
    const keepDays = draft.isForEver ? null : draft.keepDays;
    const saved = await this.send('booking:update-retention', { keepDays });
    if (saved !== null) this.show(saved.keepDays);
  }

  /** What is gone comes back by nothing, so it is said before it is saved. */
  private renderWarning({ isForEver, keepDays }: Draft): TemplateResult | typeof nothing {
    const { stored } = this;
    const isSooner = !isForEver && stored !== undefined && (stored === null || keepDays < stored);
    return isSooner ? html`<p class="notice notice--warning" role="status">${this.words.t('keepSooner')}</p>` : nothing;
  }

  private renderForm(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<form class="block" novalidate @submit=${this.handleSubmit}>
      <h2>${words.t('keepTitle')}</h2>
      ${this.renderCheck(words.t('keepForEver'), draft.isForEver, (isForEver) => this.change({ isForEver }))}
      ${
        draft.isForEver
          ? nothing
          : this.renderNumber(
              'keepDays',
              words.t('keepDays'),
              draft.keepDays,
              (days) => this.change({ keepDays: days ?? Number.NaN }),
              { hint: 'keepDaysHint', min: 1, max: MAX_DAYS, step: 1 },
            )
      }
      ${this.renderWarning(draft)}
      <div class="actions">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.phase === 'busy')}>
          ${words.t('save')}
        </button>
        ${this.renderStatus()}
      </div>
    </form>`;
  }

  protected override render(): TemplateResult {
    const { draft, words } = this;
    return html`<div class="root page">
      ${this.renderHead('pageRetention', 'keepLead')}
      ${
        this.isMissing
          ? html`<p class="notice notice--warning" role="alert">${words.t('keepMissing')}</p>
              <div>
                <button class="button" type="button" @click=${this.load}>${words.t('tryAgain')}</button>
              </div>`
          : nothing
      }
      ${draft === null ? nothing : this.renderForm(draft)}
    </div>`;
  }
}
