/**
 * Sets CSS properties of an element through the CSSOM: `<div ${styleProperties({ 'padding-block': '4px' })}>`.
 * Lit's own styleMap writes a `style` attribute at first render, which a page's `style-src 'self'` blocks.
 */
import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

export type StyleProperties = Readonly<Record<string, string>>;

class StylePropertiesDirective extends Directive {
  #previous: StyleProperties = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styleProperties() belongs on an element.');
  }

  override update({ element }: ElementPart, [properties]: [StyleProperties]): typeof noChange {
    const { style } = element as HTMLElement;
    for (const name of Object.keys(this.#previous)) {
      if (!(name in properties)) style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(properties)) {
      if (this.#previous[name] !== value) style.setProperty(name, value);
    }
    this.#previous = properties;
    return noChange;
  }

  override render(_properties: StyleProperties): typeof noChange {
    return noChange;
  }
}

export const styleProperties = directive(StylePropertiesDirective);
