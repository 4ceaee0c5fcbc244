/** The `let` of a stage: expressions on its documents, whose values are constants to the pipeline inside it. */
import type { Document } from 'bson';
import { fail } from '../errors.js';
import { compileExpression } from './expressions/expression.js';
import { assertVariableName, frameOf, type Expression, type Scope } from './expressions/scope.js';

export class StageVariables {
  readonly #scope: Scope;
  readonly #expressions: readonly (readonly [string, Expression])[];

  constructor(variables: Document, scope: Scope) {
    this.#scope = scope;
    this.#expressions = Object.entries(variables as Record<string, unknown>).map(([name, source]) => {
      assertVariableName(name);
      if (name === 'CURRENT') fail('FailedToParse', "'CURRENT' cannot be defined by 'let'");
      return [name, compileExpression(source, scope)] as const;
    });
  }

  get isEmpty(): boolean {
    return this.#expressions.length === 0;
  }

  scopeOf(document: Document): Scope {
    const frame = frameOf(document);
    return this.#bind((expression) => expression(frame));
  }

  /** For checking the pipeline inside before any document has come. */
  get emptyScope(): Scope {
    return this.#bind(() => null);
  }

  #bind(valueOf: (expression: Expression) => unknown): Scope {
    const constants = new Map(this.#scope.constants);
    for (const [name, expression] of this.#expressions) constants.set(name, valueOf(expression));
    return { ...this.#scope, constants };
  }
}
