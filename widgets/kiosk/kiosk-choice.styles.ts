import { css } from 'lit';

/** `.choice` is one answer of a screen; `.way` leads elsewhere. Both are at least 20 mm on a screen of 96 dpi (QK-2). */
export const choiceStyles = css`
  button {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    touch-action: manipulation;
    user-select: none;
    cursor: pointer;
  }
  :focus-visible {
    outline: 4px solid var(--frontdesk-focus);
    outline-offset: 3px;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr));
    gap: 16px;
  }
  .choices--few {
    grid-template-columns: 1fr;
  }
  .choices--large .choice {
    min-block-size: max(112px, calc(var(--frontdesk-height, 1920px) * 0.1));
    font-size: 1.15em;
  }
  .choice,
  .way {
    appearance: none;
    display: flex;
    align-items: center;
    min-block-size: 84px;
    border: 2px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    color: var(--frontdesk-text);
    text-align: start;
    line-height: 1.3;
  }
  .choice {
    gap: 0.8em;
    inline-size: 100%;
    min-block-size: max(92px, 4.2em);
    margin: 0;
    padding: 0.7em 1em;
  }
  .choice__icon {
    inline-size: 1.6em;
    block-size: 1.6em;
  }
  .choice__words {
    display: grid;
    gap: 0.15em;
    min-inline-size: 0;
  }
  .choice__title {
    font-size: 1.15em;
    font-weight: 600;
  }
  .choice__detail {
    color: var(--frontdesk-text-muted);
    font-size: 0.82em;
  }
  .choice--primary {
    border-color: transparent;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
  }
  .choice--primary .choice__detail {
    color: inherit;
  }
  .choice--closed {
    border-style: dashed;
    border-color: var(--frontdesk-line);
    background: var(--frontdesk-surface-sunken);
    color: var(--frontdesk-text-muted);
  }
  .way {
    gap: 0.5em;
    justify-content: center;
    padding: 0.4em 1em;
    font-weight: 500;
    text-align: center;
  }
  .choice:active,
  .way:active {
    background: var(--frontdesk-surface-hover);
  }
  .choice--primary:active {
    background: var(--frontdesk-accent-hover);
  }
  @media (forced-colors: active) {
    .choice--primary {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
