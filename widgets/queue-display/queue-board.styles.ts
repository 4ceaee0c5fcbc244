import { css } from 'lit';

/**
 * `--v` is a hundredth of the element's height and `--c` one of its width; the bands come from `board-layout.ts`: everything grows with the screen, and televisions
 * whose browsers know no container units can read it. A call is there at once: to fade or move a surface as large as the screen takes a
 * television without a graphics chip seconds.
 */
export const boardStyles = css`
  :host {
    block-size: 100%;
    overflow: hidden;
  }
  .root {
    --v: calc(var(--frontdesk-height, 720px) / 100);
    --c: calc(var(--frontdesk-width, 1280px) / 100);
    /* What is not a label is read in proportion to the smaller side. */
    --t: calc(min(var(--frontdesk-height, 720px), var(--frontdesk-width, 1280px) * 0.8) / 100);
    position: relative;
    block-size: 100%;
    overflow: hidden;
    background: var(--frontdesk-surface-sunken);
    font-size: calc(var(--t) * 3);
    line-height: 1.25;
  }
  .board {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    padding: 0 var(--padding);
  }
  .header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    block-size: var(--header);
    font-weight: 600;
  }
  .place {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-size: calc(var(--t) * 3.6);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .clock {
    flex: none;
    margin-inline-start: 0.6em;
    font-size: calc(var(--t) * 4.6);
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
    inline-size: calc(var(--c) * 40);
    margin-inline-start: var(--padding);
    overflow: hidden;
    border-radius: calc(var(--v) * 1.6);
    background: var(--frontdesk-surface-hover);
  }
  .portrait .media {
    inline-size: auto;
    block-size: var(--media);
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
  .newest {
    display: flex;
    flex: 1;
    min-block-size: 0;
  }
  .hero {
    flex: 1;
    min-inline-size: 0;
    padding: 0 calc(var(--label-size) * 0.16);
  }
  .stacked {
    flex-direction: column;
    align-items: flex-start;
    justify-content: center;
  }
  .row.stacked .counter {
    -webkit-line-clamp: 1;
  }
  .stacked .arrow {
    margin-inline-start: 0;
  }
  .stacked .where {
    margin-block-start: calc(var(--counter-size) * 0.3);
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
    margin-inline-start: calc(var(--counter-size) * 0.4);
    margin-inline-end: calc(var(--counter-size) * 0.3);
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
    grid-auto-rows: var(--row-height);
    margin-block-start: calc(var(--v) * 1.6);
  }
  .rows--alone {
    margin-block-start: 0;
  }
  .row {
    padding: 0 calc(var(--padding) * 0.9);
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
    font-size: calc(var(--t) * 6);
    font-weight: 500;
    text-align: center;
  }
  .none small {
    margin-block-start: 0.5em;
    font-size: 0.66em;
    font-weight: 400;
  }

  @media (forced-colors: active) {
    .emphasized {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
