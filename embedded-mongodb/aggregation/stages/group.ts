import type { Document } from 'bson';
import { bsonTypes, isDocument, setField, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { findAccumulator, type Accumulator, type AccumulatorDefinition } from '../accumulators/index.js';
import { compileExpression } from '../expressions/expression.js';
import { frameOf, type Expression, type Scope } from '../expressions/scope.js';
import { MemoryBound, sizeOf } from '../memory.js';
import { forEach, inBatches, type Stage, type StageFactory } from '../stage.js';

interface Column {
  readonly field: string;
  readonly definition: AccumulatorDefinition;
  readonly expression: Expression;
  /** Whether its state grows with every document. */
  readonly grows: boolean;
}

interface Group {
  readonly id: unknown;
  readonly accumulators: readonly Accumulator[];
}

const growing = ['$push', '$addToSet', '$mergeObjects'];
const accumulatorBytes = 64;

function parseColumn(field: string, specification: unknown, scope: Scope): Column {
  if (!isDocument(specification)) return fail('Location40234', `The field '${field}' must be an accumulator object`);
  if (field.includes('.')) fail('Location40235', `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) fail('Location40236', `The field name '${field}' cannot be an operator name`);
  const [name, ...more] = Object.keys(specification);
  if (name === undefined || more.length > 0)
    return fail('Location40238', `The field '${field}' must specify one accumulator`);
  const operand: unknown = specification[name];
  if (typeOf(operand) === bsonTypes.array) fail('Location40237', `The ${name} accumulator is a unary operator`);
  const definition = findAccumulator(name, operand);
  const expression = definition.takesNothing ? () => undefined : compileExpression(operand, scope);
  return { field, definition, expression, grows: growing.includes(name) };
}

export const groupStage: StageFactory = (specification, { scope }) => {
  if (!isDocument(specification)) return fail('Location15947', "a group's fields must be specified in an object");
  if (!Object.hasOwn(specification, '_id')) fail('Location15955', 'a group specification must include an _id');
  const { _id: id, ...fields } = specification as Record<string, unknown>;
  return createGroup(compileExpression(id, scope), fields, scope);
};

/** One document for each value that the expression gives, with the accumulated fields. */
export function createGroup(idExpression: Expression, fields: Document, scope: Scope): Stage {
  if (Object.hasOwn(fields, '_id')) fail('Location15948', "a group's _id may only be specified once");
  const columns = Object.keys(fields).map((field) => parseColumn(field, fields[field], scope));
  return async function* group(input, execution) {
    const groups = new Map<string, Group>();
    const memory = new MemoryBound('$group');
    await forEach(input, execution, (document) => {
      const frame = frameOf(document);
      const id = idExpression(frame) ?? null;
      const identity = scope.order.identify(id);
      let found = groups.get(identity);
      if (!found) {
        memory.add(2 * sizeOf(id) + accumulatorBytes * columns.length);
        found = { id, accumulators: columns.map(({ definition }) => definition.create(scope.order)) };
        groups.set(identity, found);
      }
      for (const [at, { expression, grows }] of columns.entries()) {
        const value = expression(frame);
        const isKept = found.accumulators[at]?.add(value) !== false;
        if (grows && isKept) memory.add(sizeOf(value));
      }
    });
    yield* inBatches(results(groups, columns), execution);
  };
}

function* results(groups: ReadonlyMap<string, Group>, columns: readonly Column[]): Generator<Document> {
  for (const { id, accumulators } of groups.values()) {
    const out: Document = { _id: id };
    columns.forEach(({ field }, at) => setField(out, field, accumulators[at]?.result()));
    yield out;
  }
}
