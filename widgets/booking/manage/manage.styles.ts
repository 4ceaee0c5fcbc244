import { css } from '@lit/reactive-element/css-tag.js';

export const manageStyles = css`
  .actions,
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .bar {
    padding-block-start: 16px;
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .bar__time {
    flex: 1 1 192px;
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .notice {
    margin-block-end: 0;
  }
  .status {
    justify-self: start;
    padding: 2px 12px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-success-soft);
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
  }
  .done--over .status {
    background: var(--frontdesk-surface-hover);
  }
  .done--over .receipt__when {
    color: var(--frontdesk-text-muted);
  }
  .input--code {
    max-inline-size: 192px;
    font-family: var(--frontdesk-font-mono);
    letter-spacing: 0.08em;
  }
  @media (forced-colors: active) {
    .status {
      border: 1px solid CanvasText;
    }
  }
`;
