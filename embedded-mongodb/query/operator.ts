/** What a query operator on one path is. One file per family registers its operators in `operators/index.ts`. */
import type { Document } from 'bson';
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

/** Whether a leaf holds for one value that stands at the end of the path. */
export function testLeafValue(leaf: LeafTest, value: unknown): boolean {
  const passes = leaf.expandLeaf && Array.isArray(value) ? value.some(leaf.test) || leaf.test(value) : leaf.test(value);
  return leaf.negated ? !passes : passes;
}
