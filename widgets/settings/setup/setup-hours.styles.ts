import { css } from 'lit';

export const hoursStyles = css`
  .day {
    display: grid;
    grid-template-columns: 104px minmax(0, 1fr);
    gap: 4px 12px;
    align-items: start;
    padding-block: 8px;
  }
  .day + .day {
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .day__name {
    padding-block-start: 10px;
    font-weight: 500;
  }
  .windows {
    display: grid;
    gap: 8px;
  }
  .window,
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }
  .window .input {
    inline-size: 112px;
  }
  /* The field opens by itself where there is a picker; its own button would cover the time on a phone. */
  .input[type='time']::-webkit-calendar-picker-indicator {
    display: none;
  }
  .date {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: end;
    padding-block: 8px;
  }
  .date .input {
    inline-size: auto;
    min-inline-size: 150px;
  }
  .date .label {
    flex: 1 1 160px;
  }
  @media (max-width: 520px) {
    .day {
      grid-template-columns: minmax(0, 1fr);
    }
    .window .input {
      inline-size: 100px;
      padding-inline: 10px 6px;
    }
  }
`;
