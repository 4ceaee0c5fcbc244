/** Moving about with four arrows and Enter, as keypads beside a kiosk have them (QK-16). */
const FOCUSABLE = 'button, input, [tabindex="0"]';

/** true: on; false: back; null: another key, or one that belongs to the text that is being typed. */
export function isForward(event: KeyboardEvent): boolean | null {
  const target = event.composedPath()[0];
  const isTyping = target instanceof HTMLInputElement && target.value !== '';
  if (event.key === 'ArrowDown') return true;
  if (event.key === 'ArrowUp') return false;
  if (isTyping) return null;
  const isRightToLeft = target instanceof Element && target.matches(':dir(rtl)');
  if (event.key === 'ArrowRight') return !isRightToLeft;
  if (event.key === 'ArrowLeft') return isRightToLeft;
  return null;
}

/** In the order in which they are read, through inner elements; only those of an open dialog while there is one. */
export function listFocusable(root: ShadowRoot | HTMLElement): HTMLElement[] {
  const scope = root.querySelector('dialog[open]') ?? root;
  return [...scope.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (element.closest('dialog:not([open])')) return [];
    const inner = element.shadowRoot ? listFocusable(element.shadowRoot) : [];
    return element.matches(FOCUSABLE) && element.offsetParent !== null ? [element, ...inner] : inner;
  });
}

function findFocused(root: ShadowRoot): Element | null {
  let active = root.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** False when there is nothing to move to. */
export function moveFocus(root: ShadowRoot, isOn: boolean): boolean {
  const all = listFocusable(root);
  if (all.length === 0) return false;
  const focused = findFocused(root);
  const at = all.findIndex((element) => element === focused);
  const next = at < 0 ? (isOn ? 0 : all.length - 1) : (at + (isOn ? 1 : -1) + all.length) % all.length;
  all[next]?.focus();
  return true;
}
