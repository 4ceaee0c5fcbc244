import { css } from 'lit';
import { staffSheetStyles } from '../staff/sheet-styles.js';

export const sheetStyles = [
  staffSheetStyles,
  css`
    .choices--times {
      max-block-size: 176px;
      margin: -4px;
      padding: 4px;
      overflow: auto;
      overscroll-behavior: contain;
    }
    .choices--times .choice {
      min-inline-size: 92px;
      justify-content: center;
      padding-inline: 10px;
    }
    .number {
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
    legend {
      font-size: var(--frontdesk-size-14);
    }
  `,
];
