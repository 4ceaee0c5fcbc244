/**
 * Styles that every Frontdesk shadow tree shares. A page may style the host element in any way, `* { all: unset }`
 * included, so nothing that matters stands on `:host`: each tree has one `.root` that resets what it inherits.
 */
import { css } from '@lit/reactive-element/css-tag.js';

/** Reset, typography, focus, helpers. */
export const baseStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    all: initial;
    display: block;
    box-sizing: border-box;
    color: var(--frontdesk-text);
    font: 400 var(--frontdesk-size-14) / var(--frontdesk-line-height) var(--frontdesk-font);
    -webkit-text-size-adjust: 100%;
    text-align: start;
    overflow-wrap: break-word;
    -webkit-tap-highlight-color: transparent;
  }
  .root:lang(ta),
  .root:lang(hi),
  .root:lang(ar) {
    line-height: 1.65;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important; /* An author display rule in the same tree must not undo the attribute. */
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-size: inherit;
    font-weight: 600;
    line-height: var(--frontdesk-line-height-heading);
  }
  :focus-visible {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: 2px;
  }
  .icon {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon--small {
    inline-size: 16px;
    block-size: 16px;
  }
  .icon--directional:dir(rtl) {
    transform: scaleX(-1);
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--frontdesk-text-muted);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important; /* Ours and only ours: this sheet lives in a shadow tree. */
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** `.button` with `--primary`, `--quiet`, `--danger`, `--small`; `.icon-button` for a named icon alone. */
export const buttonStyles = css`
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

/** `.card`, `.badge`, `.avatar`, `.notice`. */
export const surfaceStyles = css`
  .card {
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: 6px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-danger-solid);
    color: #fff;
    font-size: var(--frontdesk-size-12);
    font-weight: 600;
    line-height: 1;
    font-variant-numeric: tabular-nums;
  }
  .avatar {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-accent-soft);
    color: var(--frontdesk-accent-strong);
    font-size: var(--frontdesk-size-13);
    font-weight: 600;
    line-height: 1;
    user-select: none;
  }
  .notice {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding: 8px 12px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-hover);
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-13);
  }
  .notice--warning {
    background: var(--frontdesk-warning-soft);
  }
  .notice--danger {
    background: var(--frontdesk-danger-soft);
  }
  .notice--success {
    background: var(--frontdesk-success-soft);
  }
  @media (forced-colors: active) {
    .badge,
    .avatar,
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;
