import { css } from '@lit/reactive-element/css-tag.js';

/** The box of the form where it opens from a button: a card in the middle, on a phone the whole screen. */
export const dialogStyles = css`
  dialog {
    box-sizing: border-box;
    inline-size: min(960px, 100vw - 32px);
    max-inline-size: none;
    max-block-size: calc(100dvh - 32px);
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: none;
    overflow: auto;
    overscroll-behavior: contain;
    box-shadow: 0 12px 40px #00000040;
  }
  dialog::backdrop {
    background: #0006;
  }
  dialog:focus {
    outline: none;
  }
  @media (max-width: 480px), (max-height: 480px) {
    dialog {
      inline-size: 100vw;
      block-size: 100dvh;
      max-block-size: none;
      border-radius: 0;
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 2px solid ButtonText;
    }
  }
`;
