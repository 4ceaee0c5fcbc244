import { Long, type Document } from 'bson';
import { isEqual } from '../bson/compare.js';
import { toNumber } from '../bson/values.js';
import { fail } from '../errors.js';
import { allIndexes, type CollectionEntry, type IndexEntry } from '../storage/catalogue.js';
import { Arguments, argumentsOf, assertFields, namespaceOf, type Command } from './command.js';
import { maxExpireAfterSeconds } from './index-request.js';

/** Options of a server that this store's collections do not have. */
const refusedOptions = [
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'recordPreImages',
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
  'timeseries',
  'clusteredIndex',
  'cappedSize',
  'cappedMax',
  'dryRun',
];

function selectIndex(entry: CollectionEntry, args: Arguments): IndexEntry {
  const keyPattern = args.document('keyPattern');
  if (args.has('name') && keyPattern) fail('InvalidOptions', 'Cannot specify both key pattern and name.');
  if (!args.has('name') && !keyPattern) fail('InvalidOptions', 'Must specify either index name or key pattern.');
  const name = keyPattern ? undefined : args.text('name');
  const [found, ...more] = allIndexes(entry).filter((index) =>
    keyPattern ? isEqual(index.key, keyPattern) : index.name === name,
  );
  const wanted = name ?? JSON.stringify(keyPattern);
  if (more.length > 0)
    fail('AmbiguousIndexKeyPattern', `index keyPattern ${wanted} matches several indexes, must use index name`);
  return found ?? fail('IndexNotFound', `cannot find index ${wanted} for ns ${entry.ns}`);
}

/** Inside a write. */
function changeIndex(entry: CollectionEntry, args: Arguments): Document {
  const index = selectIndex(entry, args);
  const hidden = args.has('hidden') ? args.boolean('hidden', false) : undefined;
  const seconds = args.integer('expireAfterSeconds');
  if (hidden === undefined && seconds === undefined)
    fail('InvalidOptions', 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  if (seconds !== undefined && !(seconds >= 0 && seconds <= maxExpireAfterSeconds))
    fail('InvalidOptions', "TTL index 'expireAfterSeconds' option must be within an acceptable range");
  if (index === entry.idIndex) {
    if (hidden !== undefined) fail('BadValue', "can't hide _id index");
    fail('InvalidOptions', 'the _id field does not support TTL indexes');
  }
  if (seconds !== undefined && index.fields.length > 1)
    fail('InvalidOptions', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  const reply: Document = {};
  if (seconds !== undefined) {
    if (index.expireAfterSeconds !== undefined)
      reply.expireAfterSeconds_old = Long.fromNumber(toNumber(index.expireAfterSeconds));
    reply.expireAfterSeconds_new = Long.fromNumber(seconds);
    index.expireAfterSeconds = seconds;
  }
  if (hidden !== undefined && hidden !== index.hidden) {
    Object.assign(reply, { hidden_old: index.hidden, hidden_new: hidden });
    index.hidden = hidden;
  }
  return reply;
}

export const collModCommand: Command = {
  names: ['collMod'],
  fields: ['collMod', 'index', ...refusedOptions],
  handle: (context) => {
    const { engine } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    const refused = refusedOptions.find((option) => args.has(option));
    if (refused !== undefined) fail('InvalidOptions', `collMod: the option ${refused} is not supported by this store`);
    const change = args.document('index');
    return engine.environment.write((): Document => {
      const entry = engine.catalogue.find(ns) ?? fail('NamespaceNotFound', 'ns does not exist');
      if (!change) return {};
      assertFields(change, ['name', 'keyPattern', 'expireAfterSeconds', 'hidden'], 'collMod.index');
      const reply = changeIndex(entry, new Arguments(change, 'collMod.index'));
      engine.catalogue.save(entry);
      return reply;
    });
  },
};
