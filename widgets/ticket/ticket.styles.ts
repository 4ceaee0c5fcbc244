import { css } from '@lit/reactive-element/css-tag.js';

/** One column, one card, one number. Sizes follow the width of the card, because a phone may hold it or a sidebar. */
export const ticketStyles = css`
  .card,
  .number,
  .place,
  .choices,
  .sheet,
  .rating {
    /* A long word breaks instead of making the card wider. */
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
  }
  .card {
    container-type: inline-size;
    display: grid;
    gap: 20px;
    padding: 24px 16px 16px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
  }
  .number {
    display: grid;
    gap: 4px;
    text-align: center;
  }
  .caption,
  .service {
    color: var(--frontdesk-text-muted);
  }
  .service {
    font-size: var(--frontdesk-size-16);
  }
  .label {
    font-size: clamp(32px, 26cqi, 104px);
    font-weight: 700;
    letter-spacing: -0.02em;
    line-height: 1.1;
    font-variant-numeric: tabular-nums;
  }
  .number--small .label {
    font-size: var(--frontdesk-size-32);
    letter-spacing: 0;
  }
  .place {
    display: grid;
    gap: 4px;
    justify-items: center;
    padding: 16px 8px;
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-accent-soft);
    text-align: center;
  }
  .place__line {
    font-size: var(--frontdesk-size-24);
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }
  .place__wait {
    display: flex;
    gap: 8px;
    align-items: center;
    font-size: var(--frontdesk-size-16);
    font-variant-numeric: tabular-nums;
  }
  .advice {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-16);
    text-align: center;
    text-wrap: balance;
  }
  .choices,
  .sheet {
    display: grid;
    gap: 12px;
  }
  .sheet h2 {
    font-size: var(--frontdesk-size-20);
  }
  .sheet p {
    font-size: var(--frontdesk-size-16);
  }
  .button {
    font-size: var(--frontdesk-size-16);
  }
  .button--wide {
    inline-size: 100%;
    min-block-size: 48px;
  }
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    justify-content: center;
  }
  .armed {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    padding-block: 4px;
    padding-inline: 12px 4px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-success-soft);
  }
  .armed p {
    flex: 1 1 96px;
    min-inline-size: 0;
  }
  .hint {
    color: var(--frontdesk-text-muted);
    text-align: center;
  }
  .refused {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-warning-soft);
  }
  .business,
  .stale {
    margin-block-end: 12px;
    padding: 12px 16px;
    border-radius: var(--frontdesk-radius-card);
  }
  .business {
    background: var(--frontdesk-info-soft);
    font-size: var(--frontdesk-size-16);
    white-space: pre-line;
  }
  .stale {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding-block: 8px;
    background: var(--frontdesk-warning-soft);
  }
  .outcome {
    font-size: var(--frontdesk-size-24);
    text-align: center;
  }

  .call__title {
    font-size: var(--frontdesk-size-24);
    font-weight: 600;
  }
  .call__to {
    font-size: var(--frontdesk-size-20);
  }
  .call__counter {
    max-inline-size: 100%;
    font-size: clamp(40px, 18cqi, 80px);
    font-weight: 700;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }
  .call__label {
    font-size: var(--frontdesk-size-32);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .card--called {
    gap: 8px;
    border-color: transparent;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
    text-align: center;
  }
  .call[open] {
    display: grid;
    grid-template-rows: 1fr auto;
    gap: 24px;
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: none;
    block-size: 100%;
    max-block-size: none;
    margin: 0;
    padding: max(24px, env(safe-area-inset-top)) 24px max(24px, env(safe-area-inset-bottom));
    border: 0;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
    text-align: center;
  }
  .call__inner {
    container-type: inline-size;
    display: grid;
    gap: 12px;
    align-content: center;
    justify-items: center;
  }
  .call__inner:focus {
    outline: none;
  }
  .call__button {
    justify-self: center;
    inline-size: min(100%, 420px);
    min-block-size: 56px;
    border-color: transparent;
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    font-weight: 600;
  }
  .call :focus-visible {
    outline-color: var(--frontdesk-on-accent);
  }

  .rating {
    display: grid;
    gap: 16px;
  }
  .rating fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    text-align: center;
  }
  .rating legend {
    padding: 0 0 8px;
    inline-size: 100%;
    font-size: var(--frontdesk-size-16);
    font-weight: 500;
  }
  .stars {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
  }
  .star {
    position: relative;
    display: grid;
    place-items: center;
    flex: 0 1 48px;
    min-inline-size: 44px;
    block-size: 52px;
    cursor: pointer;
  }
  .star input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .star svg {
    inline-size: 36px;
    block-size: 36px;
    fill: var(--frontdesk-accent);
    stroke: var(--frontdesk-accent-strong);
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  /* Stars after the chosen one are empty; without a choice all are. */
  .stars:not(:has(:checked)) svg,
  .star:has(:checked) ~ .star svg {
    fill: none;
  }
  .star:has(:focus-visible) {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: -2px;
    border-radius: var(--frontdesk-radius-control);
  }

  @media (prefers-reduced-motion: no-preference) {
    .call__counter {
      animation: arrive var(--frontdesk-motion) var(--frontdesk-ease);
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: scale(0.96);
      }
    }
  }
  @media (forced-colors: active) {
    .place,
    .armed,
    .business,
    .stale,
    .refused,
    .card--called {
      border: 1px solid CanvasText;
    }
    .call[open] {
      background: Canvas;
      color: CanvasText;
    }
    .star svg {
      fill: Highlight;
      stroke: CanvasText;
    }
  }
`;
