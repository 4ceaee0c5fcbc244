import { css } from '@lit/reactive-element/css-tag.js';
import { plainButtonStyles } from './plain-button-styles.js';

/** `.button` with `--primary`, `--quiet`, `--danger`, `--small`; `.icon-button` for a named icon alone. */
export const buttonStyles = css`
  ${plainButtonStyles}
  .button--quiet {
    border-color: transparent;
    background: none;
    color: var(--frontdesk-accent-strong);
  }
  .button--danger {
    border-color: transparent;
    background: var(--frontdesk-danger-solid);
    color: #fff;
  }
  .button--danger:hover {
    background: var(--frontdesk-danger-solid);
    opacity: 0.9;
  }
  .button--small {
    min-block-size: 32px;
    padding: 4px 12px;
    font-size: var(--frontdesk-size-13);
  }
  .icon-button {
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border-radius: var(--frontdesk-radius-full);
    color: var(--frontdesk-text-muted);
  }
  .icon-button:hover {
    background: var(--frontdesk-surface-hover);
    color: var(--frontdesk-text);
  }
  .icon-button--small {
    inline-size: 32px;
    block-size: 32px;
  }
  .button:disabled,
  .icon-button:disabled,
  .button[aria-disabled='true'],
  .icon-button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  @media (pointer: coarse) {
    .button--small {
      min-block-size: 44px;
    }
    .icon-button--small {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .button,
    .icon-button {
      border-color: ButtonBorder;
    }
    .button--primary,
    .button--danger {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
