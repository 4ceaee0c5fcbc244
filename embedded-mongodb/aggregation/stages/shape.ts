/** `$project`, `$addFields`/`$set`, `$unset`. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, isNumeric, isTruthy, ownField, setField, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { addToTree, applyTree, type ProjectionMode, type ProjectionTree } from '../../projection/projection.js';
import { splitPath } from '../../query/paths.js';
import { compileExpression } from '../expressions/expression.js';
import { frameOf, type Expression } from '../expressions/scope.js';
import type { StageFactory } from '../stage.js';

interface Computed {
  readonly parts: readonly string[];
  readonly expression: Expression;
}

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

/** Sets a value at a path; arrays on the way get it in every element. */
function setComputed(target: Document, parts: readonly string[], value: unknown): void {
  const [first, ...rest] = parts as [string, ...string[]];
  if (rest.length === 0) {
    if (value === undefined) delete target[first];
    else setField(target, first, value);
    return;
  }
  setField(target, first, nest(ownField(target, first), rest, value));
}

function nest(current: unknown, rest: readonly string[], value: unknown): unknown {
  if (isArray(current)) return current.map((element) => nest(element, rest, value));
  const inner: Document = isDocument(current) ? { ...current } : {};
  setComputed(inner, rest, value);
  return inner;
}

function withComputed(source: Document, root: Document, computed: readonly Computed[]): Document {
  const out = { ...source };
  const frame = frameOf(root);
  for (const { parts, expression } of computed) setComputed(out, parts, expression(frame));
  return out;
}

/** Nested objects without operators are the same as dotted paths. */
function flatten(specification: Document, prefix: string, visit: (path: string, rule: unknown) => void): void {
  for (const [key, rule] of Object.entries(specification)) {
    const path = prefix + key;
    if (key.startsWith('$'))
      fail('Location16410', "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
    if (isDocument(rule) && !Object.keys(rule)[0]?.startsWith('$')) {
      if (Object.keys(rule).length === 0)
        fail('Location51270', `An empty sub-projection is not a valid value. Found empty object at path: ${path}`);
      flatten(rule, `${path}.`, visit);
    } else {
      visit(path, rule);
    }
  }
}

export const projectStage: StageFactory = (specification) => {
  if (!isDocument(specification)) fail('Location15969', '$project specification must be an object');
  const rules = specification;
  if (Object.keys(rules).length === 0)
    fail('Location51272', 'Invalid $project :: caused by :: projection specification must have at least one field');
  const tree: ProjectionTree = { children: new Map() };
  const computed: Computed[] = [];
  let mode: ProjectionMode | undefined;
  let idChoice: boolean | undefined;
  flatten(rules, '', (path, rule) => {
    if (!isNumeric(rule) && typeof rule !== 'boolean') {
      if (mode === 'exclusion') fail('Location31252', 'Cannot specify an expression in an exclusion projection');
      mode = 'inclusion';
      computed.push({ parts: splitPath(path), expression: compileExpression(rule) });
      return;
    }
    const wanted: ProjectionMode = isTruthy(rule) ? 'inclusion' : 'exclusion';
    if (path === '_id') {
      idChoice = wanted === 'inclusion';
      return;
    }
    if (mode && mode !== wanted) {
      if (wanted === 'inclusion')
        fail(
          'Location31253',
          `Invalid $project :: caused by :: Cannot do inclusion on field ${path} in exclusion projection`,
        );
      fail(
        'Location31254',
        `Invalid $project :: caused by :: Cannot do exclusion on field ${path} in inclusion projection`,
      );
    }
    mode = wanted;
    addToTree(tree, path, wanted === 'inclusion' ? 'include' : 'exclude');
  });
  const settled = mode ?? (idChoice ? 'inclusion' : 'exclusion');
  const computesId = computed.some(({ parts }) => parts[0] === '_id');
  if (settled === 'inclusion' ? idChoice !== false && !computesId : idChoice === false) {
    tree.children.set('_id', settled === 'inclusion' ? 'include' : 'exclude');
  }
  return {
    process: (batch) =>
      batch.map((document) => withComputed(applyTree(tree, settled, document, document), document, computed)),
  };
};

export const addFieldsStage: StageFactory = (specification) => {
  if (!isDocument(specification)) return fail('Location40272', '$addFields specification stage must be an object');
  const computed: Computed[] = [];
  flatten(specification, '', (path, rule) =>
    computed.push({ parts: splitPath(path), expression: compileExpression(rule) }),
  );
  return { process: (batch) => batch.map((document) => withComputed(document, document, computed)) };
};

export const unsetStage: StageFactory = (specification) => {
  const paths = isArray(specification) ? specification : [specification];
  const tree: ProjectionTree = { children: new Map() };
  if (paths.length === 0)
    fail('Location31119', '$unset specification must be a string or an array with at least one field');
  for (const path of paths) {
    if (typeof path !== 'string' || path === '')
      fail('Location31120', '$unset specification must be a string or an array containing only string values');
    addToTree(tree, path, 'exclude');
  }
  return { process: (batch) => batch.map((document) => applyTree(tree, 'exclusion', document, document)) };
};
