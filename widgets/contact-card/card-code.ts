/** The code of a card, in a chunk of its own: most people look at the card on the phone that would scan it. */
import { html, type TemplateResult } from 'lit';
import { renderQr } from '../core/qr/render-qr.js';
import type { CardWords } from './card-words.js';

export function renderCode(words: CardWords, url: string, name: string): TemplateResult {
  return html`<div class="code">
    ${renderQr(url, words.t('card.codeLabel', { name }))}
    <p class="muted">${words.t('card.codeText')}</p>
  </div>`;
}
