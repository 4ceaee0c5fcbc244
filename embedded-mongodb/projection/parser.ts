/** Reads find's projection into a tree of fields and the steps that come before it. The rules of mixing are MongoDB's. */
import type { Document } from 'bson';
import { compileExpression } from '../aggregation/expressions/expression.js';
import { expressionOperators } from '../aggregation/expressions/index.js';
import type { Expression } from '../aggregation/expressions/scope.js';
import { fieldPath } from '../aggregation/documents.js';
import { addRule, createTree, type FieldRule, type FieldTree } from '../aggregation/field-tree.js';
import { bsonTypes, isDocument, isNumeric, isTruthy, ownField, toNumber, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter, type FilterNode, type FilterOptions } from '../query/matcher.js';
import { positionStep, sliceStep, type ProjectionStep } from './steps.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

export type ProjectionMode = 'inclusion' | 'exclusion';

export interface ParsedProjection {
  readonly tree: FieldTree;
  readonly mode: ProjectionMode;
  /** What is done to the document before it is projected, in this order. */
  readonly steps: readonly ProjectionStep[];
}

export class ProjectionParser {
  readonly #filter: FilterNode;
  readonly #options: FilterOptions;
  readonly #tree = createTree();
  readonly #steps: ProjectionStep[] = [];
  #mode: ProjectionMode | undefined;
  #hasSlice = false;
  #hasElemMatch = false;
  /** The path that ends in the positional `$`. */
  #position: string | undefined;
  /** Whether any part of `_id` is named, and what was said about the whole of it. */
  #namesId = false;
  #id: ProjectionMode | undefined;

  constructor(filter: FilterNode, options: FilterOptions) {
    this.#filter = filter;
    this.#options = options;
  }

