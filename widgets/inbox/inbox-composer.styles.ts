import { css } from 'lit';
import { noteGround } from '../staff/staff-styles.js';

export const composerStyles = css`
  .root {
    max-inline-size: 860px;
    margin-inline: auto;
    padding: 0 20px 16px;
  }
  .box {
    border: 1px solid var(--frontdesk-line-strong);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
    transition: background-color var(--frontdesk-feedback) var(--frontdesk-ease);
  }
  .box:focus-within {
    border-color: var(--frontdesk-focus);
    box-shadow: 0 0 0 1px var(--frontdesk-focus);
  }
  .box--note {
    border: 1px dashed var(--frontdesk-warning);
    background: ${noteGround};
  }
  .box--note:focus-within {
    border-color: var(--frontdesk-warning);
    box-shadow: 0 0 0 1px var(--frontdesk-warning);
  }
  .top,
  .bottom {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    padding: 6px 8px 0;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-12);
  }
  .bottom {
    flex-wrap: nowrap;
    padding: 0 8px 8px 14px;
    padding-inline: 14px 8px;
  }
  .box--note :is(.audience, .hint) {
    color: var(--frontdesk-text);
  }
  .audience {
    overflow: hidden;
    min-inline-size: 0;
    padding-inline: 6px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .modes {
    display: flex;
    gap: 2px;
  }
  .mode {
    appearance: none;
    display: inline-flex;
    gap: 6px;
    align-items: center;
    min-block-size: 32px;
    padding: 4px 10px;
    border: 1px solid transparent;
    border-radius: var(--frontdesk-radius-control);
    background: none;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    font-weight: 500;
    cursor: pointer;
  }
  .mode .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .mode:hover {
    color: var(--frontdesk-text);
  }
  .mode[aria-checked='true'] {
    background: var(--frontdesk-surface-hover);
    color: var(--frontdesk-text);
  }
  .mode--note[aria-checked='true'] {
    border-color: var(--frontdesk-warning);
    background: var(--frontdesk-surface);
    color: var(--frontdesk-warning);
  }
  .box--note .mode--reply {
    color: var(--frontdesk-text);
  }
  .grow {
    display: grid;
    max-block-size: 220px;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  /* The copy of the text gives the grid its height, so the field grows without measuring. */
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-block-size: 48px;
    margin: 0;
    padding: 10px 14px;
    border: 0;
    font: 400 max(16px, var(--frontdesk-size-16)) / 1.5 var(--frontdesk-font);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .grow::after {
    content: attr(data-text);
    visibility: hidden;
  }
  @media (pointer: fine) {
    .grow::after,
    textarea {
      font-size: var(--frontdesk-size-14);
    }
  }
  textarea {
    appearance: none;
    inline-size: 100%;
    overflow: hidden;
    background: none;
    color: var(--frontdesk-text);
    outline: none; /* The box around it carries the ring. */
    resize: none;
  }
  textarea::placeholder {
    color: var(--frontdesk-text-muted);
    opacity: 1;
  }
  .send {
    flex: none;
    border-color: transparent;
    background: var(--frontdesk-accent);
    color: var(--frontdesk-on-accent);
  }
  .send:hover {
    background: var(--frontdesk-accent-hover);
  }
  .box--note .send,
  .box--note .send:hover {
    background: var(--frontdesk-warning-solid);
    color: #fff;
  }
  .send[aria-disabled='true'] {
    border-color: transparent;
    background: var(--frontdesk-neutral-5);
    color: var(--frontdesk-text-muted);
    opacity: 1;
  }
  .box--note .send[aria-disabled='true'] {
    background: none;
    border-color: var(--frontdesk-warning);
    color: var(--frontdesk-warning);
  }
  .over {
    color: var(--frontdesk-danger);
    font-weight: 600;
  }
  .moved {
    display: grid;
    gap: 10px;
    padding: 14px 16px;
    border: 1px solid var(--frontdesk-warning);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
  }
  .moved:focus-visible {
    outline-offset: 0;
  }
  .moved__title {
    display: flex;
    gap: 8px;
    align-items: center;
    color: var(--frontdesk-warning);
  }
  .moved__entries {
    display: grid;
    gap: 6px;
    max-block-size: 160px;
    overflow: auto;
    padding: 8px 12px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-surface-hover);
  }
  .moved__note {
    color: var(--frontdesk-warning);
    font-size: var(--frontdesk-size-12);
    font-weight: 600;
  }
  .moved__reply {
    max-block-size: 96px;
    margin: 0;
    padding-inline-start: 12px;
    overflow: auto;
    border-inline-start: 3px solid var(--frontdesk-line-strong);
    color: var(--frontdesk-text-muted);
    white-space: pre-wrap;
  }
  .moved__actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: flex-end;
  }
  .blocked {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 16px;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    color: var(--frontdesk-text-muted);
  }
  @media (pointer: coarse) {
    .mode {
      min-block-size: 44px;
    }
    .hint {
      visibility: hidden; /* There is no Shift key to speak of. */
    }
  }
  @media (forced-colors: active) {
    .mode[aria-checked='true'] {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
