import { css } from 'lit';
import { cardStyles } from './agenda-card.styles.js';

export const boardStyles = [
  css`
    :host {
      min-block-size: 0;
    }
    .root {
      block-size: 100%;
      background: var(--frontdesk-surface);
    }
    .board {
      display: flex;
      block-size: 100%;
    }
    .board--dragging {
      cursor: grabbing;
      user-select: none;
    }
    .hours {
      position: sticky;
      z-index: 3;
      inset-inline-start: 0;
      flex: none;
      inline-size: 60px;
      block-size: max-content;
      border-inline-end: 1px solid var(--frontdesk-line);
      background: var(--frontdesk-surface);
    }
    .head {
      position: sticky;
      z-index: 2;
      inset-block-start: 0;
      display: flex;
      gap: 6px;
      align-items: center;
      justify-content: center;
      block-size: 40px;
      padding-inline: 8px;
      border-block-end: 1px solid var(--frontdesk-line);
      background: var(--frontdesk-surface);
      font-size: var(--frontdesk-size-13);
    }
    .head span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .head .icon {
      color: var(--frontdesk-text-muted);
    }
    .head--today {
      color: var(--frontdesk-accent-strong);
      box-shadow: inset 0 -2px 0 var(--frontdesk-accent-strong);
    }
    .column {
      flex: 1 0 150px;
      min-inline-size: 0;
      block-size: max-content;
      border-inline-end: 1px solid var(--frontdesk-line);
    }
    /* A phone shows one column, and swipes to the next. */
    .board--single {
      scroll-snap-type: inline proximity;
      scroll-padding-inline-start: 60px;
    }
    .board--single .column {
      flex: 0 0 calc(100% - 60px);
      scroll-snap-align: start;
    }
    .scale,
    .track {
      position: relative;
      margin-block-end: 12px;
    }
    .track {
      /* A line each hour; an hour is 84 px high. */
      background: repeating-linear-gradient(to bottom, var(--frontdesk-line) 0 1px, transparent 1px 84px);
    }
    .hour {
      position: absolute;
      inset-inline: 0;
      padding-inline-end: 8px;
      color: var(--frontdesk-text-muted);
      font-size: var(--frontdesk-size-12);
      line-height: 1;
      text-align: end;
      translate: 0 -5px;
    }
    .hour:first-child {
      translate: 0 4px;
    }
    .closed,
    .now,
    .block,
    .card,
    .ghost {
      position: absolute;
      inset-inline: 0;
    }
    .closed {
      background: var(--frontdesk-surface-sunken);
      opacity: 0.7;
      pointer-events: none;
    }
    .now {
      z-index: 2;
      border-block-start: 2px solid var(--frontdesk-danger);
      pointer-events: none;
    }
    .now::before {
      position: absolute;
      inset-block-start: -5px;
      inset-inline-start: -1px;
      inline-size: 8px;
      block-size: 8px;
      border-radius: var(--frontdesk-radius-full);
      background: var(--frontdesk-danger);
      content: '';
    }
    .ghost {
      z-index: 4;
      display: grid;
      align-content: start;
      padding: 2px 8px;
      overflow: hidden;
      border: 2px solid var(--frontdesk-accent-strong);
      border-radius: var(--frontdesk-radius-control);
      background: var(--frontdesk-surface-raised);
      box-shadow: var(--frontdesk-shadow-2);
      font-size: var(--frontdesk-size-12);
      pointer-events: none;
    }
    .ghost--refused {
      border-color: var(--frontdesk-danger);
      border-style: dashed;
      color: var(--frontdesk-text-muted);
    }
    @media (forced-colors: active) {
      .card,
      .block {
        border-color: ButtonBorder;
      }
      .now {
        border-color: Highlight;
      }
    }
  `,
  cardStyles,
];