  add(path: string, rule: unknown): void {
    if (path === '_id' || path.startsWith('_id.')) this.#namesId = true;
    if (path.includes('.$.'))
      fail('Location31394', "As of 4.4, it's illegal to specify positional operator in the middle of a path.");
    const position = /(?:^|\.)\$$/.exec(path);
    if (isDocument(rule)) {
      if (position) fail('Location31271', 'positional projection cannot be used with an expression or sub object');
      this.#addObject(path, rule);
    } else if (isNumeric(rule) || typeof rule === 'boolean') {
      if (position && !isTruthy(rule)) fail('Location31395', 'positional projection cannot be used with exclusion');
      if (!isTruthy(rule)) this.#addExclusion(path);
      else if (position) this.#addPosition(path, position.index);
      else this.#addInclusion(path);
    } else {
      if (position) fail('Location31308', 'positional projection cannot be used with a literal');
      if (this.#mode === 'exclusion')
        fail('Location31310', `Cannot use an expression ${path} in an exclusion projection`);
      this.#addComputed(path, compileExpression(rule, this.#options.scope));
    }
  }

  parsed(): ParsedProjection {
    if (this.#position !== undefined && !namesField(this.#filter, this.#position.split('.', 1)[0] as string))
      fail('Location31277', `Positional projection '${this.#position}' does not match the query document.`);
    const mode = this.#mode ?? this.#defaultMode();
    const { children } = this.#tree;
    if (mode === 'inclusion' && !this.#namesId) children.set('_id', 'include');
    return { tree: this.#tree, mode, steps: this.#steps };
  }

  #defaultMode(): ProjectionMode {
    if (this.#hasElemMatch && !this.#hasSlice) return 'inclusion';
    return this.#id === 'inclusion' ? 'inclusion' : 'exclusion';
  }

  #addRule(path: string, rule: FieldRule): void {
    const collision = addRule(this.#tree, fieldPath(path), rule);
    if (collision?.remaining.length === 0) fail('Location31250', `Path collision at ${path}`);
    if (collision)
      fail('Location31249', `Path collision at ${path} remaining portion ${collision.remaining.join('.')}`);
  }

  #settle(path: string, wanted: ProjectionMode): void {
    if (this.#mode !== undefined && this.#mode !== wanted)
      fail(
        wanted === 'inclusion' ? 'Location31253' : 'Location31254',
        `Cannot do ${wanted} on field ${path} in ${this.#mode} projection`,
      );
    this.#mode = wanted;
  }

  #addInclusion(path: string): void {
    this.#addRule(path, 'include');
    if (path === '_id') this.#id = 'inclusion';
    else this.#settle(path, 'inclusion');
  }

  #addExclusion(path: string): void {
    this.#addRule(path, 'exclude');
    if (path === '_id') this.#id = 'exclusion';
    else this.#settle(path, 'exclusion');
  }

  #addComputed(path: string, expression: Expression): void {
    this.#addRule(path, expression);
    this.#mode = 'inclusion';
  }

  #addObject(path: string, rule: Document): void {
    const [first, ...more] = Object.keys(rule);
    if (first === undefined)
      fail('Location51270', `An empty sub-projection is not a valid value. Found empty object at path: ${path}`);
    if (!first.startsWith('$') || more.length > 0) {
      for (const key of [first, ...more]) this.add(`${path}.${key}`, rule[key]);
    } else if (first === '$elemMatch') {
      this.#addElemMatch(path, rule.$elemMatch);
    } else if (first !== '$slice' || !this.#addSlice(path, rule.$slice)) {
      if (!expressionOperators.has(first)) fail('Location31325', `Unknown expression ${first}`);
      if (this.#mode === 'exclusion')
        fail('Location31252', 'Cannot use expression other than $meta in exclusion projection');
      this.#addComputed(path, compileExpression(rule, this.#options.scope));
    }
  }

  /** False when it is not find's form, but perhaps that of the expression. */
  #addSlice(path: string, argument: unknown): boolean {
    const numbers = isArray(argument) ? argument : [argument];
    if (!numbers.every(isNumeric) || numbers.length !== (isArray(argument) ? 2 : 1)) return false;
    const [first = 0, limit] = numbers.map((number) => Math.trunc(toNumber(number)));
    if (limit !== undefined && limit <= 0) return false;
    this.#addRule(path, 'include');
    this.#steps.push(sliceStep(fieldPath(path), first, limit));
    this.#hasSlice = true;
    return true;
  }

  #addElemMatch(path: string, condition: unknown): void {
    if (!isDocument(condition)) fail('Location31274', 'elemMatch: Invalid argument, object required.');
    if (this.#position !== undefined) fail('Location31255', 'Cannot specify positional operator and $elemMatch.');
    if (path.includes('.')) fail('Location31275', 'Cannot use $elemMatch projection on a nested field.');
    const { root } = compileFilter({ [path]: { $elemMatch: condition } }, { ...this.#options, expressions: 'nested' });
    const test = (root.kind === 'leaf' && root.leaf.testElement) || (() => false);
    this.#addRule(path, (frame) => {
      const array = ownField(frame.root, path);
      const found = isArray(array) ? array.find(test) : undefined;
      return found === undefined ? undefined : [found];
    });
    this.#hasElemMatch = true;
  }

  #addPosition(path: string, at: number): void {
    if (this.#position !== undefined)
      fail('Location31276', 'Cannot specify more than one positional projection per query.');
    if (this.#hasElemMatch) fail('Location31256', 'Cannot specify positional operator and $elemMatch.');
    const prefix = path.slice(0, at);
    this.#addRule(prefix, 'include');
    this.#settle(path, 'inclusion');
    this.#steps.push(positionStep(fieldPath(prefix), this.#filter));
    this.#position = path;
  }
}

function namesField(node: FilterNode, field: string): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'nor':
      return node.children.some((child) => namesField(child, field));
    case 'leaf':
      return node.parts[0] === field;
    case 'not':
      return namesField(node.child, field);
    default:
      return false;
  }
}
