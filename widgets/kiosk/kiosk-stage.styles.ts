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
      container-type: size;
    }
    .stage {
      --size: max(
        19px,
        min(calc(var(--frontdesk-width, 1080px) * 0.03), calc(var(--frontdesk-height, 1920px) * 0.026))
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
    [data-screen='attract'] .title {
      font-size: 2.6em;
    }
    .large .title {
      font-size: 1.25em;
    }
    /* Keys need the room; the line above them is read, not pressed, and stands above the reach of the hand. */
    @container (min-aspect-ratio: 1/1) {
      [data-screen='name'],
      [data-screen='phone'],
      [data-screen='phone-end'],
      [data-screen='check-in'] {
        grid-template-rows: minmax(0, 28fr) minmax(0, 72fr);
      }
      [data-screen='name'] .actions,
      [data-screen='phone'] .actions,
      [data-screen='phone-end'] .actions,
      [data-screen='check-in'] .actions {
        padding-block: 12px;
      }
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
    .caption--strong {
      margin-block-start: 0.5em;
      color: var(--frontdesk-text);
      font-weight: 600;
    }
    .number {
      display: block;
      /* So large that the code has its place beside it: a sign takes about two thirds of the size, the whole half of the width. */
      font-size: min(
        calc(var(--frontdesk-height, 1920px) * 0.2),
        calc(var(--frontdesk-width, 1080px) * 0.72 / max(4, var(--signs, 4)))
      );
      font-weight: 750;
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }
    .touch {
      display: grid;
      grid-template-rows: minmax(0, 1fr);
      grid-auto-rows: auto;
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
    .finish {
      padding: 0 clamp(24px, 5%, 72px) 20px;
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
    [data-screen='ticket'] .message {
      flex-direction: row;
      align-items: safe center;
      justify-content: space-between;
      gap: 1em;
    }
    [data-screen='ticket'] .title {
      flex: 1;
      min-inline-size: 0;
    }
    .place {
      display: grid;
      gap: 0.5em;
      margin-block: auto;
    }
    .place__line {
      font-size: 1.4em;
      font-weight: 600;
      line-height: 1.25;
    }
    .place__warning {
      color: var(--frontdesk-warning);
    }
    .paper {
      display: flex;
      gap: 0.5em;
      align-items: center;
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
    .qr {
      display: block;
      flex: none;
      inline-size: calc(min(var(--frontdesk-width, 1080px) * 0.32, var(--frontdesk-height, 1920px) * 0.24));
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
