import { css } from 'lit';

/** `.card` on the board: its state is an edge and a ground. */
export const cardStyles = css`
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
  .card--session {
    --card-edge: var(--frontdesk-info);
    --card-ground: var(--frontdesk-info-soft);
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
    display: flex;
    flex: none;
    gap: 4px;
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
`;
