import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { FieldChoices } from '../setup/setup-form.js';
import { SegmentsForm } from './booking-segments.js';
import type { ServiceDraft } from './booking-service-draft.js';
import type { BookingMessageKey } from './booking-words.js';

const UNITS = { minutes: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof UNITS;
const UNIT_MESSAGES: Readonly<Record<Unit, BookingMessageKey>> = {
  minutes: 'unitMinutes',
  hours: 'unitHours',
  days: 'unitDays',
};

/** The largest unit in which it is a whole number. */
function unitOf(minutes: number): Unit {
  if (minutes === 0 || Number.isNaN(minutes)) return 'hours';
  return (['days', 'hours'] as const).find((unit) => minutes % UNITS[unit] === 0) ?? 'minutes';
}

/** The part of a service's form that is about when it may be booked and changed. */
export abstract class StartsForm extends SegmentsForm {
  /** Units that were chosen here, by field. */
  @state() private units: Readonly<Record<string, Unit>> = {};

  private renderDuration(
    path: string,
    label: string,
    minutes: number,
    set: (minutes: number) => void,
    choices: FieldChoices<BookingMessageKey>,
  ): TemplateResult {
    const { words } = this;
    const unit = this.units[path] ?? unitOf(minutes);
    const amount = Number.isNaN(minutes) ? null : minutes / UNITS[unit];
    const write = (value: number | null, of: Unit): void => {
      this.units = { ...this.units, [path]: of };
      set(value === null ? Number.NaN : Math.round(value * UNITS[of]));
    };
    return html`<div class="duration">
      ${this.renderNumber(path, label, amount, (value) => write(value, unit), choices)}
      <select
        class="input"
        aria-label=${words.t('unitOf', { what: label })}
        ?disabled=${!this.isManager}
        @change=${(event: Event) => write(amount, (event.target as HTMLSelectElement).value as Unit)}
      >
        ${(Object.keys(UNITS) as Unit[]).map(
          (one) => html`<option value=${one} ?selected=${one === unit}>${words.t(UNIT_MESSAGES[one])}</option>`,
        )}
      </select>
    </div>`;
  }

  private renderGrid(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    return html`<div class="pair">
      ${this.renderNumber(
        'intervalMinutes',
        words.t('gridInterval'),
        draft.intervalMinutes,
        (value) => this.change({ intervalMinutes: value ?? Number.NaN }),
        { min: 5, max: 480, step: 5, hint: 'gridIntervalHint' },
      )}
      ${this.renderSelect(
        'alignment',
        words.t('gridAlignment'),
        [
          ['open', words.t('gridOpen')],
          ['clock', words.t('gridClock')],
        ],
        draft.alignment,
        (alignment) => this.change({ alignment }),
        { hint: draft.alignment === 'open' ? 'gridOpenHint' : 'gridClockHint' },
      )}
      ${this.renderSelect(
        'packing',
        words.t('gridPacking'),
        [
          ['grid', words.t('gridOnly')],
          ['tight', words.t('gridTight')],
        ],
        draft.packing,
        (packing) => this.change({ packing }),
        { hint: draft.packing === 'grid' ? 'gridOnlyHint' : 'gridTightHint' },
      )}
    </div>`;
  }

  private renderLimits(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    const whole = { min: 1, step: 1 } as const;
    return html`${this.renderDuration(
        'minNoticeMinutes',
        words.t('noticeTime'),
        draft.minNoticeMinutes,
        (minNoticeMinutes) => this.change({ minNoticeMinutes }),
        { hint: 'noticeTimeHint', step: 1 },
      )}
      <div class="pair">
        ${this.renderNumber(
          'horizonDays',
          words.t('horizonDays'),
          draft.horizonDays,
          (value) => this.change({ horizonDays: value ?? Number.NaN }),
          { ...whole, max: 400, hint: 'horizonDaysHint' },
        )}
        ${this.renderNumber(
          'maxPerDay',
          words.t('maxPerDay'),
          draft.maxPerDay,
          (maxPerDay) => this.change({ maxPerDay }),
          { ...whole, hint: 'emptyNoLimit' },
        )}
        ${this.renderNumber(
          'maxPerCustomerPerDay',
          words.t('maxPerCustomer'),
          draft.maxPerCustomerPerDay,
          (maxPerCustomerPerDay) => this.change({ maxPerCustomerPerDay }),
          { ...whole, max: 20, hint: 'maxPerCustomerHint' },
        )}
      </div>`;
  }

  protected renderStarts(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('offerStarts')}</h2>
      <p class="lead">${words.t('offerStartsLead')}</p>
      ${this.renderGrid(draft)} ${this.renderLimits(draft)}
    </section>`;
  }

  /** A time before the start until which customers may do something; null is never. */
  private renderUntil(
    path: 'rescheduleUntilMinutes' | 'cancelUntilMinutes',
    draft: ServiceDraft,
    allow: BookingMessageKey,
    label: BookingMessageKey,
  ): TemplateResult {
    const { words } = this;
    const minutes = draft[path];
    const set = (value: number | null): void => this.change({ [path]: value });
    return html`${this.renderCheck(words.t(allow), minutes !== null, (isOn) => set(isOn ? UNITS.hours * 2 : null))}
    ${minutes === null ? nothing : this.renderDuration(path, words.t(label), minutes, set, { hint: 'changeUntilHint', step: 1 })}`;
  }

  protected renderAfterwards(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('offerAfter')}</h2>
      <div class="form">
        ${this.renderSelect(
          'confirmation',
          words.t('confirmation'),
          [
            ['auto', words.t('confirmationAuto')],
            ['approve', words.t('confirmationApprove')],
          ],
          draft.confirmation,
          (confirmation) => this.change({ confirmation }),
          { hint: draft.confirmation === 'auto' ? 'confirmationAutoHint' : 'confirmationApproveHint' },
        )}
        ${this.renderSelect(
          'verification',
          words.t('verification'),
          [
            ['none', words.t('verificationNone')],
            ['email', words.t('verificationEmail')],
          ],
          draft.verification,
          (verification) => this.change({ verification }),
          { hint: draft.verification === 'none' ? 'verificationNoneHint' : 'verificationEmailHint' },
        )}
        ${this.renderUntil('rescheduleUntilMinutes', draft, 'rescheduleAllow', 'rescheduleUntil')}
        ${
          draft.rescheduleUntilMinutes === null
            ? nothing
            : this.renderNumber(
                'maxReschedules',
                words.t('maxReschedules'),
                draft.maxReschedules,
                (value) => this.change({ maxReschedules: value ?? Number.NaN }),
                { step: 1, max: 20, hint: 'maxReschedulesHint' },
              )
        }
        ${this.renderUntil('cancelUntilMinutes', draft, 'cancelAllow', 'cancelUntil')}
      </div>
    </section>`;
  }
}
