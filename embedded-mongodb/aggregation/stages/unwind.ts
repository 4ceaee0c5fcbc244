import { Long, type Document } from 'bson';
import { bsonTypes, isDocument, isNullish, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { plainPathValue } from '../../query/paths.js';
import { fieldPath, withoutPath, withPath } from '../documents.js';
import { inBatches, type StageFactory } from '../stage.js';

interface UnwindOptions {
  readonly parts: readonly string[];
  /** Where the position in the array goes. */
  readonly index: readonly string[] | undefined;
  readonly keepsEmpty: boolean;
}

const optionNames = ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'];

function parseUnwind(specification: unknown): UnwindOptions {
  if (typeof specification !== 'string' && !isDocument(specification))
    return fail('Location15981', 'expected either a string or an object as specification for $unwind stage');
  const options: Document = isDocument(specification) ? specification : { path: specification };
  const stranger = Object.keys(options).find((name) => !optionNames.includes(name));
  if (stranger !== undefined) fail('Location28811', `unrecognized option to $unwind stage: ${stranger}`);
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: keeps } = options as Record<string, unknown>;
  if (keeps !== undefined && typeof keeps !== 'boolean')
    fail('Location28809', 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    return fail('Location28810', 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (index?.startsWith('$'))
    fail('Location28822', `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`);
  if (path === undefined || path === '') fail('Location28812', 'no path specified to $unwind stage');
  if (typeof path !== 'string') return fail('Location28808', 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    fail('Location28818', `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return {
    parts: fieldPath(path.slice(1)),
    index: index === undefined ? undefined : fieldPath(index),
    keepsEmpty: keeps === true,
  };
}

function* unwind(document: Document, { parts, index, keepsEmpty }: UnwindOptions): Generator<Document> {
  const value = plainPathValue(document, parts);
  const withIndex = (result: Document, position: Long | null): Document =>
    index ? withPath(result, index, position) : result;
  if (typeOf(value) === bsonTypes.array) {
    const elements = value as unknown[];
    for (const [at, element] of elements.entries())
      yield withIndex(withPath(document, parts, element), Long.fromNumber(at));
    if (elements.length === 0 && keepsEmpty) yield withIndex(withoutPath(document, parts), null);
  } else if (!isNullish(value) || keepsEmpty) {
    yield withIndex(document, null);
  }
}

function* unwindBatch(batch: readonly Document[], options: UnwindOptions): Generator<Document> {
  for (const document of batch) yield* unwind(document, options);
}

export const unwindStage: StageFactory = (specification) => {
  const options = parseUnwind(specification);
  return async function* unwindAll(input, execution) {
    for await (const batch of input) {
      yield* inBatches(unwindBatch(batch, options), execution);
    }
  };
};
