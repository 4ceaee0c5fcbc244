import { css } from 'lit';

/**
 * `--v` is a hundredth of the element's height and `--c` one of its width: everything grows with the screen, and televisions
 * whose browsers know no container units can read it. Only opacity and transform ever move.
 */
export const boardStyles = css`
  :host {
    block-size: 100%;
    overflow: hidden;
  }
  .root {
    --v: calc(var(--frontdesk-height, 720px) / 100);
    --c: calc(var(--frontdesk-width, 1280px) / 100);
    position: relative;
    block-size: 100%;
    overflow: hidden;
    background: var(--frontdesk-surface-sunken);
    font-size: calc(var(--v) * 3);
    line-height: 1.25;
  }
  .board {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    padding: 0 calc(var(--v) * 2.5);
  }
  .header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    block-size: calc(var(--v) * 9);
    font-weight: 600;
  }
  .place {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-size: calc(var(--v) * 3.6);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .clock {
    flex: none;
    margin-inline-start: 0.6em;
    font-size: calc(var(--v) * 4.6);
    font-variant-numeric: tabular-nums;
  }
  .middle {
    display: flex;
    flex: 1;
    min-block-size: 0;
  }
  .portrait .middle {
    flex-direction: column;
  }
  .calls {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .media {
    flex: none;
    inline-size: calc(var(--c) * 40 - var(--v) * 2.5);
    margin-inline-start: calc(var(--v) * 2.5);
    overflow: hidden;
    border-radius: calc(var(--v) * 1.6);
    background: #000;
  }
  .portrait .media {
    inline-size: auto;
    block-size: calc(var(--v) * 24);
    margin-inline-start: 0;
    margin-block-end: calc(var(--v) * 1.6);
  }

  .hero,
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    border: 2px solid var(--frontdesk-line);
    border-radius: calc(var(--v) * 1.6);
    background: var(--frontdesk-surface-raised);
    color: var(--frontdesk-text);
  }
  .hero {
    flex: 1;
    padding: 0 calc(var(--v) * 3.5);
    min-block-size: 0;
  }
  .label {
    flex: none;
    font-size: var(--label-size);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
    line-height: 1;
    white-space: nowrap;
  }
  .where {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    min-inline-size: 0;
  }
  .counter {
    display: -webkit-box;
    overflow: hidden;
    font-size: var(--counter-size);
    font-weight: 600;
    line-height: 1.1;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .arrow {
    flex: none;
    inline-size: calc(var(--counter-size) * 0.85);
    block-size: calc(var(--counter-size) * 0.85);
    margin-inline-end: 0.5em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [dir='rtl'] .arrow {
    transform: scaleX(-1);
  }
  .name {
    margin-block-start: 0.2em;
    font-size: calc(var(--counter-size) * 0.72);
    font-weight: 500;
    line-height: 1.15;
  }
  .emphasized {
    border-color: var(--display-emphasis);
    background: var(--display-emphasis);
    color: var(--display-on-emphasis);
  }

  .rows {
    display: grid;
    flex: none;
    grid-gap: calc(var(--v) * 1.6);
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    grid-auto-rows: calc(var(--v) * 12);
    margin-block-start: calc(var(--v) * 1.6);
  }
  .rows--alone {
    margin-block-start: 0;
  }
  .row {
    padding: 0 calc(var(--v) * 2.2);
  }
  .pages {
    display: flex;
    flex: none;
    justify-content: center;
    block-size: calc(var(--v) * 1.6);
    padding-block-start: calc(var(--v) * 0.7);
  }
  .pages i {
    inline-size: calc(var(--v) * 0.9);
    block-size: calc(var(--v) * 0.9);
    margin: 0 calc(var(--v) * 0.4);
    border-radius: 50%;
    background: var(--frontdesk-line-strong);
    opacity: 0.4;
  }
  .pages i.current {
    background: var(--frontdesk-text);
    opacity: 1;
  }

  .none {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    color: var(--frontdesk-text);
    font-size: calc(var(--v) * 3 + var(--c) * 1.6);
    font-weight: 500;
    text-align: center;
  }
  .none small {
    margin-block-start: 0.5em;
    font-size: 0.66em;
    font-weight: 400;
  }

  .recent {
    display: flex;
    flex: none;
    align-items: stretch;
    block-size: calc(var(--v) * 15);
    padding-block-start: calc(var(--v) * 2.2);
    padding-block-end: calc(var(--v) * 1.2);
  }
  .past {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    justify-content: center;
    min-inline-size: 0;
    padding-inline-start: calc(var(--v) * 2);
    border-inline-start: 2px solid var(--frontdesk-line);
  }
  .past:first-child {
    padding-inline-start: 0;
    border-inline-start: 0;
  }
  .past b {
    font-size: calc(var(--v) * 5);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 1.1;
    white-space: nowrap;
  }
  .past span {
    overflow: hidden;
    font-size: calc(var(--v) * 2.6);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .portrait .recent {
    flex-wrap: wrap;
  }
  .portrait .past {
    flex: 0 0 33.3%;
    padding-inline-start: calc(var(--v) * 1.2);
  }
  .portrait .past b {
    font-size: calc(var(--v) * 3.4);
  }
  .portrait .past span {
    font-size: calc(var(--v) * 1.7);
  }
  .portrait .past:nth-child(3n + 1) {
    padding-inline-start: 0;
    border-inline-start: 0;
  }

  .notice {
    display: flex;
    flex: none;
    align-items: center;
    block-size: calc(var(--v) * 7);
    margin: 0 calc(var(--v) * -2.5);
    padding: 0 calc(var(--v) * 2.5);
    background: var(--frontdesk-text);
    color: var(--frontdesk-surface);
    font-size: calc(var(--v) * 3.1);
    font-weight: 600;
  }
  .notice p {
    display: -webkit-box;
    overflow: hidden;
    line-height: 1.1;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .footer {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    block-size: calc(var(--v) * 8.5);
    font-size: calc(var(--v) * 2.7);
  }
  .portrait .footer {
    font-size: calc(var(--v) * 1.8);
  }
  .waiting {
    display: flex;
    flex: none;
    max-inline-size: 62%;
    overflow: hidden;
    white-space: nowrap;
  }
  .waiting li {
    margin-inline-end: 1.4em;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .waiting b {
    font-weight: 650;
  }
  .ticker {
    min-inline-size: 0;
    overflow: hidden;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .ticker:only-child {
    flex: 1;
    text-align: center;
  }

  .over {
    position: absolute;
    z-index: 2;
    display: flex;
    justify-content: center;
    inline-size: 100%;
    pointer-events: none;
  }
  .over--badge {
    top: calc(var(--v) * 1.6);
  }
  .over--ask {
    bottom: calc(var(--v) * 2);
  }
  .badge {
    padding: 0.3em 0.9em;
    border-radius: 999px;
    background: #7a1f12;
    color: #fff;
    font-size: calc(var(--v) * 2.8);
    font-weight: 600;
  }
  .portrait .badge {
    font-size: calc(var(--v) * 1.9);
  }
  .ask {
    min-block-size: 48px;
    padding: 0.5em 1.2em;
    border: 2px solid var(--frontdesk-surface);
    border-radius: 999px;
    background: var(--display-emphasis);
    color: var(--display-on-emphasis);
    cursor: pointer;
    font: inherit;
    font-size: calc(var(--v) * 2.2 + 6px);
    font-weight: 600;
    pointer-events: auto;
  }

  .night {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    block-size: 100%;
    background: #000;
    color: #a8a8b0;
    text-align: center;
  }
  .night .clock {
    margin: 0;
    font-size: calc(var(--v) * 12 + var(--c) * 3);
    font-weight: 300;
    line-height: 1.1;
  }
  .night p {
    font-size: calc(var(--v) * 2.4 + var(--c) * 1.2);
  }

  @media (prefers-reduced-motion: no-preference) {
    .hero {
      animation: arrive var(--frontdesk-motion) var(--frontdesk-ease);
    }
    .row,
    .ticker {
      animation: appear var(--frontdesk-motion) var(--frontdesk-ease);
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(calc(var(--v) * 1.2));
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }
  @media (forced-colors: active) {
    .emphasized {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    .badge,
    .notice {
      border: 2px solid CanvasText;
    }
  }
`;
