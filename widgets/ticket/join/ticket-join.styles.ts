import { css } from '@lit/reactive-element/css-tag.js';

export const joinStyles = css`
  .house {
    margin-block-end: 12px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-16);
  }
  .step,
  form,
  .services,
  .service {
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
  }
  .step,
  form {
    display: grid;
    gap: 16px;
  }
  h1 {
    font-size: var(--frontdesk-size-24);
  }
  .lead {
    font-size: var(--frontdesk-size-16);
  }
  .services {
    display: grid;
    gap: 12px;
  }
  .service {
    appearance: none;
    display: grid;
    gap: 4px;
    inline-size: 100%;
    min-block-size: 72px;
    margin: 0;
    padding: 16px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  .service:hover:not(:disabled) {
    background: var(--frontdesk-surface-hover);
  }
  .service:disabled {
    background: none;
    box-shadow: none;
    cursor: default;
  }
  .service__name {
    font-size: var(--frontdesk-size-20);
    font-weight: 600;
    line-height: 1.35;
  }
  .service__state {
    color: var(--frontdesk-text-muted);
  }
  .service:disabled .service__name {
    color: var(--frontdesk-text-muted);
  }
  .button {
    font-size: var(--frontdesk-size-16);
  }
  .button--wide {
    inline-size: 100%;
    min-block-size: 48px;
  }
  .problem {
    padding: 12px 16px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-warning-soft);
    font-size: var(--frontdesk-size-16);
  }
  .agree {
    display: flex;
    gap: 12px;
    align-items: center;
    min-block-size: 44px;
    font-size: var(--frontdesk-size-16);
    cursor: pointer;
  }
  .agree input {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    accent-color: var(--frontdesk-accent);
  }
  @media (forced-colors: active) {
    .problem {
      border: 1px solid CanvasText;
    }
    .service:disabled .service__name {
      color: GrayText;
    }
  }
`;
