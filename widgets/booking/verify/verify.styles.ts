import { css } from '@lit/reactive-element/css-tag.js';

export const verifyStyles = css`
  .verify {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-inline-size: 480px;
  }
  .verify__title {
    font-size: var(--frontdesk-size-16);
    line-height: 1.35;
  }
  .address {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .code {
    max-inline-size: 12ch;
    font-family: var(--frontdesk-font-mono);
    font-size: var(--frontdesk-size-24);
    letter-spacing: 0.16em;
  }
  .button {
    font-size: var(--frontdesk-size-16);
  }
  .button--small {
    font-size: var(--frontdesk-size-14);
    font-variant-numeric: tabular-nums;
  }
  .submit {
    min-block-size: 48px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
  }
`;
