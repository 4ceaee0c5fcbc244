import { css } from '@lit/reactive-element/css-tag.js';

/** The month and the times of a day: one after the other on a phone, side by side where there is room. */
export const timeStyles = css`
  .time--day frontdesk-booking-calendar {
    display: none;
  }
  .times {
    min-inline-size: 0;
  }
  p a {
    color: var(--frontdesk-accent-strong);
  }
  .notice + .time {
    margin-block-start: 16px;
  }
  .zone {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
    margin-block-end: 12px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .zone p {
    flex: 1 1 0;
  }
  .zone .link {
    flex: 1 0 100%;
    margin-inline-start: -4px;
    font-size: var(--frontdesk-size-13);
  }
  .day__back {
    min-block-size: 44px;
    margin-inline-start: -4px;
  }
  .day__name {
    padding-block: 4px;
    font-size: var(--frontdesk-size-16);
  }
  .part {
    margin-block: 12px 8px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
  }
  .slots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(88px, 1fr));
    gap: 8px;
  }
  .slot {
    appearance: none;
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    padding: 8px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-16);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
    cursor: pointer;
    touch-action: manipulation;
    transition: background-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .slot:hover {
    border-color: var(--frontdesk-accent);
    background: var(--frontdesk-accent-soft);
  }
  .slot[aria-pressed='true'] {
    border-color: transparent;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
  }
  .slot[aria-disabled='true']:not([aria-pressed='true']) {
    color: var(--frontdesk-text-muted);
    cursor: default;
  }
  .no-day {
    display: grid;
    gap: 12px;
    justify-items: center;
    padding: 8px 16px;
    color: var(--frontdesk-text-muted);
    text-align: center;
  }
  .notice {
    font-size: var(--frontdesk-size-14);
  }
  .notice__text {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    gap: 8px;
    min-inline-size: 0;
  }
  .notice .button {
    justify-self: start;
  }
  .notice .muted {
    color: inherit;
  }
  .alternatives {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(168px, 100%), 1fr));
    gap: 8px;
  }
  .alternatives .slot {
    font-size: var(--frontdesk-size-14);
  }

  @container booking (inline-size >= 448px) {
    .time {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(184px, 224px);
      gap: 24px;
    }
    .time--day frontdesk-booking-calendar {
      display: block;
    }
    .day__back {
      display: none;
    }
    /* A long day scrolls beside its month, and its end fades so that it is seen to; the padding leaves room for the focus. */
    .day {
      max-block-size: 448px;
      margin: -4px;
      padding: 4px 4px 24px;
      overflow-y: auto;
      mask-image: linear-gradient(#000 calc(100% - 24px), transparent);
    }
    .no-day {
      align-content: center;
      min-block-size: 320px;
    }
    .slots {
      grid-template-columns: repeat(auto-fill, minmax(80px, 1fr));
    }
  }
  @media (forced-colors: active) {
    .slot[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
