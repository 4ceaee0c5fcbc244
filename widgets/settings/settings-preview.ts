import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { contrast, normalizeHex } from '../core/color.js';
import { baseStyles } from '../core/styles.js';
import { createPalette, DEFAULT_ACCENT, type Scheme } from '../core/theme.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import { styleProperties } from '../staff/style-properties.js';

/** What a visitor will see, painted with the very palette that the chat uses. */
export class FrontdeskSettingsPreview extends StaffElement {
  static override styles = [
    baseStyles,
    css`
      .scenes {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
      }
      .scene {
        display: flex;
        flex: 1 1 200px;
        flex-direction: column;
        gap: 10px;
        max-inline-size: 340px;
        padding: 16px;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-card);
        background: var(--frontdesk-surface);
        color: var(--frontdesk-text);
      }
      .head {
        display: flex;
        gap: 8px;
        align-items: center;
        font-weight: 600;
      }
      .bubble {
        align-self: flex-start;
        max-inline-size: 85%;
        padding: 8px 12px;
        border-radius: var(--frontdesk-radius-bubble);
        border-end-start-radius: 4px;
        background: var(--frontdesk-surface-hover);
        overflow-wrap: anywhere;
      }
      .bubble--own {
        align-self: flex-end;
        border-radius: var(--frontdesk-radius-bubble);
        border-end-end-radius: 4px;
        background: var(--frontdesk-accent);
        color: var(--frontdesk-on-accent);
      }
      .launcher {
        display: grid;
        place-items: center;
        inline-size: 56px;
        block-size: 56px;
        margin-block-start: 8px;
        border-radius: var(--frontdesk-radius-full);
        background: var(--frontdesk-accent);
        box-shadow: var(--frontdesk-shadow-2);
        color: var(--frontdesk-on-accent);
      }
      .launcher .icon {
        inline-size: 24px;
        block-size: 24px;
      }
      .launcher--end {
        align-self: flex-end;
      }
      .note {
        display: flex;
        gap: 6px;
        align-items: flex-start;
        margin-block-start: 12px;
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .note .icon {
        margin-block-start: 2px;
      }
    `,
  ];

  @property() accent = DEFAULT_ACCENT;
  @property() siteName = '';
  @property() greeting = '';
  @property() colorScheme: 'auto' | Scheme = 'auto';
  @property() launcherSide: 'start' | 'end' = 'end';

  private renderScene(scheme: Scheme): TemplateResult {
    const palette = createPalette(this.accent, scheme);
    const tokens = Object.fromEntries(Object.entries(palette).map(([name, value]) => [`--frontdesk-${name}`, value]));
    return html`<div class="scene" ${styleProperties(tokens)} part="scene">
      <div class="head" dir="auto">${this.siteName || nothing}</div>
      ${this.greeting === '' ? nothing : html`<div class="bubble" dir="auto">${this.greeting}</div>`}
      <div class="bubble bubble--own">${this.words.t('previewVisitor')}</div>
      <span class=${this.launcherSide === 'end' ? 'launcher launcher--end' : 'launcher'}>${icon('chat')}</span>
    </div>`;
  }

  private renderNote(): TemplateResult {
    const { words } = this;
    const typed = normalizeHex(this.accent) ?? DEFAULT_ACCENT;
    const palette = createPalette(typed, this.colorScheme === 'dark' ? 'dark' : 'light');
    const accent = palette.accent ?? typed;
    const ratio = words.number(contrast(accent, palette['on-accent'] ?? '#ffffff'), { maximumFractionDigits: 1 });
    // Rounding through OKLCH may move a channel by one; that is not a correction worth a sentence.
    const isCorrected = contrast(accent, typed) > 1.03;
    return html`<p class="note" role="status">
      ${icon(isCorrected ? 'alert' : 'check', 'small')}
      <span>${isCorrected ? words.t('contrastFixed') : words.t('contrastGood', { ratio })}</span>
    </p>`;
  }

  protected override render(): TemplateResult {
    const schemes: readonly Scheme[] = this.colorScheme === 'auto' ? ['light', 'dark'] : [this.colorScheme];
    return html`<div class="root">
      <div class="scenes" role="img" aria-label=${this.words.t('preview')}>
        ${schemes.map((scheme) => this.renderScene(scheme))}
      </div>
      ${this.renderNote()}
    </div>`;
  }
}
