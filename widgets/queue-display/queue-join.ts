import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { renderQr } from '../core/qr/render-qr.js';

/**
 * The code that a phone in the room joins with (QP-6). An element of its own, because the board draws itself anew every second and a
 * code changes once a day.
 *
 * Reads `--code-size`: the side of the code with the light zone around it.
 */
export class FrontdeskQueueJoin extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
    }
    .qr {
      display: block;
      flex: none;
      inline-size: var(--code-size);
      block-size: var(--code-size);
      border-radius: calc(var(--code-size) * 0.03);
      forced-color-adjust: none;
    }
    p {
      margin: 0;
    }
  `;

  @property({ attribute: false }) url: string | null = null;
  /** What to do with the code, in a few words; also its name for who cannot see it. */
  @property({ attribute: false }) caption = '';

  protected override render(): TemplateResult | typeof nothing {
    const { url, caption } = this;
    if (url === null) return nothing;
    // A screen gets no creases; what a correction would cost goes into larger modules, which are read from farther away.
    return html`${renderQr(url, caption, 'L')}
      <p part="caption" aria-hidden="true">${caption}</p>`;
  }
}
