/** What the expressions, filters and sorts of a command share: its `let`, its collation, and one `$$NOW`. */
import { compileLet } from '../aggregation/expressions/expression.js';
import { createScope, type Scope } from '../aggregation/expressions/scope.js';
import { readCollation } from './collation.js';
import type { Arguments } from './command.js';

export function readScope(args: Arguments): Scope {
  return compileLet(args.document('let'), withCollation(createScope(), args));
}

/** The scope of one statement of a command, which may have a collation of its own. */
export function withCollation(scope: Scope, args: Arguments): Scope {
  const order = readCollation(args);
  return order ? { ...scope, order } : scope;
}
