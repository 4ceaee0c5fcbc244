import { css } from 'lit';

export const classSheetStyles = css`
  .dates {
    display: grid;
    gap: 2px;
    max-block-size: 228px;
    margin: 0;
    padding: 0;
    overflow: auto;
    overscroll-behavior: contain;
    list-style: none;
  }
  .date {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    min-block-size: 36px;
    padding: 6px 8px;
    border-radius: var(--frontdesk-radius-control);
  }
  .date:hover {
    background: var(--frontdesk-surface-hover);
  }
  .date input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 2px 0 0;
    accent-color: var(--frontdesk-accent-strong);
  }
  .date__text {
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .date--blocked .date__day {
    color: var(--frontdesk-text-muted);
    text-decoration: line-through;
  }
  .date__why {
    color: var(--frontdesk-danger);
    font-size: var(--frontdesk-size-13);
  }
  .outlook {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .outlook--free {
    color: var(--frontdesk-success);
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  @media (pointer: coarse) {
    .date {
      min-block-size: 44px;
    }
  }
`;
