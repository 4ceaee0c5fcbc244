/** Helpers for screen readers and the keyboard. */

/** A region that is read out while the reader's own speech pauses. Keep one per shadow root, always in the tree. */
export class Announcer {
  readonly element: HTMLElement;
  #lastId: string | undefined;

  constructor(className = 'visually-hidden') {
    this.element = document.createElement('div');
    this.element.className = className;
    this.element.setAttribute('role', 'status');
    this.element.setAttribute('aria-live', 'polite');
  }

  /** Says a text. A text with the `id` of the one before is the same news and is not said again. */
  announce(text: string, id?: string): void {
    if (id !== undefined && id === this.#lastId) return;
    this.#lastId = id;
    const line = document.createElement('p');
    line.textContent = text;
    // A new node is read even when its words equal the last ones; earlier nodes go so that nothing is read twice.
    this.element.replaceChildren(line);
  }
}

/** The element that has the focus, through all open shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** True when the focus is on the node or anywhere inside it, shadow trees included. */
export function hasFocusWithin(node: Element): boolean {
  for (let current: Node | null = deepActiveElement(); current;) {
    if (current === node) return true;
    current = current.parentNode instanceof ShadowRoot ? current.parentNode.host : current.parentNode;
  }
  return false;
}

/** Enter that confirms a suggestion of an input method (Chinese, Tamil, …) must not send or submit anything. */
export function isComposing(event: KeyboardEvent): boolean {
  // Safari ends the composition before it reports the key, and marks it with 229 alone.
  return event.isComposing || event.keyCode === 229;
}

/** Moves the focus among items with arrow keys, Home and End; returns the index to focus, or undefined. */
export function nextRovingIndex(key: string, index: number, count: number, isVertical = true): number | undefined {
  if (count === 0) return undefined;
  if (key === (isVertical ? 'ArrowDown' : 'ArrowRight')) return Math.min(count - 1, index + 1);
  if (key === (isVertical ? 'ArrowUp' : 'ArrowLeft')) return Math.max(0, index - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
