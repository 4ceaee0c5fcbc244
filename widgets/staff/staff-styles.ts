/** Styles that only the staff side needs. */
import { css } from 'lit';

/** `.empty`: an empty or failed state that teaches one thing. `.skeleton`: lines that are on their way. */
export const emptyStyles = css`
  .empty {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 8px;
    padding: 32px 24px;
    color: var(--frontdesk-text-muted);
    text-align: center;
    text-wrap: balance;
  }
  .empty > .icon {
    inline-size: 32px;
    block-size: 32px;
    stroke-width: 1.5;
    margin-block-end: 4px;
  }
  .empty h2 {
    color: var(--frontdesk-text);
    font-size: var(--frontdesk-size-16);
  }
  .empty p {
    max-inline-size: 320px;
  }
  .empty .button {
    margin-block-start: 8px;
  }
  .skeleton {
    display: block;
    block-size: 12px;
    border-radius: var(--frontdesk-radius-control);
    background: var(--frontdesk-neutral-4);
  }
  @media (prefers-reduced-motion: no-preference) {
    .skeleton {
      animation: breathe 1.6s ease-in-out infinite;
    }
    @keyframes breathe {
      50% {
        opacity: 0.5;
      }
    }
  }
`;

/**
 * The ground of everything private. The hatching keeps it apart from bubbles in the accent's soft tone when a tenant's
 * accent is itself an amber, and for people who do not see the difference of hues. Its stripes lean towards the
 * surface, so text on them gains contrast.
 */
export const noteGround = css`repeating-linear-gradient(
    135deg,
    transparent 0 7px,
    color-mix(in srgb, var(--frontdesk-surface) 50%, transparent) 7px 14px
  ),
  var(--frontdesk-warning-soft)`;

/** A thin scroll bar that does not shout in a dense pane. */
export const scrollStyles = css`
  .scroll {
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--frontdesk-neutral-8) transparent;
  }
`;
