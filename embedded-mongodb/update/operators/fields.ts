import { Long, Timestamp } from 'bson';
import { isIdentical } from '../../bson/compare.js';
import { bsonTypes, isDocument, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { splitPath } from '../../query/paths.js';
import { keep, type UpdateAction, type UpdateOperatorFactory } from '../operator.js';
import { isPositionalPart } from '../positional.js';

let timestampCounter = 0;

/** Seconds, and a counter that tells those of one second apart. */
export function timestampNow(): Timestamp {
  timestampCounter = (timestampCounter + 1) % 0x7fffffff;
  return new Timestamp(new Long(timestampCounter, Math.floor(Date.now() / 1000)));
}

function currentDate(operand: unknown, path: string): UpdateAction {
  let type = 'date';
  if (isDocument(operand)) {
    const keys = Object.keys(operand);
    if (keys.length !== 1 || keys[0] !== '$type')
      fail('BadValue', `Unrecognized $currentDate option: ${keys.find((key) => key !== '$type') ?? ''}`);
    type = String(operand.$type);
    if (type !== 'date' && type !== 'timestamp') {
      fail(
        'BadValue',
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    }
  } else if (typeof operand !== 'boolean') {
    fail(
      'BadValue',
      `${path} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  return {
    createsPath: true,
    apply: () => ({ set: type === 'date' ? new Date() : timestampNow() }),
  };
}

function extreme(isBetter: (order: number) => boolean): UpdateOperatorFactory {
  return (operand, _path, { order }) => ({
    createsPath: true,
    apply: (current) => (current === undefined || isBetter(order.compare(operand, current)) ? { set: operand } : keep),
  });
}

function rename(operand: unknown, path: string): UpdateAction {
  if (typeOf(operand) !== bsonTypes.string)
    fail('BadValue', `The 'to' field for $rename must be a string: ${path}: ${String(operand)}`);
  const target = operand as string;
  if (target === path) fail('BadValue', `The source and target field for $rename must differ: ${path}: "${target}"`);
  if (target.startsWith(`${path}.`) || path.startsWith(`${target}.`)) {
    fail('BadValue', `The source and target field for $rename must not be on the same path: ${path}: "${target}"`);
  }
  for (const [name, which] of [
    [path, 'source'],
    [target, 'destination'],
  ] as const) {
    if (splitPath(name).some(isPositionalPart))
      fail('BadValue', `The ${which} field for $rename may not be dynamic: ${name}`);
  }
  return { createsPath: false, apply: () => 'remove', moveTo: target };
}

const set: UpdateOperatorFactory = (operand) => ({
  createsPath: true,
  apply: (current) => (current !== undefined && isIdentical(current, operand) ? keep : { set: operand }),
});

export const fieldOperators: Record<string, UpdateOperatorFactory> = {
  $set: set,
  $setOnInsert: (operand) => ({
    createsPath: true,
    apply: (_current, { isInsert }) => (isInsert ? { set: operand } : keep),
  }),
  $unset: () => ({ createsPath: false, ignoresUnreachable: true, apply: () => 'remove' }),
  $min: extreme((order) => order < 0),
  $max: extreme((order) => order > 0),
  $currentDate: currentDate,
  $rename: rename,
};
