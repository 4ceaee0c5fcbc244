import type { OpeningHours, SpecialDay, TimeWindow } from '@frontdesk/protocol/hours';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../../staff/staff-icons.js';
import { hoursStyles } from './setup-hours.styles.js';
import { SetupPage } from './setup-page.js';
import { weekdayName, windowsBefore } from './setup-dates.js';
import type { SetupMessageKey } from './setup-words.js';

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const FIRST_WINDOW: TimeWindow = { from: '09:00', to: '17:00' };
const MAX_WINDOWS = 6;

/** A time field knows no 24:00; midnight is written 00:00 there, and means the same at the end of a window. */
const toField = (time: string): string => (time === '24:00' ? '00:00' : time);

export class HoursChangedEvent extends Event {
  readonly hours: OpeningHours;

  constructor(hours: OpeningHours) {
    super('hours-changed');
    this.hours = hours;
  }
}

/**
 * The week, the days that differ from it, and the days closed.
 *
 * @fires hours-changed - The event's `hours` are what stands on the page now.
 */
export class FrontdeskSetupHours extends SetupPage {
  static override styles = [...SetupPage.styles, hoursStyles];

  @property({ attribute: false }) hours: OpeningHours = {
    weekly: [[], [], [], [], [], [], []],
    specialDays: [],
    holidays: [],
  };
  /** Parts that the server refused, as paths below `hours`. */
  @property({ attribute: false }) refused: readonly string[] = [];
  /** The day whose hours are being copied. */
  @state() private copying: number | null = null;

  private set(change: Partial<OpeningHours>): void {
    this.dispatchEvent(new HoursChangedEvent({ ...this.hours, ...change }));
  }

  private setDay(day: number, windows: TimeWindow[]): void {
    this.set({ weekly: this.hours.weekly.map((before, index) => (index === day ? windows : before)) });
  }

  private copyTo(from: number, days: readonly number[]): void {
    const windows = this.hours.weekly[from] ?? [];
    this.set({ weekly: this.hours.weekly.map((before, day) => (days.includes(day) ? [...windows] : before)) });
    this.copying = null;
  }

  private renderTime(label: string, value: string, set: (value: string) => void): TemplateResult {
    return html`<input
      class="input"
      type="time"
      aria-label=${label}
      .value=${toField(value)}
      ?disabled=${!this.isManager}
      @change=${(event: Event) => {
        const { value: time } = event.target as HTMLInputElement;
        if (time !== '') set(time);
      }}
    />`;
  }

  private renderWindows(name: string, windows: readonly TimeWindow[], set: (windows: TimeWindow[]) => void) {
    const { words } = this;
    const put = (at: number, patch: Partial<TimeWindow>): void =>
      set(windows.map((window, index) => (index === at ? { ...window, ...patch } : window)));
    return windows.map(
      (window, index) =>
        html`<div class="window">
          ${this.renderTime(words.t('hoursFrom', { day: name }), window.from, (from) => put(index, { from }))}
          <span aria-hidden="true">–</span>
          ${this.renderTime(words.t('hoursTo', { day: name }), window.to, (to) => put(index, { to }))}
          ${window.to <= window.from ? html`<span class="tag">${words.t('hoursNextDay')}</span>` : nothing}
          ${
            this.isManager
              ? html`<button
                  class="icon-button"
                  type="button"
                  aria-label=${words.t('hoursRemove', { day: name })}
                  @click=${() => set(windows.filter((_, at) => at !== index))}
                >
                  ${icon('close', 'small')}
                </button>`
              : nothing
          }
        </div>`,
    );
  }

  private renderAdd(name: string, windows: readonly TimeWindow[], set: (windows: TimeWindow[]) => void) {
    if (!this.isManager || windows.length >= MAX_WINDOWS) return nothing;
    const last = windows.at(-1);
    const next = last === undefined || last.to <= last.from ? FIRST_WINDOW : { from: last.to, to: '22:00' };
    return html`<button
      class="button button--small"
      type="button"
      aria-label=${this.words.t('hoursAddFor', { day: name })}
      @click=${() => set([...windows, next])}
    >
      ${icon('plus', 'small')} ${this.words.t('hoursAdd')}
    </button>`;
  }

  private renderCopy(day: number, name: string): TemplateResult {
    const { words } = this;
    const others = DAYS.filter((other) => other !== day);
    if (this.copying !== day) {
      return html`<button
        class="button button--small"
        type="button"
        aria-label=${words.t('hoursCopyFor', { day: name })}
        @click=${() => (this.copying = day)}
      >
        ${icon('copy', 'small')} ${words.t('hoursCopy')}
      </button>`;
    }
    const workdays = others.filter((other) => other < 5);
    return html`<button class="button button--small" type="button" @click=${() => this.copyTo(day, workdays)}>
        ${words.t('hoursCopyWorkdays')}</button
      ><button class="button button--small" type="button" @click=${() => this.copyTo(day, others)}>
        ${words.t('hoursCopyAll')}</button
      ><button class="button button--small" type="button" @click=${() => (this.copying = null)}>
        ${words.t('cancel')}
      </button>`;
  }

