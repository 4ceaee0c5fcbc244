import { css } from '@lit/reactive-element/css-tag.js';

export const filesStyles = css`
  .drop {
    display: grid;
    gap: 8px;
    justify-items: start;
    padding: 12px;
    border: 1px dashed var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-control);
  }
  .drop--over {
    border-color: var(--frontdesk-accent);
    background: var(--frontdesk-accent-soft);
  }
  .drop--wrong {
    border-color: var(--frontdesk-danger);
  }
  .add {
    position: relative;
    font-size: var(--frontdesk-size-14);
  }
  .add:focus-within {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: 2px;
  }
  .add--full {
    opacity: 0.55;
    cursor: default;
  }
  .add input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: inherit;
    font-size: 0;
  }
  .optional {
    color: var(--frontdesk-text-muted);
    font-weight: 400;
  }
  ul {
    display: grid;
    gap: 8px;
    inline-size: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 8px;
    align-items: center;
    padding: 6px 4px 6px 12px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
  }
  li:dir(rtl) {
    padding: 6px 12px 6px 4px;
  }
  .name {
    display: block;
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .state {
    display: flex;
    gap: 4px;
    align-items: center;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    font-variant-numeric: tabular-nums;
  }
  .state--ready .icon {
    inline-size: 16px;
    block-size: 16px;
    color: var(--frontdesk-success);
  }
  .state--failed {
    color: var(--frontdesk-danger);
  }
  .actions {
    display: flex;
    align-items: center;
  }
  progress {
    grid-column: 1 / -1;
    appearance: none;
    inline-size: calc(100% - 8px);
    block-size: 4px;
    overflow: hidden;
    border: 0;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-line);
  }
  progress::-webkit-progress-bar {
    background: var(--frontdesk-line);
  }
  progress::-webkit-progress-value {
    background: var(--frontdesk-accent);
  }
  progress::-moz-progress-bar {
    background: var(--frontdesk-accent);
  }
`;
