/** Base of the outermost elements that draw with Lit (inbox, settings, …): theme, language, direction. */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from './base-styles.js';
import { applyTheme, parseColorScheme } from './theme.js';

export { defineElement } from './define-element.js';

/**
 * @cssproperty [--frontdesk-accent] - The one accent colour; prefer the `accent` attribute, which corrects contrast.
 */
export class FrontdeskElement extends LitElement {
  static override styles = [baseStyles];

  /** `#rrggbb`; corrected until text on it is readable. */
  @property()
  accent: string | null = null;

  /** `light`, `dark`, or `auto` to follow the reader's system. */
  @property({ attribute: 'color-scheme' })
  colorScheme: string | null = null;

  /** Language tag; by default the language of the page around the element. */
  @property()
  locale: string | null = null;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#applyTheme();
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('accent') || changed.has('colorScheme')) this.#applyTheme();
  }

  /** Wraps the content in the tree's own root, so that nothing the page's styles do to the host reaches it. */
  protected renderInRoot(content: unknown, language: { tag: string; direction: string }): TemplateResult {
    return html`<div class="root" part="base" lang=${language.tag} dir=${language.direction}>${content}</div>`;
  }

  #applyTheme(): void {
    if (this.shadowRoot) applyTheme(this.shadowRoot, this.accent, parseColorScheme(this.colorScheme));
  }
}
