/** What a query operator on one path is. One file per family registers its operators in `operators/index.ts`. */
import type { Document } from 'bson';
import { isDocument } from '../bson/values.js';
import type { Order } from '../bson/compare.js';
import type { Interval } from './bounds.js';

export interface LeafTest {
  /** Whether arrays at the end of the path are tested element by element as well. */
  readonly expandLeaf: boolean;
  readonly test: (value: unknown) => boolean;
  /** Matches when no value passes the test. */
  readonly negated?: boolean;
  /** Index intervals that hold every matching value; absent when an index cannot help. */
  readonly intervals?: readonly Interval[] | undefined;
  /** True when a missing field or null can never match. */
  readonly impliesExistence?: boolean;
  /** Every operand that an equality accepts, for partial-index reasoning. */
  readonly accepts?: readonly unknown[] | undefined;
  /** For tests of whole arrays: which element made it pass (positional updates need it). */
  readonly testElement?: (element: unknown) => boolean;
}

export interface OperatorContext {
  /** The operator document, because `$regex` reads its sibling `$options`. */
  readonly siblings: Document;
  readonly path: string;
  readonly order: Order;
  /** Compiles a nested filter (`$elemMatch`, `$not`, `$all`). */
  readonly compileFilter: (filter: Document) => (document: Document) => boolean;
  readonly compileLeaf: (path: string, condition: unknown) => LeafTest[];
}

export type OperatorFactory = (operand: unknown, context: OperatorContext) => LeafTest | LeafTest[];

const referenceFields = ['$ref', '$id', '$db'];

/** A name in a filter that is a field although it begins with a dollar: a part of a DBRef. */
export const isReferenceField = (name: string): boolean => referenceFields.includes(name);

/** Whether a condition names operators; anything else, a DBRef among it, is a value to be equal to. */
export function isOperatorDocument(value: unknown): value is Document {
  if (!isDocument(value) || !Object.keys(value)[0]?.startsWith('$')) return false;
  return !Object.hasOwn(value, '$ref') || !Object.hasOwn(value, '$id');
}

/** Whether a leaf holds for one value, which is not entered when it is an array. */
export function testValue(leaf: LeafTest, value: unknown): boolean {
  return leaf.test(value) !== (leaf.negated === true);
}
