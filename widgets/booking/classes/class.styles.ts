import { css } from '@lit/reactive-element/css-tag.js';

export const classStyles = css`
  .steps {
    container: booking / inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
  }
  .party {
    max-inline-size: 240px;
  }
  .party__select {
    max-inline-size: 112px;
    appearance: auto;
  }
  .session-day {
    display: grid;
    gap: 8px;
  }
  .session-day__name {
    font-size: var(--frontdesk-size-14);
    font-weight: 600;
  }
  .session .choice__name {
    font-variant-numeric: tabular-nums;
  }
  .session__room {
    color: var(--frontdesk-success);
    font-weight: 500;
  }
  .session--full .session__room {
    color: var(--frontdesk-text-muted);
  }
  .session__act {
    color: var(--frontdesk-accent-strong);
    font-weight: 500;
  }
  .session[aria-disabled='true'] {
    cursor: default;
  }
  .chosen {
    display: grid;
    gap: 2px;
    justify-items: start;
    max-inline-size: 480px;
    padding: 12px 16px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
  }
  .chosen__when {
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .chosen .link {
    margin-inline-start: -4px;
  }
  .dates {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .pages,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .status {
    justify-self: start;
    padding: 2px 12px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-success-soft);
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
  }
  .status--offered,
  .status--waiting {
    background: var(--frontdesk-accent-soft);
  }
  .status--lapsed,
  .status--cancelled {
    background: var(--frontdesk-surface-hover);
  }

  @container booking (inline-size >= 448px) {
    .session .choice__text {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .session .choice__text > * {
      grid-column: 1;
    }
    .session .choice__text > .session__act {
      grid-row: 1 / span 3;
      grid-column: 2;
      align-self: center;
    }
  }
  @media (forced-colors: active) {
    .status {
      border: 1px solid CanvasText;
    }
  }
`;
