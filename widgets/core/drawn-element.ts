/**
 * Elements that draw without Lit, for what is looked at on every page and seldom changes: a tree is made from code, and the tree that is
 * shown becomes like it with as little change as possible, so that the focus, an opened list and what somebody types stay.
 */
export type Drawn = Node | string | null | readonly Drawn[];
/** `true` is an attribute without a value; `false` and null leave it out. */
export type Attributes = Readonly<Record<string, string | boolean | null>>;

/** `look` is a class or attributes. */
export function draw(tag: string, look: Attributes | string = {}, ...content: readonly Drawn[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(typeof look === 'string' ? { class: look } : look)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...(content.flat(9) as (Node | string | null)[]).filter((one) => one !== null));
  return element;
}

/** Two nodes of one kind, by name and first class, stand for the same thing. */
const kindOf = (node: Node): string =>
  node instanceof Element ? `${node.nodeName} ${node.classList[0]}` : node.nodeName;

/** Makes `shown` like `wanted`, whose nodes are used up. Whether a list is open is left to its reader. */
export function updateTree(shown: Node, wanted: Node): void {
  if (shown instanceof Element && wanted instanceof Element) {
    for (const { name } of [...shown.attributes]) {
      if (name !== 'open' && !wanted.hasAttribute(name)) shown.removeAttribute(name);
    }
    for (const { name, value } of wanted.attributes) {
      if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
    }
  } else if (shown.nodeValue !== wanted.nodeValue) shown.nodeValue = wanted.nodeValue;
  let place = shown.firstChild;
  for (const next of [...wanted.childNodes]) {
    let found = place;
    while (found && kindOf(found) !== kindOf(next)) found = found.nextSibling;
    if (!found) {
      shown.insertBefore(next, place);
      continue;
    }
    while (place !== found) place = removeAndStep(place);
    updateTree(found, next);
    place = found.nextSibling;
  }
  while (place) place = removeAndStep(place);
}

function removeAndStep(node: ChildNode | null): ChildNode | null {
  const next = node?.nextSibling ?? null;
  node?.remove();
  return next;
}

const sheets = new WeakMap<object, CSSStyleSheet>();

/** One constructed sheet for all elements: no `<style>`, so a strict CSP holds. */
function sheetOf(style: { readonly cssText: string }): CSSStyleSheet {
  let sheet = sheets.get(style);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    sheets.set(style, sheet);
  }
  return sheet;
}

/** A server that renders the page may import the classes; it only never makes one. */
const ElementBase = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Several changes in a row are shown together. */
export abstract class DrawnElement extends ElementBase {
  readonly #shadow = this.attachShadow({ mode: 'open' });
  #update: Promise<void> | undefined;

  /** Settles when the latest changes are on the screen. */
  get updateComplete(): Promise<void> {
    return this.#update ?? Promise.resolve();
  }

  protected get root(): ShadowRoot {
    return this.#shadow;
  }

  connectedCallback(): void {
    this.requestUpdate();
  }

  protected adopt(...styles: readonly { readonly cssText: string }[]): void {
    this.#shadow.adoptedStyleSheets = styles.map(sheetOf);
  }

  protected requestUpdate(): void {
    this.#update ??= Promise.resolve().then(() => {
      this.#update = undefined;
      if (this.isConnected) this.update();
    });
  }

  /** Shows this instead of what is shown; null leaves the tree empty. */
  protected show(wanted: HTMLElement | null): void {
    const tree = document.createDocumentFragment();
    if (wanted) tree.append(wanted);
    updateTree(this.#shadow, tree);
  }

  protected abstract update(): void;
}
