import { css } from '@lit/reactive-element/css-tag.js';

export const frameStyles = css`
  .root {
    block-size: 100%;
    min-block-size: inherit;
    background: var(--frontdesk-surface-sunken);
  }
  .frame {
    display: block;
    max-inline-size: 480px;
    margin-inline: auto;
    padding: max(12px, env(safe-area-inset-top)) 16px max(24px, env(safe-area-inset-bottom));
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 48px;
    margin-block-end: 12px;
  }
  .house {
    flex: 1 1 112px;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .house__name {
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .house__place {
    color: var(--frontdesk-text-muted);
  }
  .language {
    flex: none;
    display: flex;
    gap: 4px;
    align-items: center;
    color: var(--frontdesk-text-muted);
  }
  .language select {
    min-block-size: 44px;
    max-inline-size: 148px;
    padding: 4px;
    field-sizing: content;
    border: 1px solid transparent;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-sunken);
    color: var(--frontdesk-text);
    /* iOS zooms the page into any field below 16 px. */
    font: 400 16px / 1.4 var(--frontdesk-font);
    cursor: pointer;
  }
  .loading {
    padding-block: 64px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-16);
    text-align: center;
  }
  .gone {
    display: grid;
    gap: 12px;
    padding: 48px 8px;
    text-align: center;
  }
  .gone h1 {
    font-size: var(--frontdesk-size-24);
  }
  .gone p {
    font-size: var(--frontdesk-size-16);
  }
  @media (forced-colors: active) {
    .language select {
      border-color: ButtonBorder;
    }
  }
`;
