/** Which language to speak, and from which side its readers begin. Apart from the tables, because the closed chat needs no more. */
import { LOCALES, RIGHT_TO_LEFT_LOCALES, type Locale } from '@frontdesk/protocol/locales';

export type Direction = 'ltr' | 'rtl';

export interface ResolvedLocale {
  /** The table to use. */
  readonly locale: Locale;
  /** The reader's full tag (`en-GB`, `ar-EG`), which decides how numbers and dates are written. */
  readonly tag: string;
}

/** A tag that Intl accepts and whose language we speak, or undefined. */
export function matchLocale(tag: string | null | undefined, supported: readonly Locale[]): ResolvedLocale | undefined {
  if (!tag) return undefined;
  try {
    const parsed = new Intl.Locale(tag.replaceAll('_', '-'));
    const locale = supported.find((candidate) => candidate === parsed.language);
    return locale && { locale, tag: parsed.toString() };
  } catch {
    return undefined;
  }
}

/** The parent in the composed tree: out of a shadow root to its host. */
function composedParent(node: Node): Node | null {
  if (node instanceof Element && node.assignedSlot) return node.assignedSlot;
  return node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode;
}

/** The closest attribute value up the composed tree, the element itself included. */
export function closestAttribute(element: Element, name: string): string | undefined {
  for (let node: Node | null = element; node; node = composedParent(node)) {
    if (node instanceof Element && node.hasAttribute(name)) return node.getAttribute(name) ?? undefined;
  }
  return undefined;
}

/** What was asked for, else the language of the page around the element, else the browser's, else English. */
export function resolveLocale(
  element: Element,
  asked?: string | null,
  supported: readonly Locale[] = LOCALES,
): ResolvedLocale {
  for (const tag of [asked, closestAttribute(element, 'lang'), ...navigator.languages]) {
    const match = matchLocale(tag, supported);
    if (match) return match;
  }
  return { locale: 'en', tag: 'en' };
}

export function directionOf(locale: Locale): Direction {
  return RIGHT_TO_LEFT_LOCALES.includes(locale) ? 'rtl' : 'ltr';
}
