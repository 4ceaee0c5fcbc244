import { css } from '@lit/reactive-element/css-tag.js';

/** `.field` (label above, hint and error below), `.input` for input, select and textarea. */
export const inputStyles = css`
  .field {
    display: grid;
    gap: 4px;
  }
  .field__label,
  label.field__label {
    font-size: var(--frontdesk-size-14);
    font-weight: 500;
  }
  .field__hint {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .field__error {
    color: var(--frontdesk-danger);
    font-size: var(--frontdesk-size-13);
  }
  .input {
    appearance: none;
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    padding: 9px 12px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    /* iOS zooms the page into any field below 16 px. */
    font: 400 max(16px, var(--frontdesk-size-16)) / 1.5 var(--frontdesk-font);
  }
  .input::placeholder {
    color: var(--frontdesk-text-muted);
    opacity: 1;
  }
  .input:focus-visible {
    border-color: var(--frontdesk-focus);
    outline-offset: 0;
  }
  .input[aria-invalid='true'] {
    border-color: var(--frontdesk-danger);
  }
  .input:disabled {
    background: var(--frontdesk-surface-sunken);
    color: var(--frontdesk-text-muted);
  }
`;
