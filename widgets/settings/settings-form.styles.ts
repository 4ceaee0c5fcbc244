import { css } from 'lit';
import { selectStyles } from '../core/select-styles.js';

/** What all pages of the settings share. */
export const formStyles = [
  selectStyles,
  css`
    .page {
      display: grid;
      gap: 20px;
    }
    .lead {
      max-inline-size: 60ch;
      text-wrap: pretty;
      color: var(--frontdesk-text-muted);
    }
    .block {
      display: grid;
      gap: 16px;
      padding: 20px;
      border: 1px solid var(--frontdesk-line);
      border-radius: var(--frontdesk-radius-card);
      background: var(--frontdesk-surface);
    }
    .block--flush {
      gap: 0;
      padding: 0;
      overflow: clip;
    }
    .block h2 {
      font-size: var(--frontdesk-size-16);
    }
    .block--flush h2 {
      padding: 20px 20px 12px;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 12px;
      align-items: center;
      padding: 12px 20px;
    }
    .row + .row {
      border-block-start: 1px solid var(--frontdesk-line);
    }
    .row__main {
      display: grid;
      flex: 1 1 180px;
      min-inline-size: 0;
      line-height: 1.35;
    }
    .row__title {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 8px;
      align-items: center;
      font-weight: 500;
    }
    .row__sub {
      overflow: hidden;
      color: var(--frontdesk-text-muted);
      font-size: var(--frontdesk-size-13);
      text-overflow: ellipsis;
    }
    .row__end {
      display: flex;
      margin-inline-start: auto;
      flex: none;
      gap: 8px;
      align-items: center;
    }
    .tag {
      padding: 0 8px;
      border: 1px solid var(--frontdesk-line-strong);
      border-radius: var(--frontdesk-radius-full);
      color: var(--frontdesk-text-muted);
      font-size: var(--frontdesk-size-12);
      font-weight: 500;
      line-height: 20px;
    }
    .form {
      display: grid;
      gap: 16px;
      max-inline-size: 440px;
    }
    .inline {
      display: flex;
      flex-wrap: wrap;
      gap: 12px;
      align-items: flex-start;
    }
    .inline > .field {
      flex: 1 1 200px;
    }
    .inline > .button {
      margin-block-start: 25px;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 12px;
      align-items: center;
    }
    .status {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      font-size: var(--frontdesk-size-13);
    }
    .status--saved {
      color: var(--frontdesk-success);
    }
    .status--failed {
      color: var(--frontdesk-danger);
    }
    .check {
      display: flex;
      gap: 12px;
      align-items: flex-start;
    }
    .check input {
      flex: none;
      inline-size: 20px;
      block-size: 20px;
      margin: 0;
      accent-color: var(--frontdesk-accent-strong);
    }
    .check__text {
      display: grid;
    }
  `,
];
