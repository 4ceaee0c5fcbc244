import { css } from 'lit';

export const chatThreadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  .scroller {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    padding: 16px 16px 8px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--frontdesk-neutral-7) transparent;
  }
  /* A short conversation stands at its foot, next to the field. */
  .scroller::before {
    flex: none;
    margin-block-start: auto;
    content: '';
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .older {
    align-self: center;
    flex: none;
    margin-block-end: 8px;
  }
  .day {
    display: flex;
    flex: none;
    gap: 12px;
    align-items: center;
    justify-content: center;
    margin-block: 12px 16px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
  }
  .day:first-of-type {
    margin-block-start: 0;
  }
  .day--unread {
    margin-block: 0 12px;
    color: var(--frontdesk-accent-strong);
    font-weight: 600;
  }
  .day--unread::before,
  .day--unread::after {
    flex: 1;
    border-block-start: 1px solid currentColor;
    content: '';
    opacity: 0.35;
  }
  .group {
    display: grid;
    flex: none;
    grid-template-columns: 28px minmax(0, 1fr);
    column-gap: 8px;
    justify-items: start;
    max-inline-size: 100%;
  }
  .group--mine {
    grid-template-columns: minmax(0, 1fr);
    justify-items: end;
  }
  .name {
    grid-column: 2;
    margin-block-end: 4px;
    padding-inline-start: 4px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
  }
  .avatar--small {
    grid-column: 1;
    align-self: end;
    inline-size: 28px;
    block-size: 28px;
    font-size: var(--frontdesk-size-12);
  }
  .messages {
    display: grid;
    grid-template-columns: minmax(0, auto);
    gap: 2px;
    justify-items: start;
    max-inline-size: min(92%, 520px);
  }
  .group:not(.group--mine) .messages {
    grid-column: 2;
  }
  .group--mine .messages {
    justify-items: end;
    max-inline-size: min(84%, 520px);
  }
  .message {
    display: grid;
    grid-template-columns: minmax(0, auto);
    justify-items: inherit;
    max-inline-size: 100%;
  }
  .bubble {
    max-inline-size: 100%;
    padding: 8px 14px;
    border-radius: var(--frontdesk-radius-bubble);
    background: var(--frontdesk-neutral-3);
    color: var(--frontdesk-text);
    font-size: 15px;
    line-height: 1.45;
  }
  /* The corner towards the author stays tight inside a group and at its foot, like a tail. */
  .group:not(.group--mine) .message .bubble {
    border-end-start-radius: 6px;
  }
  .group:not(.group--mine) .message + .message .bubble {
    border-start-start-radius: 6px;
  }
  .group--mine .message .bubble {
    border-end-end-radius: 6px;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
  }
  .group--mine .message + .message .bubble {
    border-start-end-radius: 6px;
  }
  .group--mine .message[data-state='failed'] .bubble {
    background: var(--frontdesk-danger-soft);
    color: var(--frontdesk-text);
    box-shadow: inset 0 0 0 1px var(--frontdesk-danger);
  }
  .bubble a:focus-visible {
    outline-color: currentColor;
  }
  .meta {
    display: flex;
    gap: 8px;
    align-items: center;
    grid-column: -2;
    min-block-size: 24px;
    padding: 2px 4px 4px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
    line-height: 18px;
    opacity: 0;
    transition: opacity var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .group:hover .meta,
  .group:focus-within .meta,
  .meta--shown {
    opacity: 1;
  }
  .state {
    display: inline-flex;
    gap: 4px;
    align-items: center;
  }
  .state .icon--small {
    inline-size: 14px;
    block-size: 14px;
  }
  .failure {
    display: grid;
    gap: 6px;
    justify-items: end;
    margin-block: 6px 4px;
  }
  .failure__reason {
    display: flex;
    gap: 6px;
    color: var(--frontdesk-danger);
    font-size: var(--frontdesk-size-13);
  }
  .failure__reason strong {
    font-weight: 600;
  }
  .failure__reason .icon {
    margin-block-start: 2px;
  }
  .failure__actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    justify-content: end;
  }
  .typing {
    display: flex;
    flex: none;
    gap: 8px;
    align-items: center;
    padding-block: 4px 8px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .typing__dots {
    display: inline-flex;
    gap: 4px;
    padding: 10px 12px;
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-neutral-3);
  }
  .typing__dots i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--frontdesk-text-muted);
    animation: typing 1.2s ease-in-out infinite;
  }
  .typing__dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing__dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes typing {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  .end {
    flex: none;
    block-size: 1px;
  }
  .jump {
    all: unset;
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    inline-size: fit-content;
    min-inline-size: 40px;
    min-block-size: 40px;
    margin-inline: auto;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-full);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    box-shadow: var(--frontdesk-shadow-1);
    cursor: pointer;
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
  }
  .jump:focus-visible {
    outline: 2px solid var(--frontdesk-focus);
    outline-offset: 2px;
  }
  .jump--new {
    padding-inline: 12px 16px;
    color: var(--frontdesk-accent-strong);
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
    .group--mine .bubble {
      border-width: 2px;
      border-color: Highlight;
    }
    .typing__dots i {
      background: CanvasText;
    }
  }
`;
