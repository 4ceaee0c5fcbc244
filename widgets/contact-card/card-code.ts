/** The code of a card, in a chunk of its own: most people look at the card on the phone that would scan it. */
import { QUIET_MODULES, toQrPath } from '@frontdesk/domain/qr-path';
import { createQr } from '../core/qr/qr.js';
import { draw } from '../core/drawn-element.js';
import type { CardWords } from './card-words.js';

const CODE_CSS = `
  .code {
    display: grid;
    flex: 1 1 100%;
    gap: 8px;
    justify-items: center;
    padding: 12px 8px 20px;
    font-size: var(--frontdesk-size-14);
    text-align: center;
  }
  .qr {
    inline-size: min(208px, 100%);
    border-radius: var(--frontdesk-radius-card);
  }
`;
export const codeStyles = { cssText: CODE_CSS };

function drawPart(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const part = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
  return part;
}

/** Dark on white in every theme, because many readers do not know it the other way round. */
export function drawCode(words: CardWords, url: string, name: string): HTMLElement {
  const code = createQr(url);
  const side = String(code.size + 2 * QUIET_MODULES);
  const picture = drawPart('svg', {
    class: 'qr',
    viewBox: `0 0 ${side} ${side}`,
    role: 'img',
    'aria-label': words.t('card.codeLabel', { name }),
    'shape-rendering': 'crispEdges',
  });
  picture.append(
    drawPart('rect', { width: side, height: side, fill: '#fff' }),
    drawPart('path', { d: toQrPath(code.rows), fill: '#000' }),
  );
  return draw('div', 'code', picture, draw('p', 'muted', words.t('card.codeText')));
}
