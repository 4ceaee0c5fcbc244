import { css } from '@lit/reactive-element/css-tag.js';

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
