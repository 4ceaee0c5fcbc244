import { css } from 'lit';
import { staffSheetStyles } from '../staff/sheet-styles.js';

export const sheetStyles = [
  staffSheetStyles,
  css`
    .other {
      display: none;
    }
    form:has([value='other']:checked) .other {
      display: grid;
    }
    .list {
      display: grid;
      gap: 8px;
    }
    .list .button {
      justify-content: flex-start;
      min-block-size: 52px;
      text-align: start;
    }
    .row {
      display: flex;
      gap: 8px 12px;
      align-items: center;
      justify-content: space-between;
      padding-block: 8px;
      border-block-end: 1px solid var(--frontdesk-line);
    }
    .number {
      display: grid;
      gap: 12px;
      justify-items: center;
      text-align: center;
    }
    .number__label {
      font-size: 64px;
      font-weight: 700;
      line-height: 1.1;
    }
    .qr {
      inline-size: 200px;
      block-size: 200px;
      border-radius: var(--frontdesk-radius-control);
      forced-color-adjust: none;
    }
    dl {
      margin: 0;
    }
    dl > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      min-block-size: 36px;
      border-block-end: 1px solid var(--frontdesk-line);
    }
    kbd {
      display: inline-block;
      min-inline-size: 26px;
      padding: 2px 8px;
      border: 1px solid var(--frontdesk-line-strong);
      border-radius: var(--frontdesk-radius-control);
      background: var(--frontdesk-surface-sunken);
      font: 500 var(--frontdesk-size-13) / 1.4 var(--frontdesk-font);
      text-align: center;
    }
  `,
];
