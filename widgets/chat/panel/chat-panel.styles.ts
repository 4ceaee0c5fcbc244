import { css } from 'lit';

export const chatPanelStyles = css`
  .root {
    display: contents;
  }
  .panel {
    --_start: env(safe-area-inset-left);
    --_end: env(safe-area-inset-right);
    position: fixed;
    inset-block: auto max(88px, calc(env(safe-area-inset-bottom) + 76px));
    inset-inline: auto max(20px, var(--_end));
    display: flex;
    flex-direction: column;
    inline-size: 384px;
    max-inline-size: calc(100vw - 40px);
    block-size: 640px;
    max-block-size: calc(100dvh - 112px);
    overflow: clip;
    border: 1px solid var(--frontdesk-line);
    border-radius: var(--frontdesk-radius-card);
    background: var(--frontdesk-surface);
    box-shadow: var(--frontdesk-shadow-2);
    animation: panel-in var(--frontdesk-motion) var(--frontdesk-ease);
  }
  .root[dir='rtl'] .panel {
    --_start: env(safe-area-inset-right);
    --_end: env(safe-area-inset-left);
  }
  :host([data-side='start']) .panel {
    inset-inline: max(20px, var(--_start)) auto;
  }
  @keyframes panel-in {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }
  .header {
    display: flex;
    flex: none;
    gap: 4px;
    align-items: center;
    padding: 12px 8px 12px 16px;
    padding-inline: 16px 8px;
    border-block-end: 1px solid var(--frontdesk-line);
  }
  .avatar--large {
    inline-size: 40px;
    block-size: 40px;
    font-size: var(--frontdesk-size-16);
  }
  .header__text {
    flex: 1;
    min-inline-size: 0;
    padding-inline-start: 8px;
  }
  .header__name {
    overflow: hidden;
    font-size: var(--frontdesk-size-16);
    text-overflow: ellipsis;
    white-space: nowrap;
    line-height: 1.35;
  }
  .header__presence {
    display: flex;
    gap: 6px;
    align-items: center;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    line-height: 1.4;
  }
  .header__presence--online::before {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--frontdesk-success);
    content: '';
  }
  .notices:empty {
    display: none;
  }
  .notices {
    display: grid;
    flex: none;
  }
  .notice {
    padding: 10px 16px;
    border-radius: 0;
    line-height: 1.45;
  }
  .notice .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .notice > span {
    flex: 1;
  }
  .greeting {
    display: grid;
    gap: 8px;
    margin-block: 0 8px;
    padding: 16px 4px;
  }
  .greeting__text {
    font-size: var(--frontdesk-size-24);
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.25;
    text-wrap: balance;
  }
  .greeting__text:lang(ta),
  .greeting__text:lang(hi),
  .greeting__text:lang(ar) {
    letter-spacing: 0;
    line-height: 1.45;
  }
  .greeting__hint {
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-14);
    text-wrap: pretty;
  }
  .loading {
    display: grid;
    gap: 12px;
    margin-block: 0 8px;
  }
  .loading__line {
    inline-size: 62%;
    block-size: 40px;
    border-radius: var(--frontdesk-radius-bubble);
    background: var(--frontdesk-neutral-3);
    animation: wait 0.9s ease-in-out infinite alternate;
  }
  .loading__line--mine {
    inline-size: 46%;
    justify-self: end;
  }
  @keyframes wait {
    to {
      opacity: 0.45;
    }
  }
  .resolved {
    flex: none;
    padding: 4px 16px 8px;
    color: var(--frontdesk-text-muted);
    font-size: var(--frontdesk-size-13);
    text-align: center;
  }
  @media (max-width: 480px), (max-height: 480px) {
    .panel {
      inset-block: var(--_viewport-top, 0) auto;
      inset-inline: 0;
      inline-size: 100%;
      max-inline-size: none;
      block-size: var(--_viewport-height, 100dvh);
      max-block-size: none;
      padding-inline: var(--_start) var(--_end);
      border: 0;
      border-radius: 0;
    }
    :host([data-side='start']) .panel {
      inset-inline: 0;
    }
    .header {
      padding-block-start: max(12px, env(safe-area-inset-top));
    }
  }
  /* A phone at 200 %: the name may take two lines, and the initial gives its room away. */
  @media (max-width: 300px) {
    .avatar--large {
      display: none;
    }
    .header__text {
      padding-inline-start: 0;
    }
    .header__name {
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .notice {
      flex-wrap: wrap;
    }
  }
  @media (forced-colors: active) {
    .panel {
      border: 2px solid CanvasText;
    }
    .header__presence--online::before {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .notice {
      border-width: 0 0 1px;
    }
  }
`;
