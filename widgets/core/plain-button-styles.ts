import { css } from '@lit/reactive-element/css-tag.js';

/** `.button` with `--primary` alone, for what weighs every byte; `button-styles.ts` has the others. */
export const plainButtonStyles = css`
  button {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  .button,
  .icon-button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    margin: 0;
    border: 1px solid transparent;
    border-radius: var(--frontdesk-radius-control);
    background: none;
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    transition:
      background-color var(--frontdesk-feedback) var(--frontdesk-ease),
      opacity var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .button {
    min-block-size: 44px;
    padding: 8px 16px;
    border-color: var(--frontdesk-line-strong);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    font-weight: 500;
    line-height: 1.3;
    text-decoration: none;
  }
  .button:hover {
    background: var(--frontdesk-surface-hover);
  }
  .button--primary {
    border-color: transparent;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
  }
  .button--primary:hover {
    background: var(--frontdesk-accent-hover);
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonBorder;
    }
    .button--primary {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
