import type { Document } from 'bson';
import { bsonTypes, isDocument, ownField, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { isRegex } from '../../query/operators/regex.js';
import { isIndexComponent } from '../../query/paths.js';
import { fieldPath, withPath } from '../documents.js';
import type { Execution } from '../execution.js';
import type { Scope } from '../expressions/scope.js';
import { maxStageBytes, MemoryBound, sizeOf } from '../memory.js';
import { forEach, type Batches, type StageContext, type StageFactory, type SubPipeline } from '../stage.js';
import { StageVariables } from '../variables.js';

interface Join {
  readonly local: readonly string[];
  readonly foreign: string;
}

interface LookupOptions {
  readonly from: string;
  readonly as: readonly string[];
  readonly join: Join | undefined;
  readonly pipeline: unknown[];
  readonly variables: StageVariables;
}

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

const textArguments = ['from', 'as', 'localField', 'foreignField'];

function checkArguments(specification: Document): void {
  for (const [name, value] of Object.entries(specification) as [string, unknown][]) {
    if (name === 'pipeline') {
      if (!isArray(value)) fail('TypeMismatch', 'A pipeline must be an array of objects');
    } else if (name === 'let') {
      if (!isDocument(value))
        fail('FailedToParse', `$lookup argument 'let' must be an object, is type ${typeName(value)}`);
    } else if (!textArguments.includes(name)) {
      fail('FailedToParse', `unknown argument to $lookup: ${name}`);
    } else if (typeof value !== 'string') {
      if (name === 'from' && isDocument(value))
        fail('FailedToParse', '$lookup with syntax {from: {db:<>, coll:<>},..} is not supported');
      fail('FailedToParse', `$lookup argument '${name}' must be a string, found ${typeName(value)}`);
    }
  }
}

function readJoin({ localField, foreignField, pipeline, let: variables }: Record<string, unknown>): Join | undefined {
  if (typeof localField === 'string' && typeof foreignField === 'string') {
    if (variables !== undefined && pipeline === undefined)
      fail('FailedToParse', "$lookup with a 'let' argument must also specify 'pipeline'");
    fieldPath(foreignField);
    return { local: fieldPath(localField), foreign: foreignField };
  }
  if (pipeline === undefined)
    fail('FailedToParse', "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  if (localField !== undefined || foreignField !== undefined)
    fail('FailedToParse', "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  return undefined;
}

function parseLookup(specification: unknown, { scope }: StageContext): LookupOptions {
  if (!isDocument(specification))
    return fail(
      'FailedToParse',
      `the $lookup stage specification must be an object, but found ${typeName(specification)}`,
    );
  checkArguments(specification);
  const { from, as, pipeline = [], let: variables = {} } = specification as Record<string, unknown>;
  if (typeof from !== 'string' || from === '')
    return fail(
      'FailedToParse',
      '$lookup stage without explicit collection must have a pipeline with $documents as first stage',
    );
  if (typeof as !== 'string' || as === '') return fail('FailedToParse', "must specify 'as' field for a $lookup");
  return {
    from,
    as: fieldPath(as),
    join: readJoin(specification),
    pipeline: pipeline as unknown[],
    variables: new StageVariables(variables as Document, scope),
  };
}

/** What a document offers for the join: arrays are entered, and positions followed, as in a filter. */
function visitValues(document: Document, parts: readonly string[], visit: (value: unknown) => void): void {
  const [first, ...others] = parts as [string, ...string[]];
  let rest = others;
  let value: unknown = ownField(document, first);
  while (isArray(value) && rest[0] !== undefined && isIndexComponent(rest[0])) {
    value = value[Number(rest[0])];
    rest = rest.slice(1);
  }
  if (rest.length === 0) {
    for (const one of isArray(value) ? value : [value]) if (one !== undefined) visit(one);
  } else {
    for (const one of isArray(value) ? value : [value]) if (isDocument(one)) visitValues(one, rest, visit);
  }
}

/** The foreign documents that join this one. No value at all joins as null does. */
function joinFilter(document: Document, { local, foreign }: Join): Document {
  const values: unknown[] = [];
  visitValues(document, local, (value) => void values.push(value));
  if (values.length === 0) return { [foreign]: { $eq: null } };
  // A regular expression joins what equals it, not what it matches.
  if (values.some(isRegex)) return { $or: values.map((value) => ({ [foreign]: { $eq: value } })) };
  return { [foreign]: values.length === 1 ? { $eq: values[0] } : { $in: values } };
}

async function collect(input: Batches, execution: Execution): Promise<{ found: Document[]; bytes: number }> {
  const found: Document[] = [];
  let bytes = 0;
  const memory = new MemoryBound(
    '$lookup',
    'Location4568',
    `Total size of documents in $lookup matching pipeline exceeds ${maxStageBytes} bytes`,
  );
  await forEach(input, execution, (document) => {
    const size = sizeOf(document);
    memory.add(size);
    bytes += size;
    found.push(document);
  });
  return { found, bytes };
}

/** Batches that hold more than this go on to the next stage, however few documents they are. */
const fullBatchBytes = 1024 * 1024;

export const lookupStage: StageFactory = (specification, context) => {
  const options = parseLookup(specification, context);
  const { from, as, join, variables } = options;
  const within = [...context.within, '$lookup'];
  const compile = (scope: Scope): SubPipeline =>
    context.compileSubPipeline(from, options.pipeline, { ...context, scope, within });
  // Compiled here as well, so that a mistake is told even when no document comes.
  const uncorrelated = compile(variables.emptyScope);
  return async function* lookup(input, execution) {
    let same: Document[] | undefined;
    const find = async (document: Document): Promise<{ found: Document[]; bytes: number }> => {
      if (same) return { found: same, bytes: 0 };
      const pipeline = variables.isEmpty ? uncorrelated : compile(variables.scopeOf(document));
      const result = await collect(pipeline.open(execution, join && joinFilter(document, join)), execution);
      if (!join && variables.isEmpty) same = result.found;
      return result;
    };
    for await (const batch of input) {
      let out: Document[] = [];
      let held = 0;
      for (const document of batch) {
        const { found, bytes } = await find(document);
        out.push(withPath(document, as, found));
        held += bytes;
        if (execution.isDue) await execution.rest();
        if (held < fullBatchBytes) continue;
        yield out;
        out = [];
        held = 0;
      }
      if (out.length > 0) yield out;
    }
  };
};
