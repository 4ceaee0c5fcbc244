import { css } from 'lit';
import { choiceStyles } from './kiosk-choice.styles.js';

export const entryStyles = [
  choiceStyles,
  css`
    :host {
      container-type: inline-size;
    }
    .entry {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(220px, auto);
      gap: 12px 24px;
      align-items: start;
      max-inline-size: 1180px;
      margin-inline: auto;
    }
    .text {
      appearance: none;
      grid-column: 1 / -1;
      box-sizing: border-box;
      inline-size: 100%;
      min-block-size: 76px;
      margin: 0;
      padding: 0 0.6em;
      border: 2px solid var(--frontdesk-line-strong);
      border-radius: var(--frontdesk-radius-control);
      background: var(--frontdesk-surface);
      color: var(--frontdesk-text);
      font: 600 1.3em / 1.3 var(--frontdesk-font);
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.04em;
    }
    .text[aria-invalid='true'] {
      border: 4px solid var(--frontdesk-danger);
    }
    .error {
      grid-column: 1 / -1;
      color: var(--frontdesk-danger);
      font-weight: 600;
    }
    .error:empty {
      display: none;
    }
    .keys {
      display: grid;
      gap: 8px;
      justify-self: center;
      inline-size: 100%;
    }
    .keys--digits,
    .keys--phone {
      max-inline-size: 480px;
    }
    .row {
      display: flex;
      gap: 8px;
      justify-content: center;
    }
    .key {
      appearance: none;
      flex: 1 1 76px;
      max-inline-size: 150px;
      min-inline-size: 76px;
      min-block-size: 76px;
      margin: 0;
      padding: 0;
      border: 1px solid var(--frontdesk-line-strong);
      border-radius: var(--frontdesk-radius-control);
      background: var(--frontdesk-surface-raised);
      font-size: max(26px, 1.1em);
      font-weight: 600;
      display: grid;
      place-items: center;
    }
    .key:active {
      background: var(--frontdesk-accent-soft);
    }
    .key--wide {
      font-size: 0.85em;
    }
    .key .icon {
      inline-size: 1.2em;
      block-size: 1.2em;
    }
    .side {
      display: grid;
      gap: 12px;
    }
    .submit {
      appearance: none;
      min-block-size: 92px;
      padding: 0.6em 1em;
      border: 2px solid transparent;
      border-radius: var(--frontdesk-radius-card);
      background: var(--frontdesk-accent);
      color: var(--frontdesk-on-accent);
      font-weight: 600;
      line-height: 1.3;
    }
    .submit[aria-disabled='true'] {
      border: 2px dashed var(--frontdesk-line-strong);
      background: var(--frontdesk-surface-sunken);
      color: var(--frontdesk-text-muted);
    }
    ::slotted(button) {
      inline-size: 100%;
    }
    @container (max-width: 1120px) {
      .entry:has(.keys--letters),
      .entry:has(.keys--code) {
        grid-template-columns: 1fr;
      }
    }
    @container (max-width: 720px) {
      .entry {
        grid-template-columns: 1fr;
      }
    }
    @media (forced-colors: active) {
      .submit {
        border-color: ButtonBorder;
      }
    }
  `,
];
