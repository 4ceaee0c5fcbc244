import { css } from 'lit';

/** The arrow of a `select.input`, which loses the browser's own with `appearance: none`. Of use only where something is chosen from a list. */
export const selectStyles = css`
  select.input {
    padding-inline-end: 36px;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--frontdesk-text-muted) 50%),
      linear-gradient(-45deg, transparent 50%, var(--frontdesk-text-muted) 50%);
    background-position:
      calc(100% - 19px) 55%,
      calc(100% - 14px) 55%;
    background-repeat: no-repeat;
    background-size: 5px 5px;
  }
  select.input:dir(rtl) {
    background-position:
      14px 55%,
      19px 55%;
  }
  @media (forced-colors: active) {
    select.input {
      appearance: auto;
      background-image: none;
    }
  }
`;
