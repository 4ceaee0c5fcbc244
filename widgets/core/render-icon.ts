import { svg, html, type TemplateResult } from 'lit';

/** An icon beside its text: hidden from screen readers. A button with an icon alone carries `aria-label` itself. */
export function renderIcon(path: string, className = ''): TemplateResult {
  return html`<svg class="icon ${className}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<path d=${path}></path>`}
  </svg>`;
}
