/**
 * Order by the rules of a language. It takes the place of the binary order wherever a command has a collation: text
 * compares as the collator says, also inside objects and arrays; everything else compares as ever.
 */
import type { BSONSymbol, Document } from 'bson';
import { compare, type Order } from './compare.js';
import { encodeKey, fieldsOf, orderTypeOf, typeBytes } from './key-encoding.js';
import { setField } from './values.js';

type CompareText = (a: string, b: string) => number;

export function createCollation(compareText: CompareText): Order {
  const representativeOf = createRepresentatives(compareText);
  return {
    compare: (a, b) => compareValues(a, b, compareText),
    identify: (value) => encodeKey(replaceText(value, representativeOf)).toString('latin1'),
  };
}

/** Whether a comparison with the value can depend on the collation. */
export function holdsText(value: unknown): boolean {
  switch (orderTypeOf(value)) {
    case typeBytes.string:
      return true;
    case typeBytes.object:
      return Object.values(fieldsOf(value as Document)).some(holdsText);
    case typeBytes.array:
      return (value as unknown[]).some(holdsText);
    default:
      return false;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (value as BSONSymbol).value);

function compareValues(a: unknown, b: unknown, compareText: CompareText): number {
  const type = orderTypeOf(a);
  if (type !== orderTypeOf(b)) return compare(a, b);
  switch (type) {
    case typeBytes.string:
      return compareText(textOf(a), textOf(b));
    case typeBytes.object:
      return compareObjects(fieldsOf(a as Document), fieldsOf(b as Document), compareText);
    case typeBytes.array:
      return compareArrays(a as unknown[], b as unknown[], compareText);
    default:
      return compare(a, b);
  }
}

/** As the encoded order does: type first, then name, then value. Names are not text. */
function compareObjects(a: Document, b: Document, compareText: CompareText): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const leftName = left[at] as string;
    const rightName = right[at] as string;
    const x: unknown = a[leftName];
    const y: unknown = b[rightName];
    const order = orderTypeOf(x) - orderTypeOf(y) || compare(leftName, rightName) || compareValues(x, y, compareText);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: readonly unknown[], b: readonly unknown[], compareText: CompareText): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareValues(a[at], b[at], compareText);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/**
 * Gives each text the first one met that equals it. Equal texts have no bytes in common that JavaScript can reach, so
 * they are found by binary search.
 */
function createRepresentatives(compareText: CompareText): (text: string) => string {
  const known = new Map<string, string>();
  const sorted: string[] = [];
  return (text) => {
    let representative = known.get(text);
    if (representative !== undefined) return representative;
    let low = 0;
    let high = sorted.length;
    while (low < high && representative === undefined) {
      const middle = (low + high) >>> 1;
      const candidate = sorted[middle] as string;
      const order = compareText(text, candidate);
      if (order === 0) representative = candidate;
      else if (order < 0) high = middle;
      else low = middle + 1;
    }
    if (representative === undefined) sorted.splice(low, 0, text);
    known.set(text, representative ?? text);
    return representative ?? text;
  };
}

function replaceText(value: unknown, representativeOf: (text: string) => string): unknown {
  switch (orderTypeOf(value)) {
    case typeBytes.string:
      return representativeOf(textOf(value));
    case typeBytes.object: {
      const out: Document = {};
      for (const [name, member] of Object.entries(fieldsOf(value as Document)))
        setField(out, name, replaceText(member, representativeOf));
      return out;
    }
    case typeBytes.array:
      return (value as unknown[]).map((element) => replaceText(element, representativeOf));
    default:
      return value;
  }
}
