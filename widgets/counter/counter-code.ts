/** A QR code as the path of an SVG; its library is fetched when the first number is shown. */
import { html, svg, type TemplateResult } from 'lit';

export interface Code {
  readonly size: number;
  readonly path: string;
}

export async function encode(text: string): Promise<Code> {
  const { encode: toGrid } = await import('uqr');
  const { size, data } = toGrid(text, { border: 0, ecc: 'M' });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}

export function renderCode({ size, path }: Code, label: string): TemplateResult {
  return html`<svg
    class="code"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label=${label}
    shape-rendering="crispEdges"
  >
    ${svg`<path d=${path}></path>`}
  </svg>`;
}
