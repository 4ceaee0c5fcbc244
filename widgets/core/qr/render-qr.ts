import { html, svg, type TemplateResult } from 'lit';
import { QUIET_MODULES, toQrPath } from '@frontdesk/domain/qr-path';
import { createQr, type QrCorrection } from './qr.js';

/** A QR code as an image with a name. Dark on white in every theme, because many readers do not know it the other way round. */
export function renderQr(text: string, label: string, correction?: QrCorrection): TemplateResult {
  const code = createQr(text, correction);
  const side = code.size + 2 * QUIET_MODULES;
  return html`<svg
    class="qr"
    viewBox="0 0 ${side} ${side}"
    role="img"
    aria-label=${label}
    shape-rendering="crispEdges"
    focusable="false"
  >
    ${svg`<rect width=${side} height=${side} fill="#fff"></rect><path d=${toQrPath(code.rows)} fill="#000"></path>`}
  </svg>`;
}
