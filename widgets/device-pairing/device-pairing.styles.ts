import { css } from 'lit';

/**
 * Sizes are hundredths of the element's own width and height, because a screen is read from across a room, and televisions
 * with old browsers know no container units.
 */
export const pairingStyles = css`
  :host {
    block-size: 100%;
  }
  .root {
    --unit: calc(min(var(--frontdesk-width, 1280px), var(--frontdesk-height, 720px) * 1.4) / 100);
    block-size: 100%;
    background: var(--frontdesk-surface);
  }
  .screen {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    block-size: 100%;
    min-block-size: 320px;
    padding: 24px;
    text-align: center;
  }
  h1 {
    color: var(--frontdesk-text);
    font-size: calc(var(--unit) * 3.6 + 8px);
  }
  .code {
    display: flex;
    direction: ltr; /* A code is read from left to right in every script. */
    margin-block-start: calc(var(--unit) * 4);
    margin-block-end: calc(var(--unit) * 4);
    color: var(--frontdesk-text);
    font-size: calc(var(--unit) * 15);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
    line-height: 1;
  }
  .code span:nth-child(4) {
    margin-inline-start: 0.35em;
  }
  .code--unknown {
    color: var(--frontdesk-neutral-6);
  }
  .hint,
  .status {
    max-inline-size: 40em;
    color: var(--frontdesk-text-muted);
    font-size: calc(var(--unit) * 2 + 8px);
  }
  .status {
    min-block-size: 1.5em;
    margin-block-start: calc(var(--unit) * 2);
    color: var(--frontdesk-warning);
  }
`;