  private renderDay(day: number): TemplateResult {
    const { words, hours } = this;
    const windows = hours.weekly[day] ?? [];
    const name = weekdayName(words, day);
    const isRefused = this.refused.some((path) => path.startsWith(`weekly.${day}`));
    return html`<div class="day" role="group" aria-label=${name}>
      <span class="day__name">${name}</span>
      <div class="windows">
        ${
          windows.length === 0
            ? html`<span class="day__name muted">${words.t('hoursClosed')}</span>`
            : this.renderWindows(name, windows, (next) => this.setDay(day, next))
        }
        ${isRefused ? html`<span class="field__error" role="alert">${words.t('hoursOverlap')}</span>` : nothing}
        <div class="tools">
          ${this.renderAdd(name, windows, (next) => this.setDay(day, next))}
          ${this.isManager && windows.length > 0 ? this.renderCopy(day, name) : nothing}
        </div>
      </div>
    </div>`;
  }

  private renderDate(
    date: { readonly date: string; readonly label: string | null },
    set: (patch: { date?: string; label?: string }) => void,
    remove: () => void,
  ): TemplateResult {
    const { words } = this;
    return html`<input
        class="input"
        type="date"
        aria-label=${words.t('date')}
        .value=${date.date}
        ?disabled=${!this.isManager}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLInputElement;
          if (value !== '') set({ date: value });
        }}
      /><input
        class="input label"
        type="text"
        dir="auto"
        maxlength="80"
        aria-label=${words.t('dateLabel')}
        placeholder=${words.t('dateLabel')}
        .value=${date.label ?? ''}
        ?disabled=${!this.isManager}
        @input=${(event: Event) => set({ label: (event.target as HTMLInputElement).value })}
      />${
        this.isManager
          ? html`<button
              class="icon-button"
              type="button"
              aria-label=${words.t('dateRemove', { date: date.date })}
              @click=${remove}
            >
              ${icon('trash', 'small')}
            </button>`
          : nothing
      }`;
  }

  private renderSpecialDay(day: SpecialDay, at: number): TemplateResult {
    const days = this.hours.specialDays;
    const put = (patch: Partial<SpecialDay>): void =>
      this.set({ specialDays: days.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
    const toPatch = ({ date, label }: { date?: string; label?: string }): Partial<SpecialDay> => ({
      ...(date === undefined ? {} : { date }),
      ...(label === undefined ? {} : { label: label === '' ? null : label }),
    });
    return html`<li>
      <div class="date">
        ${this.renderDate(
          day,
          (patch) => put(toPatch(patch)),
          () => this.set({ specialDays: days.filter((_, index) => index !== at) }),
        )}
      </div>
      <div class="windows">
        ${
          day.windows.length === 0
            ? html`<span class="muted">${this.words.t('hoursClosed')}</span>`
            : this.renderWindows(day.date, day.windows, (windows) => put({ windows }))
        }
        <div class="tools">${this.renderAdd(day.date, day.windows, (windows) => put({ windows }))}</div>
        ${this.renderCut(day, (cutsNightBefore) => put({ cutsNightBefore }))}
      </div>
    </li>`;
  }

  /** Asked only where a night reaches into the day, because it would say nothing elsewhere. */
  private renderCut(day: SpecialDay, set: (cuts: boolean) => void): TemplateResult | typeof nothing {
    const { words } = this;
    const reachesIn = windowsBefore(this.hours, day.date).some(({ from, to }) => to <= from);
    if (!reachesIn && day.cutsNightBefore !== true) return nothing;
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${day.cutsNightBefore === true}
        ?disabled=${!this.isManager}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />
      <span>${words.t('hoursCut')}</span>
    </label>`;
  }

  private renderDates(title: SetupMessageKey, hint: SetupMessageKey, rows: unknown, add: () => void): TemplateResult {
    const { words } = this;
    return html`<section class="windows">
      <h3>${words.t(title)}</h3>
      <p class="field__hint">${words.t(hint)}</p>
      <ul>
        ${rows}
      </ul>
      ${
        this.isManager
          ? html`<div>
              <button class="button button--small" type="button" @click=${add}>
                ${icon('plus', 'small')} ${words.t('dateAdd')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  protected override render(): TemplateResult {
    const { holidays, specialDays } = this.hours;
    const today = new Date().toISOString().slice(0, 10);
    return html`<div class="root page">
      <div>${DAYS.map((day) => this.renderDay(day))}</div>
      ${this.renderDates(
        'hoursSpecial',
        'hoursSpecialHint',
        specialDays.map((day, at) => this.renderSpecialDay(day, at)),
        () => this.set({ specialDays: [...specialDays, { date: today, windows: [FIRST_WINDOW], label: null }] }),
      )}
      ${this.renderDates(
        'hoursHolidays',
        'hoursHolidaysHint',
        holidays.map(
          (day, at) =>
            html`<li class="date">
              ${this.renderDate(
                day,
                (patch) =>
                  this.set({ holidays: holidays.map((one, index) => (index === at ? { ...one, ...patch } : one)) }),
                () => this.set({ holidays: holidays.filter((_, index) => index !== at) }),
              )}
            </li>`,
        ),
        () => this.set({ holidays: [...holidays, { date: today, label: this.words.t('hoursHoliday') }] }),
      )}
    </div>`;
  }
}
