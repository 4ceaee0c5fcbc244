import { css } from '@lit/reactive-element/css-tag.js';

export const detailsStyles = css`
  .root {
    container: booking / inline-size;
  }
  form,
  .done {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-inline-size: 480px;
  }
  .field {
    grid-template-columns: minmax(0, 1fr);
  }
  .field__label {
    font-size: var(--frontdesk-size-14);
    font-weight: 500;
  }
  .optional {
    color: var(--frontdesk-text-muted);
    font-weight: 400;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 4px;
  }
  .check {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    min-block-size: 44px;
    padding-block: 10px;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    accent-color: var(--frontdesk-accent);
  }
  /* A ring around them would be square around round ones. */
  .check:has([aria-invalid='true']) {
    margin-inline-start: -12px;
    padding-inline-start: 9px;
    border-inline-start: 3px solid var(--frontdesk-danger);
  }
  .input:read-only {
    background: var(--frontdesk-surface-sunken);
  }
  .button {
    font-size: var(--frontdesk-size-16);
  }
  .button--small {
    font-size: var(--frontdesk-size-14);
  }
  .submit {
    min-block-size: 48px;
  }
  .hold {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    max-inline-size: 480px;
    margin-block-end: 16px;
    padding: 8px 12px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-accent-soft);
  }
  .hold--soon {
    background: var(--frontdesk-warning-soft);
  }
  .hold__text {
    flex: 1 1 120px;
    min-inline-size: 0;
  }
  .hold__left {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .notice {
    max-inline-size: 480px;
    margin-block-end: 16px;
  }
  .done__text {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    font-size: var(--frontdesk-size-16);
  }
  .done__text .icon {
    margin-block-start: 2px;
    color: var(--frontdesk-success);
  }
  .done > .button {
    justify-self: start;
  }
  .receipt {
    display: grid;
    gap: 4px;
    max-inline-size: 480px;
    padding: 16px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    font-size: var(--frontdesk-size-16);
  }
  .receipt a {
    color: var(--frontdesk-accent-strong);
    text-underline-offset: 3px;
  }
  .receipt__when {
    font-size: var(--frontdesk-size-20);
    font-weight: 600;
    line-height: 1.35;
  }
  .receipt__parts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    margin: 0;
    padding-block: 4px;
    padding-inline: 0;
    list-style: none;
  }
  .receipt__parts li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  .receipt__parts span {
    flex: 1 1 96px;
    min-inline-size: 0;
  }
  .receipt__parts .receipt__time {
    flex: none;
    min-inline-size: 88px;
    font-variant-numeric: tabular-nums;
  }
  .receipt__code {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    margin-block-start: 8px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .receipt__code strong {
    font-family: var(--frontdesk-font-mono);
    font-size: var(--frontdesk-size-20);
    letter-spacing: 0.08em;
  }
  @media (forced-colors: active) {
    .hold {
      border: 1px solid CanvasText;
    }
  }
`;
