import { css } from 'lit';

export const chatComposerStyles = css`
  :host {
    flex: none;
  }
  .composer {
    padding: 8px 12px 12px;
    padding-block-end: max(12px, env(safe-area-inset-bottom));
  }
  .box {
    display: flex;
    gap: 4px;
    align-items: flex-end;
    padding: 4px;
    padding-inline-start: 14px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: 24px;
    background: var(--frontdesk-surface);
    transition: border-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .box:focus-within {
    border-color: var(--frontdesk-focus);
    box-shadow: 0 0 0 1px var(--frontdesk-focus);
  }
  .box--over,
  .box--over:focus-within {
    border-color: var(--frontdesk-danger);
    box-shadow: 0 0 0 1px var(--frontdesk-danger);
  }
  textarea {
    all: unset;
    box-sizing: border-box;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 40px;
    /* Five lines of 24 px and the padding. */
    max-block-size: 136px;
    padding-block: 8px;
    overflow-y: auto;
    overscroll-behavior: contain;
    field-sizing: content;
    scrollbar-width: thin;
    color: var(--frontdesk-text);
    /* iOS zooms the page into any field below 16 px. */
    font: 400 16px/24px var(--frontdesk-font);
    overflow-wrap: anywhere;
    text-align: start;
    white-space: pre-wrap;
  }
  textarea:focus-visible {
    outline: none; /* The box around it shows the focus. */
  }
  textarea::placeholder {
    color: var(--frontdesk-text-muted);
    opacity: 1;
  }
  .send {
    all: unset;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
    cursor: pointer;
    touch-action: manipulation;
    transition: background-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .send:hover {
    background: var(--frontdesk-accent-hover);
  }
  .send:focus-visible {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: 2px;
  }
  .send[aria-disabled='true'] {
    background: none;
    color: var(--frontdesk-text-muted);
    cursor: default;
  }
  .limit {
    padding: 4px 16px 0;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
    text-align: end;
  }
  .limit--over {
    color: var(--frontdesk-danger);
    font-weight: 500;
  }
  @media (pointer: coarse) {
    .send {
      inline-size: 44px;
      block-size: 44px;
    }
    textarea {
      min-block-size: 44px;
      padding-block: 10px;
    }
  }
  @media (forced-colors: active) {
    .box:focus-within {
      outline: 2px solid Highlight;
    }
    .send {
      border: 1px solid ButtonText;
    }
  }
`;
