/**
 * The launcher. Everything stands on `.root` and below, in the top layer: no rule of the page, no z-index, transform
 * or `* { all: unset }`, reaches it. The last value of each token is what holds before the theme arrives with the
 * panel. A plain string, because the closed chat carries no Lit; where there is no popover, the z-index has to do. The
 * focus has two rings, so that one of them shows on any page.
 */
export const CHAT_CSS = `
:host { display: contents }
.root {
  all: initial;
  --_start: env(safe-area-inset-left);
  --_end: env(safe-area-inset-right);
  display: block;
  position: fixed;
  inset-block: auto max(20px, env(safe-area-inset-bottom));
  inset-inline: auto max(20px, var(--_end));
  z-index: 2147483000;
  overflow: visible;
  font: 14px/1.5 var(--frontdesk-font, system-ui, sans-serif);
  -webkit-tap-highlight-color: transparent;
}
.root[dir=rtl] { --_start: env(safe-area-inset-right); --_end: env(safe-area-inset-left) }
.root[data-side=start] { inset-inline: max(20px, var(--_start)) auto }
:host([hidden]) .root, [hidden] { display: none !important }
.launcher {
  all: unset;
  box-sizing: border-box;
  position: relative;
  display: grid;
  place-items: center;
  inline-size: 56px;
  block-size: 56px;
  border-radius: 50%;
  background: var(--frontdesk-accent, var(--_accent));
  color: var(--frontdesk-on-accent, var(--_on));
  box-shadow: var(--frontdesk-shadow-2, 0 2px 6px #0000001a, 0 12px 40px #00000029);
  cursor: pointer;
  touch-action: manipulation;
  user-select: none;
}
.launcher, .icon { transition: .12s cubic-bezier(.2,.7,.3,1); transition-property: background-color, opacity, transform }
.launcher:hover { background: var(--frontdesk-accent-hover, var(--_accent)) }
.launcher:active { transform: scale(.96) }
.launcher:focus-visible { outline: 2px solid var(--frontdesk-focus, #1a1a1a); outline-offset: 2px; box-shadow: 0 0 0 6px #fff }
.icon {
  grid-area: 1/1;
  inline-size: 26px;
  block-size: 26px;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
}
[aria-expanded=true] .icon--open, [aria-expanded=false] .icon--close { opacity: 0; transform: scale(.6) }
[aria-busy=true][aria-expanded=true] .icon--close, [aria-busy=true][aria-expanded=false] .icon--open { animation: wait 1s infinite alternate }
@keyframes wait { to { opacity: .4 } }
.badge {
  position: absolute;
  inset-block-start: -4px;
  inset-inline-end: -4px;
  box-sizing: border-box;
  min-inline-size: 22px;
  padding: 0 6px;
  border: 2px solid #fff;
  border-radius: 11px;
  background: var(--frontdesk-danger-solid, #c8102e);
  color: #fff;
  font: 600 12px/18px var(--frontdesk-font, system-ui, sans-serif);
  text-align: center;
}
.failure {
  all: initial;
  position: absolute;
  inset-block-end: 68px;
  inset-inline-end: 0;
  inline-size: max-content;
  max-inline-size: 240px;
  padding: 8px 12px;
  border-radius: 12px;
  background: #fff;
  color: #222;
  font: inherit;
  box-shadow: 0 2px 6px #0000001a, 0 12px 40px #00000029;
}
[data-side=start] .failure { inset-inline: 0 auto }
@media (max-width: 480px), (max-height: 480px) { [data-open] .launcher { visibility: hidden } }
@media (prefers-reduced-motion: reduce) { .launcher, .icon { animation: none !important; transition: none !important } }
@media (forced-colors: active) { .launcher, .badge, .failure { border: 2px solid ButtonText } }
@media print { .root { display: none } }
`;
