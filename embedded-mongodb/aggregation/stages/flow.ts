/** `$match`, `$skip`, `$limit`, `$count`. */
import { Int32, Long } from 'bson';
import { isDocument, isNumeric, toNumber } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compileFilter } from '../../query/matcher.js';
import { mapStage, type StageFactory } from '../stage.js';

export function readCount(name: string, value: unknown, least: number): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number))
    fail(
      name === '$limit' ? 'Location2107201' : 'Location5107200',
      `invalid argument to ${name} stage: Expected a number in: ${name}: ${String(value)}`,
    );
  if (number < least)
    fail(
      name === '$limit' ? 'Location15958' : 'Location5107200',
      least > 0
        ? 'the limit must be positive'
        : `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${number}`,
    );
  return number;
}

export const matchStage: StageFactory = (specification, { scope }) => {
  if (!isDocument(specification)) return fail('Location15959', 'the match filter must be an expression in an object');
  const { matches } = compileFilter(specification, { scope });
  return mapStage((document) => (matches(document) ? document : undefined));
};

export const skipStage: StageFactory = (specification) => {
  const count = readCount('$skip', specification, 0);
  return async function* skip(input) {
    let left = count;
    for await (const batch of input) {
      const skipped = Math.min(left, batch.length);
      left -= skipped;
      if (skipped < batch.length) yield skipped > 0 ? batch.slice(skipped) : batch;
    }
  };
};

export const limitStage: StageFactory = (specification) => {
  const count = readCount('$limit', specification, 1);
  return async function* limit(input) {
    let left = count;
    for await (const batch of input) {
      const taken = batch.slice(0, left);
      left -= taken.length;
      yield taken;
      if (left === 0) return;
    }
  };
};

const largestInt = 0x7fffffff;

export const countStage: StageFactory = (specification) => {
  if (typeof specification !== 'string') return fail('Location40156', 'the count field must be a non-empty string');
  if (specification === '') fail('Location40157', 'the count field must be a non-empty string');
  if (specification.startsWith('$')) fail('Location40158', 'the count field cannot be a $-prefixed path');
  if (specification.includes('\0')) fail('Location40159', 'the count field cannot contain a null byte');
  if (specification.includes('.')) fail('Location40160', "the count field cannot contain '.'");
  if (specification === '_id') fail('Location15948', "a group's _id may only be specified once");
  return async function* count(input) {
    let total = 0;
    for await (const batch of input) total += batch.length;
    if (total > 0) yield [{ [specification]: total > largestInt ? Long.fromNumber(total) : new Int32(total) }];
  };
};
