import { css } from '@lit/reactive-element/css-tag.js';

export const formStyles = css`
  form,
  .sent {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    overflow-wrap: anywhere;
  }
  .reach {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 152px), 1fr));
    gap: 12px;
  }
  textarea.input {
    min-block-size: 112px;
    resize: vertical;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .row .button {
    flex: 1 1 128px;
  }
  .sent {
    padding: 16px;
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-success-soft);
  }
  .sent h3 {
    display: flex;
    gap: 8px;
    align-items: center;
    color: var(--frontdesk-success);
    font-size: var(--frontdesk-size-16);
  }
  .sent .button {
    justify-self: start;
  }
`;
