/**
 * What Lit leaves at home: ways for browsers without constructed style sheets (every theme of ours is one), decorators of its own (ours
 * are gone by then, see vite.diet.ts), hooks for polyfills, and words for developers. The text is that of the published files, which are
 * minified; another release wants it read again.
 */
import type { Cut } from './vite.diet.js';

export const LIT_RELEASES: Readonly<Record<string, string>> = {
  'lit-html': '3.3.3',
  'lit-element': '4.2.2',
  '@lit/reactive-element': '2.1.2',
};

/** Takes these pieces out of a module, or puts others in their place; one that is missing stops the build. */
function pieces(module: string, why: string, ...texts: readonly (readonly [found: string, left: string])[]): Cut {
  const replace = (code: string): string =>
    texts.reduce((rest, [found, left]) => {
      if (!rest.includes(found)) throw new Error(`${module} has no ${found}`);
      return rest.replace(found, () => left);
    }, code);
  return { module, find: /^[\s\S]*$/, replace, why };
}

export const LIT_CUTS: readonly Cut[] = [
  pieces(
    '@lit/reactive-element/css-tag.js',
    'Every browser that we support adopts style sheets.',
    [
      'e=t.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
      'e=!0',
    ],
    [
      'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
      'this._$cssResult$=!0;',
    ],
    ['if(e&&void 0===t){', 'if(void 0===t){'],
    [
      'if("number"==typeof t)return t;throw Error("Value passed to \'css\' function must be a \'css\' function result: "+t+". Use \'unsafeCSS\' to pass non-literal values, but take care to ensure page security.")',
      'throw Error("css")',
    ],
    [
      'if(e)s.adoptedStyleSheets=o.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const e of o){const o=document.createElement("style"),n=t.litNonce;void 0!==n&&o.setAttribute("nonce",n),o.textContent=e.cssText,s.appendChild(o)}',
      's.adoptedStyleSheets=o.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet)',
    ],
    [
      'c=e?t=>t:t=>t instanceof CSSStyleSheet?(t=>{let e="";for(const s of t.cssRules)e+=s.cssText;return r(e)})(t):t',
      'c=t=>t',
    ],
  ),
  pieces(
    '@lit/reactive-element/reactive-element.js',
    'Properties stand in static lists, and no polyfill is loaded.',
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['void 0!==t.l&&(this.l=[...t.l]),', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  ),
  pieces(
    'lit-html/lit-html.js',
    'No polyfill is loaded.',
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],
    [',T=x(3)', ''],
    [',T as mathml', ''],
  ),
  pieces(
    'lit-element/lit-element.js',
    'No polyfill is loaded, and no server draws our elements.',
    [',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ';'],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ),
];
