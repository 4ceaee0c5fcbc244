/** `$merge`: writes what comes into a collection. Each document is found and changed in one step, as an update is. */
import { ObjectId, type Document } from 'bson';
import { binaryOrder, type Order } from '../../bson/compare.js';
import { bsonTypes, isDocument, isNullish, ownField, typeOf } from '../../bson/values.js';
import { changeRecord, findOneNow, insertUpsert } from '../../commands/write.js';
import { fail } from '../../errors.js';
import { compileFilter } from '../../query/matcher.js';
import { splitPath } from '../../query/paths.js';
import type { Collection } from '../../storage/collection.js';
import { compilePipeline, compileReplacement, compileUpdate, type CompiledUpdate } from '../../update/update.js';
import type { Execution } from '../execution.js';
import type { Scope } from '../expressions/scope.js';
import type { StageFactory } from '../stage.js';
import { StageVariables } from '../variables.js';
import { readMerge, type MergeOptions } from './merge-options.js';

/** One transaction keeps the thread no longer than this; the rest goes into the next. */
const writeTurnMs = 10;

/** An index that is in another order than the pipeline proves nothing to it. */
function assertUnique(collection: Collection | undefined, on: readonly string[], order: Order): void {
  const isBinary = order === binaryOrder;
  if (isBinary && on.length === 1 && on[0] === '_id') return;
  const isSupported =
    isBinary &&
    collection?.entry.indexes.some(
      ({ unique, partialFilter, isBuilding, fields }) =>
        unique &&
        !partialFilter &&
        !isBuilding &&
        fields.length === on.length &&
        fields.every(({ path }) => on.includes(path)),
    );
  if (!isSupported) fail('Location51183', 'Cannot find index to verify that join fields will be unique');
}

function valueAt(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const part of splitPath(path)) {
    value = isDocument(value) ? ownField(value, part) : undefined;
    if (typeOf(value) === bsonTypes.array)
      fail('Location51185', `$merge write error: 'on' field '${path}' is an array`);
  }
  if (isNullish(value))
    fail('Location51132', `$merge write error: 'on' field '${path}' cannot be missing, null or undefined`);
  return value;
}

type UpdateOf = (document: Document, filter: Document) => CompiledUpdate;

/** What becomes of a document that is there already. */
function compileMatched(options: MergeOptions, scope: Scope): UpdateOf {
  if (options.whenMatched === 'replace') return (document) => compileReplacement(document);
  if (options.whenMatched === 'pipeline') return compileMergePipeline(options, scope);
  const operator = options.whenMatched === 'merge' ? '$set' : '$setOnInsert';
  return (document, filter) => compileUpdate({ update: { [operator]: document }, filter: compileFilter(filter).root });
}

function compileMergePipeline({ pipeline, variables }: MergeOptions, scope: Scope): UpdateOf {
  const bound = new StageVariables(variables, scope);
  // Compiled here as well, so that a mistake is told even when no document comes.
  compilePipeline(pipeline, bound.emptyScope);
  return (document) => compilePipeline(pipeline, bound.scopeOf(document));
}

class Merger {
  readonly #options: MergeOptions;
  readonly #on: readonly string[];
  readonly #execution: Execution;
  readonly #updateOf: UpdateOf;

  constructor(options: MergeOptions, updateOf: UpdateOf, execution: Execution, order: Order) {
    this.#options = options;
    this.#on = options.on ?? ['_id'];
    this.#updateOf = updateOf;
    this.#execution = execution;
    assertUnique(execution.engine.collection(options.ns), this.#on, order);
  }

  async write(batch: readonly Document[]): Promise<void> {
    let at = 0;
    while (at < batch.length) {
      this.#execution.interrupt();
      await this.#execution.engine.environment.write(() => {
        const start = performance.now();
        while (at < batch.length && performance.now() - start < writeTurnMs) this.#writeNow(batch[at++] as Document);
      });
    }
  }

  /** Inside a write. */
  #writeNow(source: Document): void {
    const { engine, interrupt } = this.#execution;
    const { ns, whenMatched, whenNotMatched } = this.#options;
    const lacksId = this.#on.includes('_id') && source._id === undefined;
    const document = lacksId ? { _id: new ObjectId(), ...source } : source;
    if (whenMatched === 'fail') return this.#insert(document);
    const filter: Document = Object.fromEntries(this.#on.map((path) => [path, { $eq: valueAt(document, path) }]));
    const collection = engine.collection(ns);
    const match = collection && findOneNow(engine, collection, { filter }, interrupt);
    if (collection && match) {
      changeRecord(collection, match, this.#updateOf(document, filter));
    } else if (whenNotMatched === 'fail') {
      fail(
        'MergeStageNoMatchingDocument',
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    } else if (whenNotMatched === 'insert') {
      if (whenMatched === 'pipeline') this.#insert(document);
      else insertUpsert(engine, ns, compileFilter(filter).root, this.#updateOf(document, filter));
    }
  }

  #insert(document: Document): void {
    const { _id = new ObjectId(), ...rest } = document;
    this.#execution.engine.ensureCollection(this.#options.ns).insert({ _id: _id as unknown, ...rest });
  }
}

export const mergeStage: StageFactory = (specification, { scope, databaseName }) => {
  const options = readMerge(specification, databaseName);
  const updateOf = compileMatched(options, scope);
  return async function* merge(input, execution) {
    const merger = new Merger(options, updateOf, execution, scope.order);
    for await (const batch of input) await merger.write(batch);
    // What was read has been written; nothing is left to return.
    yield* [];
  };
};
