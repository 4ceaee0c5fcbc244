import { css } from '@lit/reactive-element/css-tag.js';

/**
 * The launcher. Everything stands on `.root` and below, in the top layer: no rule of the page, no z-index, transform
 * or `* { all: unset }`, reaches it.
 */
export const chatStyles = css`
  :host {
    display: contents;
  }
  .root {
    all: initial;
    display: block;
    position: fixed;
    inset-block: auto max(20px, env(safe-area-inset-bottom));
    inset-inline: auto max(20px, env(safe-area-inset-right));
    z-index: 2147483000; /* Where there is no popover; elsewhere the top layer decides. */
    overflow: visible;
    color: var(--frontdesk-text);
    font: 400 14px/1.5 var(--frontdesk-font);
    -webkit-tap-highlight-color: transparent;
  }
  .root[data-side='start'] {
    inset-inline: max(20px, env(safe-area-inset-left)) auto;
  }
  :host([hidden]) .root {
    display: none;
  }
  [hidden] {
    display: none !important;
  }
  .launcher {
    all: unset;
    box-sizing: border-box;
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
    box-shadow: var(--frontdesk-shadow-2);
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    transition:
      background-color var(--frontdesk-feedback) var(--frontdesk-ease),
      transform var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .launcher:hover {
    background: var(--frontdesk-accent-hover);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  .launcher:focus-visible {
    /* Two rings: one of them shows on any page. */
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: 2px;
    box-shadow:
      0 0 0 2px var(--frontdesk-surface),
      0 0 0 6px var(--frontdesk-surface);
  }
  .icon {
    grid-area: 1 / 1;
    inline-size: 26px;
    block-size: 26px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    transition:
      opacity var(--frontdesk-feedback) var(--frontdesk-ease),
      transform var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  [aria-expanded='true'] .icon--open,
  [aria-expanded='false'] .icon--close {
    opacity: 0;
    transform: scale(0.6);
  }
  [aria-busy='true'] .icon {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      opacity: 0.4;
    }
  }
  .badge {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    box-sizing: border-box;
    min-inline-size: 22px;
    padding: 0 6px;
    border: 2px solid var(--frontdesk-surface);
    border-radius: 11px;
    background: var(--frontdesk-danger-solid);
    color: #fff;
    font-size: 12px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 18px;
    text-align: center;
  }
  .failure {
    position: absolute;
    inset-block-end: 68px;
    inset-inline-end: 0;
    inline-size: max-content;
    max-inline-size: 240px;
    padding: 8px 12px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
    box-shadow: var(--frontdesk-shadow-2);
  }
  [data-side='start'] .failure {
    inset-inline: 0 auto;
  }
  @media (max-width: 480px), (max-height: 480px) {
    .root[data-open] .launcher {
      visibility: hidden; /* The panel is the screen and has a close button of its own. */
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher,
    .icon {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .badge,
    .failure {
      border: 2px solid ButtonText;
    }
  }
  @media print {
    .root {
      display: none;
    }
  }
`;
