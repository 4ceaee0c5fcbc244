/** What an update operator is. One file per family registers its operators in `operators/index.ts`. */
import type { Document } from 'bson';
import type { Scope } from '../aggregation/expressions/scope.js';

/** The result of an operator on one field. */
export type FieldChange = { readonly set: unknown } | 'remove' | 'keep';

export interface ApplyContext {
  readonly document: Document;
  readonly path: string;
  /** True while an upsert builds the new document. */
  readonly isInsert: boolean;
}

export interface UpdateAction {
  /** Whether a missing path is created; otherwise the action is skipped when its path does not lead anywhere. */
  readonly createsPath: boolean;
  /** Whether a scalar in the way is as good as a missing field; otherwise it is an error. */
  readonly ignoresUnreachable?: boolean;
  readonly apply: (current: unknown, context: ApplyContext) => FieldChange;
  /** Set by `$rename`: the value moves there. */
  readonly moveTo?: string;
}

/** Values compare in the order of the scope. */
export type UpdateOperatorFactory = (operand: unknown, path: string, scope: Scope) => UpdateAction;
export const keep = 'keep' as const;
