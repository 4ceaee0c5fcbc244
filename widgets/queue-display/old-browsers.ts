/**
 * What televisions of 2019 (Chromium 79) lack and the display uses. Only the page of our own loads it: a host's page keeps its
 * prototypes.
 */
type Missing = Record<string, (this: never, ...values: never[]) => unknown>;

function fill(prototype: object, methods: Missing): void {
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in prototype)) Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
}

function at<Item>(this: readonly Item[], index: number): Item | undefined {
  return this[index < 0 ? this.length + index : index];
}

fill(Array.prototype, {
  at,
  findLast<Item>(this: readonly Item[], matches: (item: Item) => boolean): Item | undefined {
    return [...this].reverse().find((item) => matches(item));
  },
});
fill(String.prototype, {
  replaceAll(this: string, found: string | RegExp, replacement: string): string {
    return typeof found === 'string' ? this.split(found).join(replacement) : this.replace(found, replacement);
  },
});
fill(Element.prototype, {
  replaceChildren(this: Element, ...nodes: (Node | string)[]): void {
    while (this.lastChild) this.lastChild.remove();
    this.append(...nodes);
  },
});
fill(Object, { hasOwn: (object: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(object, name) });
