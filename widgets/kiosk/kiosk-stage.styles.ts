import { css } from 'lit';
import { choiceStyles } from './kiosk-choice.styles.js';

/**
 * Two parts: what is read fills the upper 40 %, what is touched the lower 60 %. Letters scale with the kiosk's own size; those who need
 * them twice as large get them, and the parts scroll instead of losing anything.
 */
export const stageStyles = [
  choiceStyles,
  css`
    :host {
      block-size: 100%;
    }
    .root {
      block-size: 100%;
    }
    .stage {
      --size: max(
        19px,
        min(calc(var(--frontdesk-width, 1080px) * 0.026), calc(var(--frontdesk-height, 1920px) * 0.026))
      );
      display: grid;
      grid-template-rows: minmax(0, 2fr) minmax(0, 3fr);
      block-size: 100%;
      background: var(--frontdesk-surface);
      color: var(--frontdesk-text);
      font-size: var(--size);
      touch-action: pan-y;
      user-select: none;
    }
    .stage.large {
      font-size: calc(var(--size) * 2);
    }
    .stage.contrast {
      --frontdesk-surface: #000;
      --frontdesk-surface-sunken: #000;
      --frontdesk-surface-raised: #000;
      --frontdesk-surface-hover: #333;
      --frontdesk-text: #fff;
      --frontdesk-text-muted: #fff;
      --frontdesk-line: #fff;
      --frontdesk-line-strong: #fff;
      --frontdesk-accent: #ffe500;
      --frontdesk-accent-hover: #fff27a;
      --frontdesk-accent-soft: #333;
      --frontdesk-accent-strong: #ffe500;
      --frontdesk-on-accent: #000;
      --frontdesk-focus: #ffe500;
      --frontdesk-danger: #ffe500;
      --frontdesk-warning: #ffe500;
      --frontdesk-warning-soft: #000;
      --frontdesk-success: #fff;
    }
    .read {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      padding: 20px clamp(24px, 5%, 72px) 12px;
    }
    .head {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 16px;
      color: var(--frontdesk-text-muted);
      font-size: max(16px, 0.7em);
    }
    .staff {
      display: grid;
      place-items: center;
      inline-size: 76px;
      block-size: 76px;
      margin-block: -14px;
      margin-inline-end: -24px;
      border: 0;
      border-radius: var(--frontdesk-radius-full);
      background: none;
    }
    .message {
      display: flex;
      flex: 1;
      flex-direction: column;
      justify-content: safe center;
      gap: 0.6em;
      min-block-size: 0;
      overflow-y: auto;
      scrollbar-width: thin;
    }
    .title {
      font-size: 1.9em;
      font-weight: 650;
      letter-spacing: -0.01em;
      text-wrap: balance;
    }
    .title:focus {
      outline: none;
    }
    .large .title {
      font-size: 1.25em;
    }
    .lead {
      max-inline-size: 40em;
      color: var(--frontdesk-text-muted);
      text-wrap: pretty;
    }
    .lead--strong {
      color: var(--frontdesk-text);
      font-weight: 600;
    }
    .notice {
      display: flex;
      gap: 0.6em;
      align-items: center;
      align-self: start;
      padding: 0.5em 0.9em;
      border: 2px solid var(--frontdesk-warning);
      border-radius: var(--frontdesk-radius-card);
      background: var(--frontdesk-warning-soft);
      font-size: 0.85em;
    }
    .caption {
      display: block;
      color: var(--frontdesk-text-muted);
      font-size: 0.55em;
      font-weight: 500;
      letter-spacing: 0;
    }
    .number {
      display: block;
      font-size: calc(min(var(--frontdesk-width, 1080px) * 0.2, var(--frontdesk-height, 1920px) * 0.2));
      font-weight: 750;
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }
    .touch {
      display: grid;
      grid-template-rows: minmax(0, 1fr) auto;
      min-block-size: 0;
      border-block-start: 1px solid var(--frontdesk-line);
      background: var(--frontdesk-surface-sunken);
    }
    .actions {
      display: flex;
      flex-direction: column;
      gap: 16px;
      min-block-size: 0;
      padding: 20px clamp(24px, 5%, 72px);
      overflow-y: auto;
      overscroll-behavior: contain;
      scrollbar-width: thin;
    }
    .ways {
      display: flex;
      flex-wrap: wrap;
      gap: 12px;
      margin-block-start: auto;
    }
    .busy {
      display: grid;
      flex: 1;
      place-items: center;
    }
    .spinner {
      inline-size: 96px;
      block-size: 96px;
      border: 10px solid var(--frontdesk-line);
      border-block-start-color: var(--frontdesk-accent);
      border-radius: var(--frontdesk-radius-full);
    }
    @media (prefers-reduced-motion: no-preference) {
      .spinner {
        animation: turn 1s linear infinite;
      }
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
    .ticket {
      display: flex;
      flex-wrap: wrap;
      flex: 1;
      gap: 24px 48px;
      align-items: center;
      justify-content: space-between;
    }
    .place {
      display: grid;
      flex: 1 1 11em;
      gap: 0.4em;
      font-size: 1.15em;
      font-weight: 500;
    }
    .place__warning {
      color: var(--frontdesk-warning);
    }
    .paper {
      display: flex;
      gap: 0.5em;
      align-items: center;
      margin-block-start: 0.4em;
      font-size: 0.87em;
    }
    .paper .icon,
    .notice .icon {
      inline-size: 1.4em;
      block-size: 1.4em;
    }
    .paper--failed {
      padding: 0.5em 0.8em;
      border: 2px solid var(--frontdesk-warning);
      border-radius: var(--frontdesk-radius-card);
      background: var(--frontdesk-warning-soft);
    }
    .code {
      display: grid;
      flex: 0 1 auto;
      gap: 10px;
      justify-items: center;
      inline-size: min(100%, 15em);
      text-align: center;
      font-size: 0.8em;
    }
    .qr {
      display: block;
      inline-size: min(100%, calc(min(var(--frontdesk-width, 1080px), var(--frontdesk-height, 1920px)) * 0.26));
      border-radius: var(--frontdesk-radius-card);
    }
    video {
      inline-size: 100%;
      max-block-size: 300px;
      border-radius: var(--frontdesk-radius-card);
      background: #000;
    }
  `,
];
