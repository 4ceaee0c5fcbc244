import { css } from '@lit/reactive-element/css-tag.js';

/** One column like a good business card: whether it is open, who it is, how to reach them. Sizes follow the width of the card. */
export const cardStyles = css`
  .card {
    container-type: inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    max-inline-size: 448px;
    padding: 24px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
    font-size: var(--frontdesk-size-16);
    overflow-wrap: anywhere;
  }
  /* A text in another script stays at the side where the card begins. */
  [dir='auto'] {
    text-align: match-parent;
  }
  a {
    color: inherit;
    text-decoration: none;
    touch-action: manipulation;
  }
  .state {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-self: start;
    padding: 4px 12px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-surface-hover);
    font-size: var(--frontdesk-size-14);
    font-variant-numeric: tabular-nums;
  }
  .state strong {
    font-weight: 600;
  }
  .state__dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid var(--frontdesk-text-muted);
    border-radius: var(--frontdesk-radius-full);
  }
  .state--open {
    background: var(--frontdesk-success-soft);
  }
  .state--open strong {
    color: var(--frontdesk-success);
  }
  .state--open .state__dot {
    border-color: var(--frontdesk-success);
    background: var(--frontdesk-success);
  }
  header {
    display: flex;
    gap: 16px;
    align-items: center;
  }
  .portrait {
    flex: none;
    inline-size: 72px;
    block-size: 72px;
    border-radius: var(--frontdesk-radius-card);
    object-fit: cover;
  }
  .portrait--letters {
    display: grid;
    place-items: center;
    background: var(--frontdesk-accent-soft);
    color: var(--frontdesk-accent-strong);
    font-size: var(--frontdesk-size-24);
    font-weight: 600;
    letter-spacing: 0.02em;
    user-select: none;
  }
  .names {
    min-inline-size: 0;
  }
  h2 {
    font-size: var(--frontdesk-size-24);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .names p {
    color: var(--frontdesk-text-muted);
  }
  .about {
    text-wrap: pretty;
  }
  .main {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .button {
    flex: 1 1 auto;
    min-block-size: 48px;
    font-size: var(--frontdesk-size-16);
  }
  .rows {
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    overflow: hidden;
  }
  .rows li + li {
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .row,
  .foot {
    appearance: none;
    margin: 0;
    border: 0;
    background: none;
    font: inherit;
    cursor: pointer;
  }
  .row {
    display: flex;
    gap: 16px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 56px;
    padding: 8px 16px;
    text-align: start;
    transition: background-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .row:hover,
  .chip:hover,
  .foot:hover {
    background: var(--frontdesk-surface-hover);
  }
  .row:focus-visible {
    outline-offset: -2px;
    border-radius: var(--frontdesk-radius-card);
  }
  .row > .icon,
  .place > .icon,
  summary > .icon:first-child {
    color: var(--frontdesk-accent-strong);
  }
  .row__words {
    display: grid;
    line-height: 1.35;
  }
  .row__label {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .row__text {
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .rows bdi {
    unicode-bidi: isolate;
  }
  .problem {
    padding: 8px 16px 12px;
    color: var(--frontdesk-danger);
    font-size: var(--frontdesk-size-14);
  }
  .place {
    display: flex;
    gap: 16px;
    padding-inline: 16px;
  }
  .place > .icon {
    margin-block-start: 2px;
  }
  .maps,
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .maps {
    margin-block-start: 8px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    min-block-size: 32px;
    padding: 4px 12px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-full);
    color: var(--frontdesk-accent-strong);
    font-size: var(--frontdesk-size-14);
    font-weight: 500;
  }
  .hours {
    padding-inline: 16px;
  }
  summary {
    display: flex;
    gap: 16px;
    align-items: center;
    min-block-size: 44px;
    border-radius: var(--frontdesk-radius-control);
    font-weight: 500;
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .chevron {
    margin-inline-start: auto;
    color: var(--frontdesk-text-muted);
    transition: transform var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  [open] > summary .chevron {
    transform: rotate(180deg);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    overflow-wrap: break-word;
    font-size: var(--frontdesk-size-14);
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 6px 0;
    border-block-start: 1px solid var(--frontdesk-line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  td {
    padding-inline-start: 12px;
    text-align: end;
  }
  td span,
  small {
    display: block;
  }
  small {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
  }
  .today > * {
    font-weight: 600;
  }
  .link {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-block-size: 44px;
    padding-inline: 16px;
    color: var(--frontdesk-accent-strong);
    font-weight: 500;
  }
  .link:hover {
    text-decoration: underline;
  }
  .write {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    margin: 0 -8px -12px;
    padding-block-start: 12px;
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .foot {
    display: inline-flex;
    flex: 1 1 auto;
    gap: 8px;
    align-items: center;
    justify-content: center;
    min-block-size: 44px;
    padding: 8px 12px;
    border-radius: var(--frontdesk-radius-control);
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-14);
    font-weight: 500;
  }
  .foot .icon {
    color: var(--frontdesk-text-muted);
  }
  @media (pointer: coarse) {
    .chip {
      min-block-size: 44px;
      padding-inline: 16px;
    }
  }
  @container (inline-size < 320px) {
    header {
      align-items: flex-start;
    }
    .portrait {
      inline-size: 56px;
      block-size: 56px;
    }
    h2 {
      font-size: var(--frontdesk-size-20);
    }
  }
  @media (max-width: 359px) {
    .card {
      padding: 20px 16px;
    }
    .row,
    .place,
    .hours {
      padding-inline: 12px;
    }
    .row,
    .place {
      gap: 12px;
    }
  }
  @media (forced-colors: active) {
    .state,
    .portrait--letters {
      border: 1px solid CanvasText;
    }
    .state--open .state__dot {
      background: CanvasText;
    }
  }
`;
