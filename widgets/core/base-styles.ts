/**
 * What every Frontdesk shadow tree starts from. A page may style the host element in any way, `* { all: unset }`
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
    /* Boxes to tick and scroll bars are the browser's own, and it must know which of the two themes they stand in. */
    color-scheme: inherit;
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
