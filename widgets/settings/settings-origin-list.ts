import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isComposing } from '../core/a11y.js';
import { baseStyles, buttonStyles, inputStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import type { StaffMessageKey } from '../staff/words.js';
import { readOrigin } from './settings-origins.js';

export class OriginsChangedEvent extends Event {
  readonly origins: readonly string[];

  constructor(origins: readonly string[]) {
    super('origins-changed');
    this.origins = origins;
  }
}

/**
 * The list of addresses that may show the chat: add, remove, and say plainly what is wrong with one.
 *
 * @fires origins-changed - The list changed; the event's `origins` is the new one.
 */
export class FrontdeskSettingsOriginList extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    inputStyles,
    css`
      .root {
        display: grid;
        gap: 8px;
      }
      li {
        display: flex;
        gap: 8px;
        align-items: center;
        min-block-size: 44px;
        padding-inline: 12px 4px;
        border: 1px solid var(--frontdesk-line);
        border-block-end-width: 0;
        font-family: var(--frontdesk-font-mono);
        font-size: var(--frontdesk-size-13);
      }
      li:first-child {
        border-start-start-radius: var(--frontdesk-radius-control);
        border-start-end-radius: var(--frontdesk-radius-control);
      }
      li:last-child {
        border-block-end-width: 1px;
        border-end-start-radius: var(--frontdesk-radius-control);
        border-end-end-radius: var(--frontdesk-radius-control);
      }
      .origin {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .refused {
        color: var(--frontdesk-danger);
      }
      .add {
        display: flex;
        gap: 8px;
      }
      .add .input {
        flex: 1;
        min-inline-size: 0;
      }
      .none {
        display: flex;
        gap: 8px;
        align-items: center;
        color: var(--frontdesk-warning);
        font-size: var(--frontdesk-size-13);
      }
    `,
  ];

  @query('input') private field?: HTMLInputElement;
  @state() private problem: StaffMessageKey | null = null;

  @property({ attribute: false }) origins: readonly string[] = [];
  /** Positions that the server refused. */
  @property({ attribute: false }) refused: ReadonlySet<number> = new Set();

  private handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || isComposing(event)) return;
    // Enter adds the address; it does not send the form around it.
    event.preventDefault();
    this.add();
  }

  private add(): void {
    const { field } = this;
    if (!field || field.value.trim() === '') return;
    const result = readOrigin(field.value, this.origins);
    if (!result.ok) {
      this.problem = result.problem;
      field.focus();
      return;
    }
    this.problem = null;
    field.value = '';
    this.dispatchEvent(new OriginsChangedEvent([...this.origins, result.origin]));
  }

  private removeOrigin(origin: string): void {
    this.dispatchEvent(new OriginsChangedEvent(this.origins.filter((other) => other !== origin)));
    this.field?.focus();
  }

  /** Takes what stands in the field as if "add" had been pressed; false when it is wrong. */
  commit(): boolean {
    this.add();
    return this.problem === null;
  }

  private renderOrigin(origin: string, index: number): TemplateResult {
    const isRefused = this.refused.has(index);
    return html`<li>
      <span class=${isRefused ? 'origin refused' : 'origin'} dir="ltr"
        >${origin}${isRefused ? html`<br />${this.words.t('originInvalid')}` : nothing}</span
      >
      <button
        class="icon-button icon-button--small"
        type="button"
        aria-label=${this.words.t('siteOriginRemove', { origin })}
        @click=${() => this.removeOrigin(origin)}
      >
        ${icon('close', 'small')}
      </button>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { words, problem } = this;
    return html`<div class="root">
      <label class="field__label" for="origin">${words.t('siteOrigins')}</label>
      <span class="field__hint" id="hint">${words.t('siteOriginsHint')}</span>
      ${
        this.origins.length === 0
          ? html`<p class="none">${icon('alert', 'small')} ${words.t('siteOriginsNone')}</p>`
          : html`<ul>
              ${this.origins.map((origin, index) => this.renderOrigin(origin, index))}
            </ul>`
      }
      <div class="add">
        <input
          class="input"
          id="origin"
          type="text"
          inputmode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          dir="ltr"
          placeholder="https://example.com"
          aria-invalid=${problem === null ? nothing : 'true'}
          aria-describedby=${problem === null ? 'hint' : 'problem hint'}
          @keydown=${this.handleKeydown}
        />
        <button class="button" type="button" aria-label=${words.t('siteOriginAdd')} @click=${() => this.add()}>
          ${icon('plus', 'small')}
        </button>
      </div>
      ${problem === null ? nothing : html`<span class="field__error" id="problem" role="alert">${words.t(problem)}</span>`}
    </div>`;
  }
}
