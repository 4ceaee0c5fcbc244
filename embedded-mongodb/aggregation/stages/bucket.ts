/** `$bucket` and `$sortByCount`: a group and a sort. */
import type { Document } from 'bson';
import { orderTypeOf } from '../../bson/key-encoding.js';
import { bsonTypes, isDocument, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compileExpression } from '../expressions/expression.js';
import { frameOf, type Expression } from '../expressions/scope.js';
import { chain, type StageContext, type StageFactory } from '../stage.js';
import { createGroup, groupStage } from './group.js';
import { sortStage } from './sort.js';

const isExpressionObject = (value: unknown): boolean =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;
const isPath = (value: unknown): boolean => typeof value === 'string' && value.startsWith('$');

export const sortByCountStage: StageFactory = (specification, context) => {
  if (isDocument(specification)) {
    if (!isExpressionObject(specification))
      fail(
        'Location40147',
        'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
      );
  } else if (typeof specification === 'string') {
    if (!isPath(specification))
      fail(
        'Location40148',
        'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
      );
  } else {
    fail('Location40149', 'the sortByCount field must be specified as a string or as an object');
  }
  const group = groupStage({ _id: specification, count: { $sum: 1 } }, context);
  return chain([group, sortStage({ count: -1 }, context)]);
};

/** The value of an expression that names no field; only literals and operators on literals are taken for constant. */
function constantOf(source: unknown, context: StageContext, refuse: () => never): unknown {
  if (namesVariable(source)) refuse();
  return compileExpression(source, context.scope)(frameOf({}));
}

function namesVariable(source: unknown): boolean {
  if (isPath(source)) return true;
  if (typeOf(source) === bsonTypes.array) return (source as unknown[]).some(namesVariable);
  return isDocument(source) && !Object.hasOwn(source, '$literal') && Object.values(source).some(namesVariable);
}

function readBoundaries(source: unknown, context: StageContext): unknown[] {
  const { compare } = context.scope.order;
  if (typeOf(source) !== bsonTypes.array)
    return fail(
      'Location40200',
      `The $bucket 'boundaries' field must be an array, but found type: ${typeName(source)}.`,
    );
  const boundaries = (source as unknown[]).map((boundary) =>
    constantOf(boundary, context, () =>
      fail('Location40191', "The $bucket 'boundaries' field must be an array of constant values."),
    ),
  );
  if (boundaries.length < 2)
    fail(
      'Location40192',
      `The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
    );
  for (let at = 1; at < boundaries.length; at++) {
    const [lower, upper] = [boundaries[at - 1], boundaries[at]];
    if (orderTypeOf(lower) !== orderTypeOf(upper))
      fail(
        'Location40193',
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${typeName(lower)} and ${typeName(upper)}.`,
      );
    if (compare(lower, upper) >= 0)
      fail(
        'Location40194',
        `The 'boundaries' option to $bucket must be sorted, but elements ${at - 1} and ${at} are not in ascending order.`,
      );
  }
  return boundaries;
}

interface Default {
  readonly value: unknown;
}

function readDefault(options: Document, boundaries: readonly unknown[], context: StageContext): Default | undefined {
  const { compare } = context.scope.order;
  if (!Object.hasOwn(options, 'default')) return undefined;
  const value = constantOf(options.default, context, () =>
    fail('Location40195', "The $bucket 'default' field must be a constant expression."),
  );
  if (orderTypeOf(value) === orderTypeOf(boundaries[0])) {
    if (compare(value, boundaries[0]) >= 0 && compare(value, boundaries.at(-1)) < 0)
      fail(
        'Location40199',
        "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
      );
  }
  return { value };
}

/** The boundary at which the bucket of a document begins. */
function compileBucket(
  groupBy: unknown,
  boundaries: readonly unknown[],
  otherwise: Default | undefined,
  { scope }: StageContext,
): Expression {
  const { compare } = scope.order;
  const keyOf = compileExpression(groupBy, scope);
  return (frame) => {
    const key = keyOf(frame);
    const upper = boundaries.findIndex((boundary) => compare(key, boundary) < 0);
    if (upper > 0) return boundaries[upper - 1];
    if (otherwise) return otherwise.value;
    return fail(
      'Location40066',
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
}

const bucketOptions = ['groupBy', 'boundaries', 'default', 'output'];

export const bucketStage: StageFactory = (specification, context) => {
  if (!isDocument(specification))
    return fail(
      'Location40201',
      `Argument to $bucket stage must be an object, but found type: ${typeName(specification)}.`,
    );
  const stranger = Object.keys(specification).find((name) => !bucketOptions.includes(name));
  if (stranger !== undefined) fail('Location40197', `Unrecognized option to $bucket: ${stranger}.`);
  const { groupBy, boundaries: sources, output = { count: { $sum: 1 } } } = specification as Record<string, unknown>;
  if (groupBy !== undefined && !isPath(groupBy) && !isExpressionObject(groupBy))
    fail('Location40202', "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression.");
  if (groupBy === undefined || sources === undefined)
    fail('Location40198', "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  const boundaries = readBoundaries(sources, context);
  if (!isDocument(output))
    return fail('Location40196', `The $bucket 'output' field must be an object, but found type: ${typeName(output)}.`);
  const bucketOf = compileBucket(groupBy, boundaries, readDefault(specification, boundaries, context), context);
  return chain([createGroup(bucketOf, output, context.scope), sortStage({ _id: 1 }, context)]);
};
