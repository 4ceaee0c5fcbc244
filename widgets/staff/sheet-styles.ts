/** A sheet in the top layer of a staff element: one question, its fields, what can be answered. */
import { css } from 'lit';
import { selectStyles } from '../core/select-styles.js';

export const staffSheetStyles = [
  selectStyles,
  css`
    dialog {
      inline-size: min(480px, calc(100vw - 24px));
      max-block-size: calc(100dvh - 24px);
      padding: 0;
      overflow: auto;
      overscroll-behavior: contain;
      border: 1px solid var(--frontdesk-line);
      border-radius: var(--frontdesk-radius-card);
      background: var(--frontdesk-surface-raised);
      color: var(--frontdesk-text);
      box-shadow: var(--frontdesk-shadow-2);
    }
    dialog::backdrop {
      background: #0006;
    }
    .head {
      display: flex;
      gap: 8px;
      align-items: center;
      justify-content: space-between;
      padding: 12px 12px 0 20px;
      padding-inline: 20px 12px;
      font-size: var(--frontdesk-size-16);
    }
    .body {
      display: grid;
      gap: 16px;
      padding: 4px 20px 20px;
    }
    .lead {
      color: var(--frontdesk-text-muted);
      text-wrap: pretty;
    }
    fieldset {
      min-inline-size: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 6px;
      font-weight: 500;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .choice {
      position: relative;
      display: inline-flex;
      align-items: center;
      min-block-size: 44px;
      padding: 6px 14px;
      border: 1px solid var(--frontdesk-line-strong);
      border-radius: var(--frontdesk-radius-control);
      cursor: pointer;
    }
    .choice:hover {
      background: var(--frontdesk-surface-hover);
    }
    .choice input {
      position: absolute;
      inset: 0;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    .choice:has(:checked) {
      border-color: var(--frontdesk-accent-strong);
      background: var(--frontdesk-accent-soft);
      box-shadow: inset 0 0 0 1px var(--frontdesk-accent-strong);
      font-weight: 500;
    }
    .choice:has(:focus-visible) {
      outline: 2px solid var(--frontdesk-focus);
      outline-offset: 2px;
    }
    .foot {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      justify-content: flex-end;
    }
    .pair {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr));
      gap: 16px;
    }
    .check {
      display: flex;
      gap: 12px;
      align-items: center;
      min-block-size: 44px;
    }
    .check input {
      flex: none;
      inline-size: 20px;
      block-size: 20px;
      margin: 0;
      accent-color: var(--frontdesk-accent-strong);
    }
    textarea.input {
      min-block-size: 72px;
      resize: vertical;
    }
    @media (forced-colors: active) {
      .choice:has(:checked) {
        border: 3px solid Highlight;
      }
    }
  `,
];
