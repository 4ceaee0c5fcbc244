/** `$match`, `$sort`, `$skip`, `$limit`, `$count`. */
import type { Document } from 'bson';
import { isDocument, isNumeric, toNumber } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compileSort, sortKeyOf } from '../../planner/sort.js';
import { compileFilter } from '../../query/matcher.js';
import type { StageFactory } from '../stage.js';

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

export const matchStage: StageFactory = (specification) => {
  if (!isDocument(specification)) return fail('Location15959', 'the match filter must be an expression in an object');
  const { matches } = compileFilter(specification);
  return { process: (batch) => batch.filter(matches) };
};

export const sortStage: StageFactory = (specification) => {
  if (!isDocument(specification)) return fail('Location15973', 'the $sort key specification must be an object');
  const fields = compileSort(specification);
  if (fields.length === 0) fail('Location15976', '$sort stage must have at least one sort key');
  const all: { key: Buffer; document: Document }[] = [];
  return {
    process: (batch) => {
      for (const document of batch) all.push({ key: sortKeyOf(document, fields), document });
      return [];
    },
    finish: () => all.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ document }) => document),
  };
};

export const skipStage: StageFactory = (specification) => {
  let left = readCount('$skip', specification, 0);
  return {
    process: (batch) => {
      const skipped = Math.min(left, batch.length);
      left -= skipped;
      return skipped > 0 ? batch.slice(skipped) : batch;
    },
  };
};

export const limitStage: StageFactory = (specification) => {
  let left = readCount('$limit', specification, 1);
  return {
    process: (batch) => {
      const taken = batch.slice(0, left);
      left -= taken.length;
      return taken;
    },
    isSatisfied: () => left === 0,
  };
};

export const countStage: StageFactory = (specification) => {
  if (typeof specification !== 'string') return fail('Location40156', 'the count field must be a non-empty string');
  if (specification === '') fail('Location40156', 'the count field must be a non-empty string');
  if (specification.startsWith('$')) fail('Location40158', 'the count field cannot be a $-prefixed path');
  if (specification.includes('.')) fail('Location40160', "the count field cannot contain '.'");
  let count = 0;
  return {
    process: (batch) => {
      count += batch.length;
      return [];
    },
    finish: () => (count > 0 ? [{ [specification]: count }] : []),
  };
};
