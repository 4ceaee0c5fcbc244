import { css } from 'lit';

export const rosterStyles = css`
  .people,
  .line {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
    inline-size: 100%;
  }
  .people li,
  .line li {
    display: grid;
    gap: 6px;
    padding-block: 10px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .person {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    min-inline-size: 0;
  }
  .name {
    min-inline-size: 0;
    display: flex;
    gap: 6px;
    align-items: center;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .waits {
    color: var(--frontdesk-text-muted);
  }
  .marks {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(72px, 1fr));
    gap: 4px;
  }
  .mark {
    appearance: none;
    min-block-size: 36px;
    padding: 4px 6px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-13);
    cursor: pointer;
    touch-action: manipulation;
  }
  .mark:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .mark[aria-pressed='true'] {
    border-color: var(--frontdesk-text);
    background: var(--frontdesk-neutral-4);
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--frontdesk-text);
  }
  .mark--present[aria-pressed='true'] {
    background: var(--frontdesk-success-soft);
  }
  .mark--late[aria-pressed='true'] {
    background: var(--frontdesk-warning-soft);
  }
  .mark--absent[aria-pressed='true'] {
    background: var(--frontdesk-danger-soft);
  }
  @media (pointer: coarse) {
    .mark {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .mark[aria-pressed='true'] {
      border: 3px solid Highlight;
    }
  }
`;
