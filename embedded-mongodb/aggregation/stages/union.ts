import { bsonTypes, isDocument, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import type { StageFactory } from '../stage.js';

function readOptions(specification: unknown): { collection: string; pipeline: unknown } {
  if (typeof specification === 'string') return { collection: specification, pipeline: [] };
  if (!isDocument(specification))
    return fail(
      'FailedToParse',
      `the $unionWith stage specification must be an object or string, but found ${typeName(specification)}`,
    );
  const stranger = Object.keys(specification).find((name) => name !== 'coll' && name !== 'pipeline');
  if (stranger !== undefined) fail('Location40415', `BSON field '$unionWith.${stranger}' is an unknown field.`);
  const { coll, pipeline = [] } = specification as Record<string, unknown>;
  if (coll === undefined)
    fail(
      'FailedToParse',
      '$unionWith stage without explicit collection must have a pipeline with $documents as first stage',
    );
  if (typeof coll !== 'string')
    return fail(
      'TypeMismatch',
      `BSON field '$unionWith.coll' is the wrong type '${typeName(coll)}', expected type 'string'`,
    );
  if (typeOf(pipeline) !== bsonTypes.array)
    fail(
      'TypeMismatch',
      `BSON field '$unionWith.pipeline' is the wrong type '${typeName(pipeline)}', expected type 'array'`,
    );
  return { collection: coll, pipeline };
}

export const unionStage: StageFactory = (specification, context) => {
  const { collection, pipeline } = readOptions(specification);
  const other = context.compileSubPipeline(collection, pipeline, {
    ...context,
    within: [...context.within, '$unionWith'],
  });
  return async function* union(input, execution) {
    yield* input;
    yield* other.open(execution);
  };
};
