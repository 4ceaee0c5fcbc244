/** What an expression is, what it is evaluated on, and which variables it may name. */
import type { Document } from 'bson';
import { binaryOrder, type Order } from '../../bson/compare.js';
import { fail } from '../../errors.js';

export type { Order } from '../../bson/compare.js';

/** What one evaluation reads: the document, and the values that `$let`, `$map` and their like have bound so far. */
export interface Frame {
  readonly root: Document;
  readonly locals: unknown[];
}

/** Undefined stands for a missing value. */
export type Expression = (frame: Frame) => unknown;

/** The variables that exist where an expression stands. */
export interface Scope {
  /** `$$NOW`, the same in the whole command. */
  readonly now: Date;
  /** Settled before the first document: `let` of a command or of `$lookup`. */
  readonly constants: ReadonlyMap<string, unknown>;
  /** Bound while a document is evaluated: the place of each in the frame's locals. */
  readonly slots: ReadonlyMap<string, number>;
  readonly order: Order;
  /** The `let` of a command is settled before there is a document. */
  readonly hasNoDocument?: boolean;
}

/** The scope of one command; `now` and `order` carry over to what `$lookup` and its like compile. */
export function createScope(
  constants: ReadonlyMap<string, unknown> = new Map(),
  { now = new Date(), order = binaryOrder }: Partial<Pick<Scope, 'now' | 'order'>> = {},
): Scope {
  return { now, constants, slots: new Map(), order };
}

/** One frame serves all expressions on the same document. */
export function frameOf(root: Document): Frame {
  return { root, locals: [] };
}

/** The scope with one more variable, and where the frame keeps its value. */
export function declareVariable(scope: Scope, name: string): { scope: Scope; slot: number } {
  assertVariableName(name);
  const slot = Math.max(-1, ...scope.slots.values()) + 1;
  return { scope: { ...scope, slots: new Map(scope.slots).set(name, slot) }, slot };
}

/** A name that a user gives begins with a small letter (or beyond ASCII); only `CURRENT` may be bound again. */
export function assertVariableName(name: string): void {
  if (name === '') fail('FailedToParse', 'empty variable names are not allowed');
  if (name === 'CURRENT') return;
  if (!/^[a-z\u0080-\u{10ffff}]/u.test(name))
    fail('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
  const stranger = /[^a-zA-Z0-9_\u0080-\u{10ffff}]/u.exec(name)?.[0];
  if (stranger !== undefined)
    fail('FailedToParse', `'${name}' contains an invalid character for a variable name: '${stranger}'`);
}
