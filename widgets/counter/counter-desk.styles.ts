import { css } from 'lit';

export const deskStyles = css`
  :host {
    block-size: 100%;
    min-block-size: 0;
  }
  .root {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    background: var(--frontdesk-surface-sunken);
    container-type: inline-size;
  }
  .bar {
    display: flex;
    flex: none;
    gap: 4px 12px;
    align-items: center;
    min-block-size: 56px;
    padding: 6px 12px 6px 24px;
    padding-inline: 24px 12px;
    border-block-end: 1px solid var(--frontdesk-line);
    background: var(--frontdesk-surface);
  }
  .bar h1 {
    overflow: hidden;
    font-size: var(--frontdesk-size-16);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar__who {
    overflow: hidden;
    min-inline-size: 0;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .spacer {
    flex: 1;
  }
  .strip {
    display: flex;
    flex: none;
    gap: 8px;
    align-items: center;
    min-block-size: 40px;
    padding: 8px 24px;
    background: var(--frontdesk-warning-soft);
    font-size: var(--frontdesk-size-13);
  }
  .strip--info {
    background: var(--frontdesk-accent-soft);
  }
  .strip--danger {
    background: var(--frontdesk-danger-soft);
  }
  .strip > span {
    flex: 1;
  }
  .strip .button,
  .strip .icon-button {
    margin-block: -4px;
  }
  .columns {
    display: grid;
    flex: 1;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(340px, 420px);
    gap: 16px;
    inline-size: 100%;
    max-inline-size: 1440px;
    min-block-size: 0;
    margin-inline: auto;
    padding: 16px 24px 24px;
  }
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 16px;
    min-inline-size: 0;
    min-block-size: 0;
    container-type: inline-size;
  }
  .column.scroll {
    align-content: stretch;
    grid-template-rows: minmax(min-content, 1fr) auto;
    margin: -4px;
    padding: 4px;
  }
  .column--lists {
    align-content: stretch;
    grid-template-rows: minmax(0, 1fr);
  }
  .column--lists > * {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-block-size: 0;
  }
  .pick {
    flex: 1;
    min-block-size: 0;
    container-type: inline-size;
  }
  @container (inline-size < 900px) {
    .columns {
      display: block;
      overflow: auto;
      overscroll-behavior: contain;
      padding: 16px;
    }
    .column--lists {
      margin-block-start: 16px;
    }
    .column.scroll {
      overflow: visible;
    }
  }
  @container (inline-size < 480px) {
    .bar {
      min-block-size: 48px;
      padding: 2px 4px 2px 12px;
      padding-inline: 12px 4px;
    }
    .bar__who,
    .bar .bar__issue {
      display: none;
    }
    .strip {
      padding-inline: 12px;
    }
    .columns {
      padding: 8px;
    }
    .column {
      gap: 8px;
    }
    .column--lists {
      margin-block-start: 8px;
    }
  }
  @media (forced-colors: active) {
    .strip {
      border-block-end: 1px solid CanvasText;
    }
  }
`;
