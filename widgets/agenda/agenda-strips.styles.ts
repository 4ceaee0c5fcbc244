import { css } from 'lit';

export const stripStyles = css`
  .root {
    container-type: inline-size;
  }
  .strip {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
    min-block-size: 44px;
    padding: 6px 12px 6px 20px;
    padding-inline: 20px 12px;
    background: var(--frontdesk-warning-soft);
    font-size: var(--frontdesk-size-13);
  }
  .strip--info {
    background: var(--frontdesk-accent-soft);
  }
  .strip--success {
    background: var(--frontdesk-success-soft);
  }
  .strip--danger {
    background: var(--frontdesk-danger-soft);
  }
  .strip > span:not(.others) {
    flex: 1;
    min-inline-size: 160px;
  }
  .others {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }
  @container (inline-size < 720px) {
    .strip {
      padding-inline: 16px 8px;
    }
  }
  @media (forced-colors: active) {
    .strip {
      border-block-end: 1px solid CanvasText;
    }
  }
`;
