import { css } from 'lit';

export const listsStyles = css`
  .root {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
    overflow: clip;
  }
  [role='tablist'] {
    display: flex;
    flex: none;
    gap: 0;
    padding-inline: 8px;
    border-block-end: 1px solid var(--frontdesk-line);
    overflow-x: auto;
    scrollbar-width: none;
  }
  [role='tab'] {
    appearance: none;
    display: inline-flex;
    flex: none;
    gap: 6px;
    align-items: center;
    min-block-size: 44px;
    padding: 0 10px;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--frontdesk-text-muted);
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
  }
  [role='tab']:hover {
    color: var(--frontdesk-text);
  }
  [role='tab'][aria-selected='true'] {
    border-color: var(--frontdesk-accent-strong);
    color: var(--frontdesk-text);
  }
  [role='tab']:focus-visible {
    outline-offset: -3px;
    border-radius: var(--frontdesk-radius-control);
  }
  .amount {
    font-size: var(--frontdesk-size-12);
    font-variant-numeric: tabular-nums;
  }
  .amount--due {
    padding: 0 6px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-warning-solid);
    color: #fff;
    font-weight: 600;
    line-height: 18px;
  }
  .find {
    flex: none;
    padding: 8px 12px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .find .input {
    min-block-size: 40px;
    padding-block: 7px;
  }
  [role='tabpanel'] {
    flex: 1;
    min-block-size: 0;
  }
  .row {
    display: flex;
    gap: 4px 12px;
    align-items: center;
    min-block-size: 56px;
    padding: 6px 6px 6px 16px;
    padding-inline: 16px 6px;
  }
  .row + .row {
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .row__label {
    min-inline-size: 56px;
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .row__main {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .row__service {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row__facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .tag {
    color: var(--frontdesk-accent-strong);
    font-weight: 500;
  }
  .due {
    color: var(--frontdesk-warning);
    font-weight: 600;
  }
  .empty {
    padding: 32px 16px;
    color: var(--frontdesk-text-muted);
    text-align: center;
  }
  @container (inline-size < 480px) {
    [role='tab'] {
      padding-inline: 8px;
      font-size: var(--frontdesk-size-13);
    }
    .row {
      gap: 4px 8px;
      padding-inline: 12px 4px;
    }
    .row__label {
      min-inline-size: 48px;
    }
  }
`;
