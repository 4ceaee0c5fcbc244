import { css } from '@lit/reactive-element/css-tag.js';

export const partsStyles = css`
  :host {
    display: block;
  }
  .steps {
    display: grid;
    gap: 16px;
  }
  .back {
    min-block-size: 44px;
    margin-inline-start: -4px;
  }
  .parts {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .part {
    display: grid;
    gap: 2px;
    padding-block: 8px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .part:first-child {
    padding-block-start: 0;
  }
  .part__top,
  .part__who {
    display: flex;
    gap: 8px;
    align-items: baseline;
  }
  .part__top {
    justify-content: space-between;
  }
  .part__who {
    align-items: center;
  }
  .part .link {
    flex: none;
    font-size: var(--frontdesk-size-13);
  }
  .part__name {
    min-inline-size: 0;
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
    line-height: 1.35;
  }
  .part__facts,
  .part__who {
    color: var(--frontdesk-text-muted);
  }
  .part__facts {
    font-variant-numeric: tabular-nums;
  }
`;
