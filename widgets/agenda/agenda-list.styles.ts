import { css } from 'lit';

/** `.chip`: what became of a booking, in words and with a picture. */
export const chipStyles = css`
  .chip {
    display: inline-flex;
    flex: none;
    gap: 4px;
    align-items: center;
    padding: 2px 8px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-surface-hover);
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-12);
    font-weight: 500;
  }
  .chip .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .chip--confirmed {
    background: var(--frontdesk-accent-soft);
  }
  .chip--requested,
  .chip--pending-payment {
    background: var(--frontdesk-warning-soft);
  }
  .chip--arrived {
    background: var(--frontdesk-success-soft);
  }
  .chip--no-show,
  .chip--declined,
  .chip--cancelled-by-customer,
  .chip--cancelled-by-business {
    background: var(--frontdesk-danger-soft);
  }
  @media (forced-colors: active) {
    .chip {
      border: 1px solid CanvasText;
    }
  }
`;

export const listStyles = [
  chipStyles,
  css`
    :host {
      min-block-size: 0;
    }
    .root {
      block-size: 100%;
      background: var(--frontdesk-surface);
      container-type: inline-size;
    }
    ul {
      max-inline-size: 860px;
      margin-inline: auto;
    }
    li {
      border-block-end: 1px solid var(--frontdesk-line);
    }
    .row {
      appearance: none;
      display: flex;
      gap: 4px 16px;
      align-items: center;
      inline-size: 100%;
      min-block-size: 64px;
      padding: 10px 16px;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .row:hover {
      background: var(--frontdesk-surface-hover);
    }
    .row[aria-current] {
      background: var(--frontdesk-accent-soft);
    }
    .row:focus-visible {
      outline-offset: -2px;
    }
    .row__time {
      display: grid;
      flex: none;
      min-inline-size: 72px;
      white-space: nowrap;
    }
    .row__time .muted {
      font-size: var(--frontdesk-size-13);
    }
    .row__what {
      display: grid;
      flex: 1;
      min-inline-size: 0;
    }
    .row__what > * {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .row--block {
      background: var(--frontdesk-surface-sunken);
    }
    @container (inline-size < 480px) {
      .row:not(.row--block) {
        display: grid;
        grid-template-columns: 76px minmax(0, 1fr);
        gap: 4px 12px;
      }
      .row .chip {
        grid-column: 2;
        justify-self: start;
      }
    }
  `,
];
