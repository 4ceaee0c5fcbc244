import { css } from 'lit';

export const accessStyles = css`
  :host {
    block-size: 100%;
  }
  .root {
    display: grid;
    place-items: center;
    min-block-size: 100%;
    padding: 24px 16px;
    background: var(--frontdesk-surface-sunken);
  }
  .panel {
    display: grid;
    gap: 16px;
    inline-size: min(400px, 100%);
    padding: 32px;
  }
  h1 {
    font-size: var(--frontdesk-size-24);
    outline: none;
    text-wrap: balance;
  }
  .lead {
    margin-block: -8px 4px;
    color: var(--frontdesk-text-muted);
  }
  form {
    display: grid;
    gap: 16px;
  }
  form .button {
    margin-block-start: 4px;
  }
  .notice .icon {
    margin-block-start: 2px;
  }
  .or {
    display: flex;
    gap: 12px;
    align-items: center;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--frontdesk-line);
  }
  .links {
    display: grid;
    justify-items: center;
    margin-block-end: -8px;
  }
  .sent {
    display: grid;
    gap: 12px;
    justify-items: center;
    text-align: center;
  }
  .sent > .icon {
    inline-size: 32px;
    block-size: 32px;
    stroke-width: 1.5;
    color: var(--frontdesk-accent-strong);
  }
  @media (max-width: 480px) {
    .panel {
      padding: 24px 20px;
    }
  }
`;
