import { css } from 'lit';

export const deskStyles = css`
  :host {
    block-size: 100%;
    min-block-size: 0;
  }
  .root {
    position: relative;
    display: flex;
    block-size: 100%;
    overflow: hidden;
    background: var(--frontdesk-surface-sunken);
  }
  .main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    container-type: inline-size;
  }
  .bar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
    min-block-size: 64px;
    padding: 8px 12px 8px 20px;
    padding-inline: 20px 12px;
    border-block-end: 1px solid var(--frontdesk-line);
    background: var(--frontdesk-surface);
  }
  .title {
    flex: 1 0 auto;
    max-inline-size: 100%;
    min-inline-size: 150px;
  }
  .title h1 {
    font-size: var(--frontdesk-size-20);
  }
  .title p {
    font-size: var(--frontdesk-size-13);
  }
  .dates,
  .do {
    display: flex;
    gap: 4px;
    align-items: center;
  }
  .dates .button--small {
    min-block-size: 36px;
  }
  .date,
  .who {
    inline-size: auto;
    min-block-size: 36px;
    padding: 4px 10px;
    font-size: var(--frontdesk-size-14);
  }
  .who {
    max-inline-size: 220px;
  }
  .views {
    display: inline-flex;
    padding: 2px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-sunken);
  }
  .views button {
    appearance: none;
    min-block-size: 32px;
    padding: 4px 12px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--frontdesk-text-muted);
    font: inherit;
    font-size: var(--frontdesk-size-13);
    cursor: pointer;
  }
  .views [aria-pressed='true'] {
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    font-weight: 600;
    box-shadow: var(--frontdesk-shadow-1);
  }
  frontdesk-agenda-strips {
    flex: none;
  }
  .content {
    display: grid;
    flex: 1;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    background: var(--frontdesk-surface);
  }
  .content > * {
    min-block-size: 0;
  }
  .loading {
    display: grid;
    gap: 16px;
    align-content: start;
    padding: 24px;
  }
  .loading .skeleton {
    block-size: 64px;
  }
  .details {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    inline-size: 360px;
    border-inline-start: 1px solid var(--frontdesk-line);
    background: var(--frontdesk-surface-raised);
  }
  .small .details {
    position: absolute;
    z-index: 5;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: min(400px, 100%);
    box-shadow: var(--frontdesk-shadow-2);
  }
  @container (inline-size < 960px) {
    .bar {
      column-gap: 8px;
    }
    .title {
      flex-shrink: 1;
    }
    .title h1 {
      font-size: var(--frontdesk-size-16);
    }
  }
  @container (inline-size < 720px) {
    .bar {
      gap: 8px;
      padding: 8px 8px 8px 16px;
      padding-inline: 16px 8px;
    }
    .title {
      order: -2;
      flex: 1 1 150px;
    }
    .do {
      order: -1;
    }
    .date {
      display: none;
    }
    .who {
      flex: 1 1 120px;
      max-inline-size: none;
      margin-inline-end: 8px;
    }
  }
  @media (pointer: coarse) {
    .views button,
    .date,
    .who {
      min-block-size: 44px;
    }
    .date,
    .who {
      /* iOS zooms the page into any field below 16 px. */
      font-size: var(--frontdesk-size-16);
    }
  }
  @media (forced-colors: active) {
    .views [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
