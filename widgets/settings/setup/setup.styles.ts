import { css } from 'lit';

/** What the pages that set a business up need beyond the other forms. */
export const setupStyles = css`
  .page,
  .block,
  .preview {
    grid-template-columns: minmax(0, 1fr);
  }
  .root {
    /* The browser's own pickers stand in these forms. */
    color-scheme: inherit;
  }
  h1 {
    margin-block-end: 4px;
    font-size: var(--frontdesk-size-20);
  }
  .title {
    display: flex;
    gap: 4px;
    align-items: center;
    margin-inline-start: -12px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    align-items: flex-end;
    justify-content: space-between;
  }
  .open {
    appearance: none;
    inline-size: 100%;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
    cursor: pointer;
  }
  .open + .open {
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .open:hover {
    background: var(--frontdesk-surface-hover);
  }
  .open:focus-visible {
    outline-offset: -2px;
  }
  .next {
    transform: rotate(180deg);
    color: var(--frontdesk-text-muted);
  }
  .next:dir(rtl) {
    transform: none;
  }
  fieldset {
    display: grid;
    gap: 12px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    font-weight: 500;
    margin-block-end: 6px;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr));
    gap: 16px;
    align-items: start;
  }
  .wide {
    max-inline-size: none;
  }
  .short .input {
    max-inline-size: 180px;
  }
  .row > form {
    flex: 1 1 100%;
    max-inline-size: none;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
  }
  .choice {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 44px;
  }
  .choice input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--frontdesk-accent-strong);
  }
  .bar {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    padding-block: 12px;
    background: var(--frontdesk-surface-sunken);
  }
  .table {
    overflow-x: auto;
    scrollbar-width: thin;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 10px 12px;
    text-align: end;
    white-space: nowrap;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 20px;
    text-align: start;
  }
  tbody th {
    min-inline-size: 112px;
    font-weight: 500;
    white-space: normal;
  }
  thead th {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
  }
  tbody tr {
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .preview {
    display: grid;
    gap: 8px;
    padding: 16px;
    border: 1px dashed var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-sunken);
  }
  .preview__title {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .big {
    font-size: var(--frontdesk-size-32);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1.2;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    justify-content: space-between;
    padding: 12px 16px;
    border-inline-start: 3px solid var(--frontdesk-accent-strong);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-hover);
  }
  .part {
    display: grid;
    gap: 16px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .names {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr));
    gap: 12px;
    align-items: start;
  }
  /* Number and unit on one line, whatever stands above and below them. */
  .duration {
    display: grid;
    grid-template-columns: minmax(0, 140px) minmax(0, max-content);
    gap: 4px 8px;
    align-items: start;
    justify-content: start;
  }
  .duration .field {
    display: contents;
  }
  .duration .field > * {
    grid-column: 1 / -1;
  }
  .duration .field > .input {
    grid-area: 2 / 1;
  }
  .duration > select {
    grid-area: 2 / 2;
    inline-size: 132px;
  }
  .photo {
    border-radius: var(--frontdesk-radius-control);
    object-fit: cover;
  }
  .photo-file {
    flex: 1 1 160px;
    min-inline-size: 0;
    inline-size: 100%;
    min-block-size: 44px;
    padding-block: 8px;
    color: inherit;
    font: inherit;
  }
  .tag--good {
    border-color: var(--frontdesk-success);
    color: var(--frontdesk-success);
  }
  .tag--bad {
    border-color: var(--frontdesk-danger);
    color: var(--frontdesk-danger);
  }
  .colour {
    display: flex;
    gap: 8px;
  }
  .colour input[type='color'] {
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    padding: 3px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
    cursor: pointer;
  }
  dialog {
    inline-size: min(400px, calc(100vw - 32px));
    padding: 24px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    color: var(--frontdesk-text);
    box-shadow: var(--frontdesk-shadow-2);
  }
  dialog::backdrop {
    background: #0006;
  }
  dialog h2 {
    margin-block-end: 8px;
  }
  dialog .actions {
    justify-content: flex-end;
    margin-block-start: 20px;
  }
`;
