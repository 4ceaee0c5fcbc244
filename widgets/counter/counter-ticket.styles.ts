import { css } from 'lit';

export const ticketStyles = css`
  :host {
    display: grid;
  }
  /* What to press next stays at the lower edge, wherever the text above it ends: the hand finds it without the eye. */
  .now {
    display: flex;
    flex-direction: column;
    gap: 16px;
    justify-content: space-between;
    padding: 20px 24px 24px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
  }
  .about,
  .do {
    display: grid;
    gap: 8px;
  }
  .headline {
    font-size: var(--frontdesk-size-32);
    text-wrap: balance;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 24px;
  }
  .phase {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    color: var(--frontdesk-accent-strong);
    font-size: var(--frontdesk-size-13);
    font-weight: 600;
  }
  .phase--serving {
    color: var(--frontdesk-success);
  }
  .phase::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border-radius: var(--frontdesk-radius-full);
    background: currentColor;
  }
  .receipt {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .receipt--shown {
    color: var(--frontdesk-success);
  }
  .receipt--missing {
    color: var(--frontdesk-warning);
    font-weight: 500;
  }
  .label {
    font-size: clamp(48px, 14cqi, 92px);
    font-weight: 700;
    line-height: 1;
    letter-spacing: -0.02em;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    font-size: var(--frontdesk-size-16);
  }
  .service {
    font-weight: 600;
  }
  .why {
    max-inline-size: 60ch;
    color: var(--frontdesk-text-muted);
    text-wrap: pretty;
  }
  .tag {
    padding: 0 10px;
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-full);
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
    line-height: 24px;
  }
  .tag--open {
    border-style: dashed;
  }
  .person {
    display: grid;
    gap: 4px;
    padding: 12px 16px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-hover);
  }
  .person__line {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
  }
  .person__name {
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .person a {
    color: var(--frontdesk-accent-strong);
  }
  .person__note {
    white-space: pre-line;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .actions .button {
    flex: 0 1 auto;
  }
  .big {
    min-block-size: 72px;
    inline-size: 100%;
    font-size: var(--frontdesk-size-20);
    font-weight: 600;
  }
  .button .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .button.pending .icon {
    opacity: 0.4;
  }
  kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 22px;
    block-size: 22px;
    padding-inline: 4px;
    border: 1px solid currentColor;
    border-radius: 4px;
    font: 500 var(--frontdesk-size-12) / 1 var(--frontdesk-font);
    opacity: 0.75;
  }
  .count--short {
    display: none;
  }
  .button .count {
    color: var(--frontdesk-text-muted);
    font-weight: 400;
  }
  .auto {
    display: flex;
    gap: 8px;
    align-items: center;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .still {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    justify-content: space-between;
  }
  .still__text {
    flex: 1 1 220px;
  }
  .still .button {
    margin-inline-start: auto;
  }
  @container (inline-size < 480px) {
    .now {
      gap: 12px;
      padding: 12px;
    }
    .about,
    .do {
      gap: 8px;
    }
    .headline {
      font-size: var(--frontdesk-size-20);
    }
    .person {
      padding: 8px 12px;
    }
    .label {
      font-size: clamp(40px, 17cqi, 64px);
    }
    .facts {
      font-size: var(--frontdesk-size-14);
    }
    .big {
      min-block-size: 56px;
      font-size: var(--frontdesk-size-16);
    }
    .actions {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .actions .button {
      position: relative;
    }
    .count--long {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .count--short {
      display: inline;
    }
    .big .icon {
      display: none;
    }
    .actions .button {
      gap: 6px;
      padding-inline: 8px;
      line-height: 1.2;
      font-size: var(--frontdesk-size-13);
    }
    .actions kbd {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .phase::before {
      background: CanvasText;
    }
    .person {
      border: 1px solid CanvasText;
    }
  }
`;
