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
    legend {
      font-size: var(--frontdesk-size-14);
    }
  `,
];
