import { css } from '@lit/reactive-element/css-tag.js';

export const calendarStyles = css`
  header {
    display: grid;
    grid-template-columns: 44px 1fr 44px;
    align-items: center;
    max-inline-size: 384px;
    margin: 0 auto 8px;
  }
  h3 {
    font-size: var(--frontdesk-size-16);
    text-align: center;
  }
  table {
    inline-size: 100%;
    max-inline-size: 384px;
    margin-inline: auto;
    border-collapse: separate;
    border-spacing: 0 2px;
    table-layout: fixed;
  }
  th {
    padding: 4px 0;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
    font-weight: 500;
    text-align: center;
  }
  td {
    block-size: 44px;
    padding: 0;
    text-align: center;
    cursor: default;
  }
  .day {
    position: relative;
    display: inline-grid;
    place-items: center;
    inline-size: min(44px, 100% - 4px);
    aspect-ratio: 1;
    border: 2px solid transparent;
    border-radius: var(--frontdesk-radius-full);
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-16);
    font-variant-numeric: tabular-nums;
    line-height: 1;
    transition: background-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  td:focus-visible {
    outline: none;
  }
  td:focus-visible .day {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: 2px;
  }
  .free {
    cursor: pointer;
  }
  .free .day {
    background: var(--frontdesk-accent-soft);
    color: var(--frontdesk-accent-strong);
    font-weight: 600;
  }
  .free:hover .day {
    border-color: var(--frontdesk-accent);
  }
  td[aria-selected='true'] .day {
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
    font-weight: 600;
  }
  .past .day {
    text-decoration: line-through;
    text-decoration-thickness: 1px;
    opacity: 0.7;
  }
  [aria-current] .day::after {
    position: absolute;
    inset-block-end: 10%;
    inline-size: 4px;
    block-size: 4px;
    border-radius: var(--frontdesk-radius-full);
    background: currentColor;
    content: '';
  }
  .hint {
    min-block-size: 1.5em;
    margin-block-start: 8px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    text-align: center;
  }
  [aria-busy='true'] .day {
    color: var(--frontdesk-text-muted);
  }
  @media (prefers-reduced-motion: no-preference) {
    [aria-busy='true'] tbody {
      animation: wait 1200ms ease-in-out infinite alternate;
    }
    @keyframes wait {
      to {
        opacity: 0.5;
      }
    }
  }
  @media (forced-colors: active) {
    .free .day {
      border-color: LinkText;
      color: LinkText;
    }
    td[aria-selected='true'] .day {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .past .day {
      color: GrayText;
    }
  }
`;
