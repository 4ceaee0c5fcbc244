/** Reaching, reading and changing one concrete path of a document that is being updated. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, ownField, setField, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import { isIndexComponent } from '../query/paths.js';
import { renderKeyValue } from '../storage/render-key.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

/** Padding an array with nulls further than this is a mistake of the caller. */
const maxArrayPadding = 1_500_000;

function child(container: unknown, part: string): unknown {
  if (isDocument(container)) return ownField(container, part);
  if (isArray(container) && isIndexComponent(part)) return container[Number(part)];
  return undefined;
}

export function readTarget(document: Document, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of parts) value = child(value, part);
  return value;
}

function assertViable(container: unknown, part: string, parts: readonly string[], at: number): void {
  if (isDocument(container) || (isArray(container) && isIndexComponent(part))) return;
  const element = renderKeyValue({ [parts[at - 1] ?? '']: container });
  fail('PathNotViable', `Cannot create field '${part}' in element ${element}`);
}

/** Refuses a path that leads through a value which can have no such part, although nothing is going to be created. */
export function assertReachable(document: Document, parts: readonly string[]): void {
  let container: unknown = document;
  for (const [at, part] of parts.entries()) {
    if (!isDocument(container) && !(isArray(container) && isIndexComponent(part))) {
      const element = renderKeyValue({ [parts[at - 1] ?? '']: container });
      fail(
        'PathNotViable',
        `Cannot use the part (${part}) of (${parts.join('.')}) to traverse the element (${element})`,
      );
    }
    container = child(container, part);
    if (container === undefined) return;
  }
}

function assign(container: Document | unknown[], part: string, value: unknown): void {
  if (!isArray(container)) return setField(container, part, value);
  const index = Number(part);
  if (index - container.length > maxArrayPadding)
    fail('BadValue', `can't backfill more than ${maxArrayPadding} elements`);
  while (container.length < index) container.push(null);
  container[index] = value;
}

export function writeTarget(document: Document, parts: readonly string[], value: unknown): void {
  let container: unknown = document;
  parts.forEach((part, at) => {
    assertViable(container, part, parts, at);
    const holder = container as Document | unknown[];
    if (at === parts.length - 1) return assign(holder, part, value);
    let next = child(holder, part);
    if (next === undefined) {
      next = {};
      assign(holder, part, next);
    }
    container = next;
  });
}

/** Elements of arrays become null, because removing them would move the others. */
export function removeTarget(document: Document, parts: readonly string[]): void {
  const holder = readTarget(document, parts.slice(0, -1));
  const last = parts.at(-1) as string;
  if (isDocument(holder)) delete holder[last];
  else if (isArray(holder) && isIndexComponent(last) && Number(last) < holder.length) holder[Number(last)] = null;
}
