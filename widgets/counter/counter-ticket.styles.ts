import { css } from 'lit';

export const ticketStyles = css`
  .now {
    display: grid;
    gap: 16px;
    padding: 24px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
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
    font-size: clamp(48px, 15cqi, 104px);
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
    flex: 1 1 100%;
    min-block-size: 64px;
    inline-size: 100%;
    font-size: var(--frontdesk-size-20);
    font-weight: 600;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 8px;
  }
  .pair .button {
    min-block-size: 64px;
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
  .idle {
    display: grid;
    gap: 4px;
  }
  .idle h2 {
    font-size: var(--frontdesk-size-20);
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
      gap: 10px;
      padding: 12px;
    }
    .label {
      font-size: clamp(40px, 17cqi, 64px);
    }
    .facts {
      font-size: var(--frontdesk-size-14);
    }
    .big,
    .pair .button {
      min-block-size: 52px;
      font-size: var(--frontdesk-size-16);
    }
    .actions .button {
      flex: 1 1 auto;
      padding-inline: 10px;
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
