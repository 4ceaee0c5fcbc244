/** `$project`, `$addFields`/`$set`, `$unset`. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, isNumeric, isTruthy, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { fieldPath } from '../documents.js';
import { compileExpression } from '../expressions/expression.js';
import { expressionOperators } from '../expressions/index.js';
import { frameOf, type Scope } from '../expressions/scope.js';
import { addRule, applyTree, createTree, type FieldRule, type FieldTree, type TreeMode } from '../field-tree.js';
import type { Transformation } from '../stage.js';

const isExpressionObject = (value: Document): boolean => Object.keys(value)[0]?.startsWith('$') === true;

/** Nested objects without operators are the same as dotted paths. */
function flatten(specification: Document, prefix: string, visit: (path: string, rule: unknown) => void): void {
  for (const [key, rule] of Object.entries(specification)) {
    const path = prefix + key;
    if (isDocument(rule) && !isExpressionObject(rule)) {
      if (Object.keys(rule).length === 0)
        fail('Location51270', `An empty sub-projection is not a valid value. Found empty object at path: ${path}`);
      flatten(rule, `${path}.`, visit);
    } else {
      visit(path, rule);
    }
  }
}

function through(tree: FieldTree, mode: TreeMode): Transformation {
  return (document) => applyTree(tree, mode, document, frameOf(document));
}

function addToProjection(tree: FieldTree, path: string, rule: FieldRule): void {
  const collision = addRule(tree, fieldPath(path), rule);
  if (!collision) return;
  if (collision.remaining.length === 0)
    fail('Location31250', `Invalid $project :: caused by :: Path collision at ${path}`);
  fail(
    'Location31249',
    `Invalid $project :: caused by :: Path collision at ${path} remaining portion ${collision.remaining.join('.')}`,
  );
}

/** Collects the rules of a `$project` and finds out whether it includes or excludes. */
class ProjectBuilder {
  readonly #tree = createTree();
  readonly #scope: Scope;
  #mode: 'inclusion' | 'exclusion' | undefined;
  #includesId: boolean | undefined;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  readonly add = (path: string, rule: unknown): void => {
    if (path.endsWith('.$')) fail('Location31324', 'Cannot use positional projection in aggregation projection');
    if (isNumeric(rule) || typeof rule === 'boolean') this.#addFlag(path, isTruthy(rule));
    else this.#addExpression(path, rule);
  };

  #addFlag(path: string, isIncluded: boolean): void {
    if (path === '_id') {
      if (this.#includesId !== undefined)
        fail('Location31250', 'Invalid $project :: caused by :: Path collision at _id');
      this.#includesId = isIncluded;
      return;
    }
    const wanted = isIncluded ? 'inclusion' : 'exclusion';
    if (this.#mode && this.#mode !== wanted)
      fail(
        isIncluded ? 'Location31253' : 'Location31254',
        `Invalid $project :: caused by :: Cannot do ${wanted} on field ${path} in ${this.#mode} projection`,
      );
    this.#mode = wanted;
    addToProjection(this.#tree, path, isIncluded ? 'include' : 'exclude');
  }

  #addExpression(path: string, source: unknown): void {
    const [name, ...more] = isDocument(source) ? Object.keys(source) : [];
    if (name !== undefined && more.length === 0 && !expressionOperators.has(name))
      fail('Location31325', `Invalid $project :: caused by :: Unknown expression ${name}`);
    if (this.#mode === 'exclusion')
      fail(
        'Location31252',
        `Invalid $project :: caused by :: Cannot use an expression ${path} in an exclusion projection`,
      );
    this.#mode = 'inclusion';
    addToProjection(this.#tree, path, compileExpression(source, this.#scope));
  }

  build(): Transformation {
    const mode = this.#mode ?? (this.#includesId ? 'inclusion' : 'exclusion');
    const { children } = this.#tree;
    if (mode === 'inclusion' && this.#includesId !== false && !children.has('_id')) children.set('_id', 'include');
    if (mode === 'exclusion' && this.#includesId === false) children.set('_id', 'exclude');
    return through(this.#tree, mode);
  }
}

export function project(specification: unknown, scope: Scope): Transformation {
  if (!isDocument(specification)) return fail('Location15969', '$project specification must be an object');
  if (Object.keys(specification).length === 0)
    fail('Location51272', 'Invalid $project :: caused by :: projection specification must have at least one field');
  const builder = new ProjectBuilder(scope);
  flatten(specification, '', builder.add);
  return builder.build();
}

export function addFields(specification: unknown, scope: Scope): Transformation {
  if (!isDocument(specification)) return fail('Location40272', '$addFields specification stage must be an object');
  if (Object.keys(specification).length === 0)
    fail('Location40177', 'Invalid $addFields :: caused by :: specification must have at least one field');
  const tree = createTree();
  flatten(specification, '', (path, rule) => {
    if (addRule(tree, fieldPath(path), compileExpression(rule, scope)))
      fail(
        'Location40176',
        `Invalid $addFields :: caused by :: specification contains two conflicting paths. Cannot specify both '${path}' and a part of it`,
      );
  });
  return through(tree, 'addition');
}

export function unset(specification: unknown): Transformation {
  if (typeof specification !== 'string' && typeOf(specification) !== bsonTypes.array)
    fail('Location31002', '$unset specification must be a string or an array');
  const paths = typeof specification === 'string' ? [specification] : (specification as unknown[]);
  if (paths.length === 0)
    fail('Location31119', '$unset specification must be a string or an array with at least one field');
  const tree = createTree();
  for (const path of paths) {
    if (typeof path !== 'string')
      return fail('Location31120', '$unset specification must be a string or an array containing only string values');
    addToProjection(tree, path, 'exclude');
  }
  return through(tree, 'exclusion');
}
