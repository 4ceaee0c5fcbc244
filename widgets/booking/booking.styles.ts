import { css } from '@lit/reactive-element/css-tag.js';

/** What is around the form in a dialog, and what stands there instead of it. */
export const frameStyles = css`
  .sheet {
    min-block-size: 100%;
    background: var(--frontdesk-surface-raised);
  }
  .bar {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    padding: 4px 8px;
    padding-inline-start: 16px;
    border-block-end: 1px solid var(--frontdesk-line);
    background: var(--frontdesk-surface-raised);
  }
  .bar__title {
    font-size: var(--frontdesk-size-16);
  }
  .bar__title:focus {
    outline: none;
  }
  @media (max-width: 480px), (max-height: 480px) {
    .sheet {
      min-block-size: 100dvh;
    }
  }
  .bar ~ .fallback {
    padding: 20px 16px;
  }
  .fallback {
    display: grid;
    gap: 8px;
    font-size: var(--frontdesk-size-16);
  }
  .fallback a {
    color: var(--frontdesk-accent-strong);
  }
`;

/** One question a screen on a phone; the summary beside it where there is room. */
export const bookingStyles = css`
  .frame {
    container: booking / inline-size;
    max-inline-size: 960px;
    margin-inline: auto;
  }
  .sheet {
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface-raised);
    box-shadow: var(--frontdesk-shadow-1);
    overflow-wrap: anywhere;
  }
  .sheet--bare {
    border: 0;
    border-radius: 0;
    box-shadow: none;
  }
  .question {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    padding: 20px 16px;
  }
  .heading {
    font-size: var(--frontdesk-size-20);
  }
  .heading:focus,
  .day__name:focus {
    outline: none;
  }
  .heading:focus-visible,
  .day__name:focus-visible {
    outline: none;
  }
  .loading {
    padding-block: 48px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-16);
    text-align: center;
  }
  .notice a {
    color: var(--frontdesk-accent-strong);
  }
  .link {
    appearance: none;
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-block-size: 24px;
    margin: 0;
    padding: 2px 4px;
    border: 0;
    border-radius: var(--frontdesk-radius-control);
    background: none;
    color: var(--frontdesk-accent-strong);
    font-size: var(--frontdesk-size-14);
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
    cursor: pointer;
    touch-action: manipulation;
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }

  .summary {
    display: grid;
    gap: 4px;
    padding: 16px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .summary__house {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
  }
  .summary__service {
    display: flex;
    gap: 8px;
    align-items: baseline;
    justify-content: space-between;
  }
  .summary__name {
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    color: var(--frontdesk-text-muted);
  }
  .fact {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 24px;
  }
  .fact__text {
    min-inline-size: 0;
  }
  .summary > p > .link {
    margin-inline-start: -4px;
  }
  .fact .link,
  .summary__service .link {
    flex: none;
    max-inline-size: 50%;
  }
  .fact strong {
    color: var(--frontdesk-text);
    font-weight: 600;
  }

  .choices {
    display: grid;
    gap: 8px;
  }
  .choice {
    appearance: none;
    display: flex;
    gap: 12px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 64px;
    margin: 0;
    padding: 12px 16px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-text);
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
    transition: background-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .choice:hover {
    border-color: var(--frontdesk-line-strong);
    background: var(--frontdesk-surface-hover);
  }
  .choice > .icon {
    color: var(--frontdesk-text-muted);
  }
  .choice__text {
    display: grid;
    flex: 1;
    gap: 2px;
    min-inline-size: 0;
  }
  .choice__name {
    font-size: var(--frontdesk-size-16);
    font-weight: 600;
  }
  .choice__about,
  .choice__facts {
    color: var(--frontdesk-text-muted);
  }
  .avatar {
    inline-size: 40px;
    block-size: 40px;
    font-size: var(--frontdesk-size-14);
  }

  @container booking (inline-size >= 720px) {
    .sheet--summary {
      display: grid;
      grid-template-columns: 240px minmax(0, 1fr);
      min-block-size: 448px;
    }
    .summary {
      align-content: start;
      gap: 8px;
      padding: 24px;
      border-block-end: 0;
      border-inline-end: 1px solid var(--frontdesk-line);
    }
    .summary__name {
      font-size: var(--frontdesk-size-20);
      line-height: 1.3;
    }
    .summary__service {
      display: grid;
      justify-items: start;
    }
    .summary .link {
      margin-inline-start: -4px;
    }
    .facts {
      display: grid;
      gap: 8px;
      margin-block-start: 8px;
    }
    .fact {
      display: grid;
      grid-template-columns: 16px 1fr;
    }
    .fact .link {
      grid-column: 2;
      justify-self: start;
    }
    .question {
      padding: 24px;
    }
  }
  @media (forced-colors: active) {
    .avatar,
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;
