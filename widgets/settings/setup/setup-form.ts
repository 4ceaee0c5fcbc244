/** Base of the forms: a draft that only its own save replaces, problems at their fields, one press one request. */
import { LOCALES } from '@frontdesk/protocol/locales';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../staff/staff-icons.js';
import type { PlaceData, SetupDesk } from './setup-desk.js';
import { SetupPage } from './setup-page.js';
import { describeRefusal, languageName, withName, type SetupMessageKey } from './setup-words.js';

/** Message by path of a field. */
export type Problems<Key extends string = SetupMessageKey> = Readonly<Record<string, Key>>;
type Phase = 'idle' | 'busy' | 'saved' | 'failed';

export interface FieldChoices<Key extends string = SetupMessageKey> {
  readonly hint?: Key;
  readonly class?: string;
  readonly type?: string;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
  readonly dir?: 'ltr' | 'auto';
  readonly placeholder?: string;
  readonly inputMode?: 'numeric';
}

/** Longer texts in several languages get fields of several lines. */
const MAX_LINE = 200;

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

export class SetupForm<
  Draft extends object,
  Key extends string = never,
  Data extends PlaceData = PlaceData,
  Desk extends SetupDesk<Data> = SetupDesk<Data>,
> extends SetupPage<Key, Data, Desk> {
  @state() protected draft: Draft | null = null;
  @state() protected phase: Phase = 'idle';
  @state() protected error: ErrorBody | null = null;
  @state() protected problems: Problems<Key | SetupMessageKey> = {};

  protected change(patch: Partial<Draft>): void {
    if (this.draft !== null) this.draft = { ...this.draft, ...patch };
    if (this.phase !== 'busy') this.phase = 'idle';
  }

  /** What is wrong by our own look; nothing is sent until it is empty. */
  protected check(_draft: Draft): Problems<Key | SetupMessageKey> {
    return {};
  }

  /** Sends what stands on the page; null when it was refused, which the page then says at the fields. */
  protected async send<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<StaffCommands[Name]['output'] | null> {
    if (this.phase === 'busy') return null;
    this.problems = this.draft === null ? {} : this.check(this.draft);
    if (Object.keys(this.problems).length > 0) return this.showProblems();
    this.phase = 'busy';
    const result = await this.desk.send(name, input);
    this.phase = result.ok ? 'saved' : 'failed';
    this.error = result.ok ? null : result.error;
    return result.ok ? result.data : this.showProblems();
  }

  private async showProblems(): Promise<null> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    return null;
  }

  /** Our own finding, or the server's for this field or a part of it. */
  protected problemOf(path: string): Key | SetupMessageKey | undefined {
    const own = this.problems[path];
    if (own !== undefined || this.phase !== 'failed') return own;
    const refused = Object.keys(this.error?.fields ?? {}).some((name) => name === path || name.startsWith(`${path}.`));
    if (!refused) return undefined;
    return this.error?.code === 'CONFLICT' ? 'fieldTaken' : 'fieldRefused';
  }

  protected renderProblem(path: string): TemplateResult | typeof nothing {
    const problem = this.problemOf(path);
    if (problem === undefined) return nothing;
    return html`<span class="field__error" role="alert" id="${idOf(path)}-problem">${this.words.t(problem)}</span>`;
  }

  protected renderField(
    path: string,
    label: string,
    control: TemplateResult,
    choices: FieldChoices<Key | SetupMessageKey> = {},
  ) {
    const { hint } = choices;
    return html`<div class="field ${choices.class ?? ''}">
      <label class="field__label" for=${idOf(path)}>${label}</label>
      ${control}
      ${hint === undefined ? nothing : html`<span class="field__hint" id="${idOf(path)}-hint">${this.words.t(hint)}</span>`}
      ${this.renderProblem(path)}
    </div>`;
  }

  private describedBy(path: string, { hint }: FieldChoices<Key | SetupMessageKey>): string | typeof nothing {
    const ids = [
      ...(hint === undefined ? [] : [`${idOf(path)}-hint`]),
      ...(this.problemOf(path) === undefined ? [] : [`${idOf(path)}-problem`]),
    ];
    return ids.length === 0 ? nothing : ids.join(' ');
  }

  protected renderText(
    path: string,
    label: string,
    value: string,
    set: (value: string) => void,
    choices: FieldChoices<Key | SetupMessageKey> = {},
  ): TemplateResult {
    const { type = 'text', maxLength, min, max, step, dir = 'auto', placeholder, inputMode } = choices;
    return this.renderField(
      path,
      label,
      html`<input
        class="input"
        id=${idOf(path)}
        type=${type}
        dir=${dir}
        autocomplete="off"
        maxlength=${maxLength ?? nothing}
        min=${min ?? nothing}
        max=${max ?? nothing}
        step=${step ?? nothing}
        placeholder=${placeholder ?? nothing}
        inputmode=${inputMode ?? nothing}
        aria-invalid=${this.problemOf(path) === undefined ? nothing : 'true'}
        aria-describedby=${this.describedBy(path, choices)}
        ?disabled=${!this.isManager}
        .value=${value}
        @input=${(event: Event) => set(valueOf(event))}
      />`,
      choices,
    );
  }

  /** A number, or null where the field may stay empty; NaN stands for what is no number and is refused by `check`. */
  protected renderNumber(
    path: string,
    label: string,
    value: number | null,
    set: (value: number | null) => void,
    choices: FieldChoices<Key | SetupMessageKey> = {},
  ): TemplateResult {
    const text = value === null || Number.isNaN(value) ? '' : String(value);
    return this.renderText(path, label, text, (typed) => set(typed === '' ? null : Number(typed)), {
      type: 'number',
      dir: 'ltr',
      class: 'short',
      min: 0,
      step: 'any',
      ...choices,
    });
  }

  protected renderArea(
    path: string,
    label: string,
    value: string,
    set: (value: string) => void,
    choices: FieldChoices<Key | SetupMessageKey> = {},
  ): TemplateResult {
    return this.renderField(
      path,
      label,
      html`<textarea
        class="input"
        id=${idOf(path)}
        dir="auto"
        rows="3"
        maxlength=${choices.maxLength ?? nothing}
        aria-invalid=${this.problemOf(path) === undefined ? nothing : 'true'}
        aria-describedby=${this.describedBy(path, choices)}
        ?disabled=${!this.isManager}
        .value=${value}
        @input=${(event: Event) => set(valueOf(event))}
      ></textarea>`,
      choices,
    );
  }

  protected renderSelect<Value extends string>(
    path: string,
    label: string,
    options: readonly (readonly [Value, string])[],
    value: Value,
    set: (value: Value) => void,
    choices: FieldChoices<Key | SetupMessageKey> = {},
  ): TemplateResult {
    return this.renderField(
      path,
      label,
      html`<select
        class="input"
        id=${idOf(path)}
        aria-invalid=${this.problemOf(path) === undefined ? nothing : 'true'}
        aria-describedby=${this.describedBy(path, choices)}
        ?disabled=${!this.isManager}
        @change=${(event: Event) => set(valueOf(event) as Value)}
      >
        ${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
      </select>`,
      choices,
    );
  }

  protected renderCheck(label: string, isOn: boolean, set: (isOn: boolean) => void, hint?: Key | SetupMessageKey) {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${isOn}
        ?disabled=${!this.isManager}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />
      <span class="check__text"
        >${label} ${hint === undefined ? nothing : html`<span class="field__hint">${this.words.t(hint)}</span>`}</span
      >
    </label>`;
  }

  /** Any number of a few; the chosen keep the order in which they were chosen. */
  protected renderChoices<Value extends string>(
    legend: string,
    options: readonly (readonly [Value, string])[],
    chosen: readonly Value[],
    set: (chosen: readonly Value[]) => void,
    hint?: Key | SetupMessageKey,
  ): TemplateResult {
    const toggle = (value: Value, isOn: boolean): void =>
      set(isOn ? [...chosen, value] : chosen.filter((one) => one !== value));
    return html`<fieldset ?disabled=${!this.isManager}>
      <legend>${legend}</legend>
      ${hint === undefined ? nothing : html`<span class="field__hint">${this.words.t(hint)}</span>`}
      <div class="choices">
        ${options.map(
          ([value, text]) =>
            html`<label class="choice"
              ><input
                type="checkbox"
                .value=${value}
                .checked=${chosen.includes(value)}
                @change=${(event: Event) => toggle(value, (event.target as HTMLInputElement).checked)}
              /><bdi>${text}</bdi></label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  /** A name in the languages of the branch; English stands in for those left empty. */
  protected renderNames(
    path: string,
    label: string,
    names: LocalizedText,
    set: (names: LocalizedText) => void,
    maxLength = 60,
  ): TemplateResult {
    const wanted = new Set<string>(['en', ...(this.desk?.location?.languages ?? []), ...Object.keys(names)]);
    return html`<fieldset>
      <legend>${label}</legend>
      <div class="names">
        ${LOCALES.filter((locale) => wanted.has(locale)).map((locale) => {
          const field = [`${path}.${locale}`, languageName(locale), names[locale] ?? ''] as const;
          const write = (text: string): void => set(withName(names, locale, text));
          return maxLength > MAX_LINE
            ? this.renderArea(...field, write, { maxLength })
            : this.renderText(...field, write, { maxLength });
        })}
      </div>
    </fieldset>`;
  }

  protected renderStatus(saved: Key | SetupMessageKey = 'saved'): TemplateResult {
    const { words, phase, error } = this;
    if (phase === 'saved') {
      return html`<span class="status status--saved" role="status">${icon('check', 'small')} ${words.t(saved)}</span>`;
    }
    if (phase === 'failed' && error !== null) {
      return html`<span class="status status--failed" role="alert"
        >${icon('failed', 'small')} ${describeRefusal(words, error)}</span
      >`;
    }
    const isWrong = Object.keys(this.problems).length > 0;
    return html`<span class="status ${isWrong ? 'status--failed' : ''}" role="status"
      >${isWrong ? words.t('formCheck') : nothing}</span
    >`;
  }

  protected renderActions(label: Key | SetupMessageKey, others: unknown = nothing): TemplateResult | typeof nothing {
    if (!this.isManager) return nothing;
    return html`<div class="actions bar">
      <button class="button button--primary" type="submit" aria-disabled=${String(this.phase === 'busy')}>
        ${this.words.t(label)}
      </button>
      ${others} ${this.renderStatus()}
    </div>`;
  }
}

const idOf = (path: string): string => path.replaceAll('.', '-');
