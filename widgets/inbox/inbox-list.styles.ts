import { css, unsafeCSS } from 'lit';
import { ROW_HEIGHTS_PX } from './inbox-window.js';

/** Fixed row heights: the windowing computes with the same numbers. */
export const listStyles = css`
  :host {
    min-block-size: 0;
    block-size: 100%;
  }
  .root {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .tools {
    display: flex;
    gap: 4px;
    align-items: center;
    padding: 0 12px 8px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .filter {
    position: relative;
    display: flex;
    flex: 1;
    align-items: center;
    min-inline-size: 0;
  }
  .filter .icon {
    position: absolute;
    inset-inline-start: 10px;
    color: var(--frontdesk-text-muted);
    pointer-events: none;
  }
  .filter__input {
    appearance: none;
    inline-size: 100%;
    min-block-size: 36px;
    margin: 0;
    padding: 6px 10px 6px 34px;
    padding-inline: 34px 10px;
    border: 1px solid transparent;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-hover);
    color: var(--frontdesk-text);
    font: 400 var(--frontdesk-size-14) / 1.5 var(--frontdesk-font);
  }
  .filter__input::placeholder {
    color: var(--frontdesk-text-muted);
    opacity: 1;
  }
  .filter__input:focus-visible {
    outline-offset: 0;
  }
  @media (pointer: coarse) {
    .filter__input {
      min-block-size: 44px;
      font-size: 16px;
    }
  }
  .rows {
    flex: 1;
    min-block-size: 0;
    overflow-anchor: none;
  }
  .rows:focus-visible {
    outline-offset: -2px;
  }
  .option {
    content-visibility: auto;
  }
  .rows--comfortable .option {
    block-size: ${unsafeCSS(ROW_HEIGHTS_PX.comfortable)}px;
  }
  .rows--compact .option {
    block-size: ${unsafeCSS(ROW_HEIGHTS_PX.compact)}px;
  }
  .rows:focus-visible .option--active {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: -4px;
    border-radius: var(--frontdesk-radius-control);
  }
  .empty {
    flex: 1;
  }
  .loading__row {
    display: flex;
    gap: 12px;
    align-items: center;
    padding: 20px 16px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .loading__avatar {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--frontdesk-radius-full);
  }
  .loading__lines {
    display: grid;
    flex: 1;
    gap: 10px;
  }
  .loading__lines > :first-child {
    inline-size: 45%;
  }
`;
