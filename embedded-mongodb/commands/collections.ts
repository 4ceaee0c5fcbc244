import { Binary, type Document } from 'bson';
import { encode } from '../bson/codec.js';
import { isDocument } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter } from '../query/matcher.js';
import { argumentsOf, namespaceOf, readBatchSize, type Command } from './command.js';
import { ListSource } from './cursors.js';

/** Options of `create` that would change what the collection is. */
const refusedCreateOptions = [
  'capped',
  'timeseries',
  'viewOn',
  'pipeline',
  'validator',
  'collation',
  'clusteredIndex',
  'encryptedFields',
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
  'size',
  'max',
  'storageEngine',
  'indexOptionDefaults',
  'idIndex',
  'autoIndexId',
  'validationLevel',
  'validationAction',
];

/** What a collection is without the option, said in so many words. */
function isDefault(option: string, value: unknown): boolean {
  switch (option) {
    case 'capped':
    case 'changeStreamPreAndPostImages':
      return value === false || (isDocument(value) && value.enabled === false);
    case 'autoIndexId':
      return value === true;
    case 'validationLevel':
      return value === 'strict';
    case 'validationAction':
      return value === 'error';
    case 'collation':
      return isDocument(value) && value.locale === 'simple';
    default:
      return isDocument(value) && Object.keys(value).length === 0 && ['validator', 'storageEngine'].includes(option);
  }
}

export const createCommand: Command = {
  names: ['create'],
  fields: ['create', ...refusedCreateOptions],
  handle: async (context) => {
    const { engine } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    for (const option of refusedCreateOptions) {
      const value = args.raw(option);
      if (value === undefined || isDefault(option, value)) continue;
      fail('InvalidOptions', `create: the option ${option} is not supported by this store`);
    }
    // A collection that exists has the same options, because there are none to differ in.
    await engine.environment.write(() => engine.ensureCollection(ns));
    return {};
  },
};

export const dropCommand: Command = {
  names: ['drop'],
  fields: ['drop'],
  handle: async (context) => {
    const { engine } = context;
    const ns = namespaceOf(context);
    const count = await engine.environment.write(() => {
      const entry = engine.catalogue.find(ns);
      if (!entry) return undefined;
      engine.catalogue.drop(entry);
      return entry.indexes.length + 1;
    });
    engine.scheduleRemovals();
    return count === undefined ? {} : { nIndexesWas: count, ns };
  },
};

export const dropDatabaseCommand: Command = {
  names: ['dropDatabase'],
  fields: ['dropDatabase'],
  handle: async ({ engine, database }) => {
    await engine.environment.write(() => {
      for (const entry of engine.catalogue.list(database)) engine.catalogue.drop(entry);
    });
    engine.scheduleRemovals();
    return { dropped: database };
  },
};

export const listCollectionsCommand: Command = {
  names: ['listCollections'],
  fields: ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  handle: (context) => {
    const { engine, database, interrupt } = context;
    const args = argumentsOf(context);
    const nameOnly = args.boolean('nameOnly', false);
    const { matches } = compileFilter(args.document('filter') ?? {});
    const documents = engine.catalogue
      .list(database)
      .map(({ name, uuid }): Document => ({
        name,
        type: 'collection',
        options: {},
        info: { readOnly: false, uuid: new Binary(uuid, Binary.SUBTYPE_UUID) },
        idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
      }))
      .filter(matches)
      .map((document) => (nameOnly ? { name: document.name as unknown, type: 'collection' } : document));
    const source = new ListSource(documents.map(encode));
    const batchSize = readBatchSize(args, 'listCollections');
    return engine.cursors.openReply(`${database}.$cmd.listCollections`, source, interrupt, { batchSize });
  },
};

export const listDatabasesCommand: Command = {
  names: ['listDatabases'],
  adminOnly: true,
  fields: ['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
  handle: (context) => {
    const { engine } = context;
    const args = argumentsOf(context);
    const { matches } = compileFilter(args.document('filter') ?? {});
    const names = [...new Set(engine.catalogue.list().map((entry) => entry.databaseName))].sort();
    const nameOnly = args.boolean('nameOnly', false);
    const databases = names
      .map((name): Document => (nameOnly ? { name } : { name, sizeOnDisk: 0, empty: false }))
      .filter(matches);
    return nameOnly ? { databases } : { databases, totalSize: 0, totalSizeMb: 0 };
  },
};
