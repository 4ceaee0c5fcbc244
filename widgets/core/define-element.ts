/** Registers an element unless this page, through a second copy of the bundle, has it already. */
export function defineElement(name: string, constructor: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, constructor);
}
