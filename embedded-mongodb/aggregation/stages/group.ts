import type { Document } from 'bson';
import { encodeKey } from '../../bson/key-encoding.js';
import { isDocument, setField } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { findAccumulator, type Accumulator, type AccumulatorDefinition } from '../accumulators/index.js';
import { compileExpression } from '../expressions/expression.js';
import { frameOf, type Expression } from '../expressions/scope.js';
import type { StageFactory } from '../stage.js';

interface Column {
  readonly field: string;
  readonly definition: AccumulatorDefinition;
  readonly expression: Expression;
}

/** Groups beyond this many would not fit the memory a store of this size should take. */
const maxGroups = 1_000_000;

function parseColumn(field: string, specification: unknown): Column {
  if (field.includes('.')) fail('Location40235', `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) fail('Location40236', `The field name '${field}' cannot be an operator name`);
  if (!isDocument(specification)) return fail('Location40234', `The field '${field}' must be an accumulator object`);
  const [name, ...more] = Object.keys(specification);
  if (name === undefined || more.length > 0)
    return fail('Location40238', `The field '${field}' must specify one accumulator`);
  const operand: unknown = specification[name];
  const definition = findAccumulator(name, operand);
  return { field, definition, expression: definition.takesNothing ? () => undefined : compileExpression(operand) };
}

export const groupStage: StageFactory = (specification) => {
  if (!isDocument(specification)) return fail('Location15947', "a group's fields must be specified in an object");
  if (!Object.hasOwn(specification, '_id')) fail('Location15955', 'a group specification must include an _id');
  const idExpression = compileExpression(specification._id);
  const columns = Object.keys(specification)
    .filter((field) => field !== '_id')
    .map((field) => parseColumn(field, specification[field]));
  const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>();
  return {
    process: (batch) => {
      for (const document of batch) {
        const frame = frameOf(document);
        const id = idExpression(frame) ?? null;
        const identity = encodeKey(id).toString('latin1');
        let group = groups.get(identity);
        if (!group) {
          if (groups.size >= maxGroups)
            fail('QueryExceededMemoryLimitNoDiskUseAllowed', 'Exceeded memory limit for $group');
          group = { id, accumulators: columns.map(({ definition }) => definition.create()) };
          groups.set(identity, group);
        }
        const { accumulators } = group;
        columns.forEach(({ expression }, at) => accumulators[at]?.add(expression(frame)));
      }
      return [];
    },
    finish: () =>
      [...groups.values()].map(({ id, accumulators }) => {
        const out: Document = { _id: id };
        columns.forEach(({ field }, at) => setField(out, field, accumulators[at]?.result()));
        return out;
      }),
  };
};
