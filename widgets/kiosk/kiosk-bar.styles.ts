import { css } from 'lit';

/** The lower edge, the same on every screen: languages and aids. */
export const barStyles = css`
  .bar {
    display: flex;
    gap: 12px;
    align-items: stretch;
    padding: 12px clamp(16px, 3%, 48px) calc(12px + env(safe-area-inset-bottom, 0px));
    border-block-start: 1px solid var(--frontdesk-line);
    background: var(--frontdesk-surface);
    font-size: min(1em, 30px);
  }
  @container (max-aspect-ratio: 1/1) {
    .bar {
      flex-wrap: wrap;
      justify-content: space-between;
    }
    .bar .languages {
      order: -1;
      flex-basis: 100%;
    }
    .bar .aids {
      margin-inline-start: auto;
    }
  }
  .languages {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 8px;
    min-inline-size: 0;
  }
  .aids {
    display: flex;
    gap: 8px;
  }
  .chip {
    appearance: none;
    display: grid;
    place-items: center;
    min-inline-size: 76px;
    min-block-size: 76px;
    margin: 0;
    padding: 4px 10px;
    border: 2px solid transparent;
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-sunken);
    color: var(--frontdesk-text);
    font-size: 0.8em;
    line-height: 1.2;
    text-align: center;
  }
  .languages .chip {
    flex: 1 1 auto;
  }
  .aids .chip {
    padding: 0;
  }
  .chip--back {
    grid-auto-flow: column;
    gap: 0.4em;
    padding-inline: 1em;
    border-color: var(--frontdesk-line-strong);
    background: var(--frontdesk-surface);
    font-weight: 600;
  }
  .chip--back .icon {
    inline-size: 26px;
    block-size: 26px;
  }
  .chip .icon {
    inline-size: 34px;
    block-size: 34px;
  }
  .chip[aria-pressed='true'] {
    border-color: currentColor;
    background: var(--frontdesk-surface);
    font-weight: 700;
  }
  .aids .chip[aria-pressed='true'] {
    background: var(--frontdesk-text);
    color: var(--frontdesk-surface);
  }
  dialog {
    box-sizing: border-box;
    inline-size: min(calc(var(--frontdesk-width, 1080px) * 0.94), 32em);
    max-block-size: 96%;
    margin: auto auto 4%;
    padding: 1.2em;
    border: 2px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
    color: inherit;
    box-shadow: var(--frontdesk-shadow-2);
  }
  dialog:has(frontdesk-kiosk-entry) {
    inline-size: min(calc(var(--frontdesk-width, 1080px) * 0.94), 820px);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 55%);
  }
  .dialog {
    display: grid;
    gap: 16px;
  }
  .dialog h2 {
    font-size: 1.4em;
  }
  .seconds {
    font-variant-numeric: tabular-nums;
  }
  .facts {
    display: grid;
    gap: 8px;
    font-size: 0.85em;
  }
  @media (forced-colors: active) {
    .chip {
      border-color: ButtonBorder;
    }
    .chip[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`;
