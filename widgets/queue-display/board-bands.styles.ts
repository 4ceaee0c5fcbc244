import { css } from 'lit';

/** What stands around the calls: those before, notice, footer, the code to join with, badge, and the night. Lengths as in `queue-board.styles.ts`. */
export const bandStyles = css`
  .below {
    display: flex;
    flex: none;
  }
  .bands {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: flex-end;
    min-inline-size: 0;
  }
  .below .join {
    flex: none;
    flex-direction: row-reverse;
    block-size: calc(var(--recent) + var(--footer));
    margin-inline-start: var(--padding);
    font-size: calc(var(--t) * 2.2);
    font-weight: 600;
    line-height: 1.3;
  }
  .join::part(caption) {
    inline-size: calc(var(--t) * 11.5);
    margin-inline-end: 0.6em;
    text-align: end;
  }
  .portrait .join {
    flex-direction: column;
  }
  .none .join {
    margin-block-start: calc(var(--v) * 3);
    font-size: 0.66em;
  }
  .portrait .join::part(caption),
  .none .join::part(caption) {
    inline-size: auto;
    max-inline-size: calc(var(--code-size) * 1.1);
    margin-block-start: 0.3em;
    margin-inline-end: 0;
    text-align: center;
  }
  .none .join::part(caption) {
    max-inline-size: none;
  }

  .recent {
    display: flex;
    flex: none;
    align-items: stretch;
    block-size: var(--recent);
    padding-block-start: calc(var(--v) * 2);
    padding-block-end: calc(var(--v) * 1);
  }
  .past {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    justify-content: center;
    min-inline-size: 0;
    padding-inline-start: calc(var(--t) * 1.8);
    border-inline-start: 2px solid var(--frontdesk-line);
  }
  .past:first-child {
    padding-inline-start: 0;
    border-inline-start: 0;
  }
  .past div {
    display: flex;
    align-items: baseline;
    overflow: hidden;
    white-space: nowrap;
  }
  .past b {
    font-size: calc(var(--t) * 4.4);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 1.15;
  }
  .past time {
    margin-inline-start: 0.6em;
    font-size: calc(var(--t) * 2.3);
    font-variant-numeric: tabular-nums;
  }
  .past span {
    overflow: hidden;
    font-size: calc(var(--t) * 2.6);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Six recent calls keep their times beside the code. */
  .below--code .past:not(:first-child) {
    padding-inline-start: calc(var(--t) * 1.1);
  }
  .below--code .past time {
    margin-inline-start: 0.45em;
  }
  .root:not(.portrait) .below--code .past b {
    font-size: calc(var(--t) * 3.3);
  }
  .root:not(.portrait) .below--code .past time {
    font-size: calc(var(--t) * 1.9);
  }
  .root:not(.portrait) .below--code .past span {
    font-size: calc(var(--t) * 2.3);
  }
  .portrait .recent {
    flex-wrap: wrap;
    padding-block-start: calc(var(--v) * 1);
  }
  .portrait .past {
    flex: 0 0 33.3%;
  }
  .portrait .past:nth-child(3n + 1) {
    padding-inline-start: 0;
    border-inline-start: 0;
  }

  .notice {
    display: flex;
    flex: none;
    align-items: center;
    block-size: var(--notice);
    margin: 0 calc(var(--padding) * -1);
    padding: 0 var(--padding);
    background: var(--frontdesk-text);
    color: var(--frontdesk-surface);
    font-size: calc(var(--t) * 3);
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
    block-size: var(--footer);
    font-size: calc(var(--t) * 2.7);
  }
  .portrait .footer {
    flex-direction: column;
    align-items: flex-start;
    justify-content: center;
  }
  .portrait .ask {
    margin-inline-start: 0;
  }
  .portrait .ticker {
    flex: none;
    margin-inline-start: 0;
    max-inline-size: 100%;
    text-align: start;
  }
  .portrait .waiting--beside {
    max-inline-size: 100%;
  }
  /* What does not fit goes to a line that nobody sees: whole, so that no count is cut in two. */
  .waiting {
    display: flex;
    flex: 0 1 auto;
    flex-wrap: wrap;
    block-size: 1.4em;
    min-inline-size: 0;
    max-inline-size: 100%;
    overflow: hidden;
    line-height: 1.4;
    white-space: nowrap;
  }
  .portrait .waiting:only-child {
    block-size: 2.8em;
  }
  .waiting--beside {
    max-inline-size: 64%;
  }
  /* A name longer than the whole line gives way to its count. */
  .waiting li {
    display: flex;
    max-inline-size: 100%;
    margin-inline-end: 1.4em;
  }
  .waiting bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .waiting b {
    flex: none;
    margin-inline-start: 0.3em;
    font-weight: 650;
  }
  .ticker {
    flex: 1;
    min-inline-size: 0;
    margin-inline-start: 1em;
    overflow: hidden;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .badge {
    flex: none;
    margin-inline-start: 0.6em;
    padding: 0.3em 0.9em;
    border-radius: 999px;
    background: #7a1f12;
    color: #fff;
    font-size: calc(var(--t) * 2.8);
    font-weight: 600;
  }
  .ask {
    flex: none;
    margin-inline-start: 0.8em;
    /* On a small screen the walk against burn-in needs its room. */
    min-block-size: min(44px, calc(var(--footer) - 10px));
    padding: 0 1.2em;
    border: 0;
    border-radius: 999px;
    background: var(--display-emphasis);
    color: var(--display-on-emphasis);
    cursor: pointer;
    font: inherit;
    font-size: calc(var(--t) * 2.2 + 6px);
    font-weight: 600;
    line-height: 1.4;
  }

  .root--night {
    background: #000;
  }
  .night {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    block-size: 100%;
    color: #a8a8b0;
    text-align: center;
  }
  .night .clock {
    margin: 0;
    font-size: calc(var(--t) * 18);
    font-weight: 300;
    line-height: 1.1;
  }
  .night p {
    font-size: calc(var(--t) * 4.4);
  }

  @media (prefers-reduced-motion: no-preference) {
    .ticker {
      animation: appear var(--frontdesk-motion) var(--frontdesk-ease);
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }
  @media (forced-colors: active) {
    .badge,
    .ask,
    .notice {
      border: 2px solid CanvasText;
    }
  }
`;
