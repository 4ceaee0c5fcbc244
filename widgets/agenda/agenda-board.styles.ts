import { css } from 'lit';

export const boardStyles = css`
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
  .block,
  .card {
    appearance: none;
    display: flex;
    flex-direction: column;
    align-items: stretch;
    margin: 0;
    overflow: hidden;
    border: 1px solid transparent;
    border-radius: var(--frontdesk-radius-control);
    color: var(--frontdesk-text);
    font: inherit;
    font-size: var(--frontdesk-size-12);
    line-height: 1.35;
    text-align: start;
    cursor: pointer;
    user-select: none;
    -webkit-touch-callout: none;
  }
  .block {
    padding: 4px 8px;
    border-color: var(--frontdesk-line-strong);
    border-radius: 0;
    background: repeating-linear-gradient(
      135deg,
      var(--frontdesk-neutral-3) 0 6px,
      var(--frontdesk-neutral-5) 6px 12px
    );
  }
  .block span {
    align-self: start;
    max-inline-size: 100%;
    padding: 0 6px;
    overflow: hidden;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card {
    z-index: 1;
    inset-inline-end: auto;
    padding: 2px 8px;
    border-color: color-mix(in srgb, var(--card-edge) 45%, transparent);
    border-inline-start: 4px solid var(--card-edge);
    background: var(--card-ground);
    --card-edge: var(--frontdesk-accent-strong);
    --card-ground: var(--frontdesk-accent-soft);
  }
  .card:hover {
    box-shadow: var(--frontdesk-shadow-1);
  }
  .card:focus-visible {
    z-index: 3;
    outline-offset: 0;
  }
  .card[aria-current] {
    box-shadow: 0 0 0 2px var(--card-edge);
  }
  .card--movable {
    cursor: grab;
  }
  .card--requested,
  .card--pending-payment {
    border-style: dashed;
    border-inline-start-style: solid;
    --card-edge: var(--frontdesk-warning);
    --card-ground: var(--frontdesk-warning-soft);
  }
  .card--arrived {
    --card-edge: var(--frontdesk-success);
    --card-ground: var(--frontdesk-success-soft);
  }
  .card--completed {
    --card-edge: var(--frontdesk-neutral-9);
    --card-ground: var(--frontdesk-neutral-3);
  }
  .card--no-show,
  .card--declined,
  .card--expired,
  .card--payment-late,
  .card--cancelled-by-customer,
  .card--cancelled-by-business {
    --card-edge: var(--frontdesk-danger);
    --card-ground: var(--frontdesk-surface);
  }
  .card--no-show .card__name,
  .card--declined .card__name,
  .card--expired .card__name,
  .card--cancelled-by-customer .card__name,
  .card--cancelled-by-business .card__name {
    text-decoration: line-through;
  }
  .card--lifted,
  .card--pending {
    opacity: 0.5;
  }
  .card__line {
    display: flex;
    flex: none;
    gap: 4px;
    align-items: center;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card__name {
    flex: 1;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
  }
  .card__state {
    flex: none;
    color: var(--card-edge);
  }
  .card__state .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .card__time {
    flex: none;
  }
  .card__service {
    overflow: hidden;
    min-inline-size: 0;
    text-overflow: ellipsis;
  }
  .card__service::before {
    content: '· ';
  }
  .card--short {
    flex-direction: row;
    gap: 8px;
    align-items: center;
    padding-block: 0;
  }
  .card--short .card__line:first-child {
    flex: 1 1 auto;
    min-inline-size: 40px;
  }
  .card--short .card__line:nth-child(2) {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  .card--short .card__service {
    display: none;
  }
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
  .block,
  .card {
    appearance: none;
    display: flex;
    flex-direction: column;
    align-items: stretch;
    margin: 0;
    overflow: hidden;
    border: 1px solid transparent;
    border-radius: var(--frontdesk-radius-control);
    color: var(--frontdesk-text);
    font: inherit;
    font-size: var(--frontdesk-size-12);
    line-height: 1.35;
    text-align: start;
    cursor: pointer;
    user-select: none;
    -webkit-touch-callout: none;
  }
  .block {
    padding: 4px 8px;
    border-color: var(--frontdesk-line-strong);
    border-radius: 0;
    background: repeating-linear-gradient(
      135deg,
      var(--frontdesk-neutral-3) 0 6px,
      var(--frontdesk-neutral-5) 6px 12px
    );
  }
  .block span {
    align-self: start;
    max-inline-size: 100%;
    padding: 0 6px;
    overflow: hidden;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card {
    z-index: 1;
    inset-inline-end: auto;
    padding: 2px 8px;
    border-color: color-mix(in srgb, var(--card-edge) 45%, transparent);
    border-inline-start: 4px solid var(--card-edge);
    background: var(--card-ground);
    --card-edge: var(--frontdesk-accent-strong);
    --card-ground: var(--frontdesk-accent-soft);
  }
  .card:hover {
    box-shadow: var(--frontdesk-shadow-1);
  }
  .card:focus-visible {
    z-index: 3;
    outline-offset: 0;
  }
  .card[aria-current] {
    box-shadow: 0 0 0 2px var(--card-edge);
  }
  .card--movable {
    cursor: grab;
  }
  .card--requested,
  .card--pending-payment {
    border-style: dashed;
    border-inline-start-style: solid;
    --card-edge: var(--frontdesk-warning);
    --card-ground: var(--frontdesk-warning-soft);
  }
  .card--arrived {
    --card-edge: var(--frontdesk-success);
    --card-ground: var(--frontdesk-success-soft);
  }
  .card--completed {
    --card-edge: var(--frontdesk-neutral-9);
    --card-ground: var(--frontdesk-neutral-3);
  }
  .card--no-show,
  .card--declined,
  .card--expired,
  .card--payment-late,
  .card--cancelled-by-customer,
  .card--cancelled-by-business {
    --card-edge: var(--frontdesk-danger);
    --card-ground: var(--frontdesk-surface);
  }
  .card--no-show .card__name,
  .card--declined .card__name,
  .card--expired .card__name,
  .card--cancelled-by-customer .card__name,
  .card--cancelled-by-business .card__name {
    text-decoration: line-through;
  }
  .card--lifted,
  .card--pending {
    opacity: 0.5;
  }
  .card__line {
    display: flex;
    flex: none;
    gap: 4px;
    align-items: center;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card__name {
    flex: 1;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
  }
  .card__state {
    flex: none;
    color: var(--card-edge);
  }
  .card__state .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .card--short {
    flex-direction: row;
    gap: 8px;
    align-items: center;
    padding-block: 0;
  }
  .card--short .card__line:first-child {
    flex: 0 1 auto;
  }
  .card--short .card__line {
    flex-shrink: 1;
    min-inline-size: 0;
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
`;
