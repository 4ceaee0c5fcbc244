/**
 * The button of a form in a dialog. The floating one stands in the top layer, one
 * step above a chat's launcher. A plain string, because a page whose button nobody presses carries no Lit.
 */
export const BUTTON_CSS = `
:host { display: block }
:host([view=popup]) { display: inline-block }
:host([view=floating]) { display: contents }
:host([hidden]), :host([hidden]) div { display: none !important }
div {
  all: initial;
  display: block;
  font: 16px/1.3 var(--frontdesk-font, system-ui, sans-serif);
  -webkit-tap-highlight-color: transparent;
}
[popover] {
  --_start: env(safe-area-inset-left);
  --_end: env(safe-area-inset-right);
  position: fixed;
  inset-block: auto calc(max(20px, env(safe-area-inset-bottom)) + var(--_level, 0) * 68px);
  inset-inline: auto max(20px, var(--_end));
  z-index: 2147483000;
  overflow: visible;
}
[popover][dir=rtl] { --_start: env(safe-area-inset-right); --_end: env(safe-area-inset-left) }
[popover][data-side=start] { inset-inline: max(20px, var(--_start)) auto }
.trigger {
  all: unset;
  box-sizing: border-box;
  display: inline-flex;
  gap: 8px;
  align-items: center;
  justify-content: center;
  min-block-size: 44px;
  max-inline-size: 100%;
  padding: 8px 20px;
  border-radius: 6px;
  background: var(--frontdesk-accent, var(--_accent));
  color: var(--frontdesk-on-accent, var(--_on));
  font-weight: 500;
  cursor: pointer;
  touch-action: manipulation;
  user-select: none;
}
[popover] .trigger {
  min-block-size: 56px;
  border-radius: 28px;
  box-shadow: var(--frontdesk-shadow-2, 0 2px 6px #0000001a, 0 12px 40px #00000029);
}
.trigger:hover { opacity: .92 }
.trigger:focus-visible { outline: 2px solid var(--frontdesk-focus, #1a1a1a); outline-offset: 2px; box-shadow: 0 0 0 6px #fff }
.icon {
  flex: none;
  inline-size: 20px;
  block-size: 20px;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
}
[aria-busy] .icon { animation: wait 1s infinite alternate }
@keyframes wait { to { opacity: .4 } }
@media (max-width: 480px), (max-height: 480px) {
  [popover] .trigger { inline-size: 56px; padding: 0 }
  [popover] span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
  [popover] .icon { inline-size: 26px; block-size: 26px }
}
@media (prefers-reduced-motion: reduce) { .icon { animation: none !important } }
@media (forced-colors: active) { .trigger { border: 2px solid ButtonText } }
@media print { [popover] { display: none } }
`;
