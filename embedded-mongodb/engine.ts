/** A store that is open: its environment, its catalogue, its cursors and the housekeeping that runs beside commands. */
import { Catalogue, type CollectionEntry } from './storage/catalogue.js';
import { Collection } from './storage/collection.js';
import { Environment, type EnvironmentOptions } from './storage/environment.js';
import { CursorTable } from './commands/cursors.js';
import { fail } from './errors.js';
import { Query, type QueryOptions } from './planner/query.js';
import { Housekeeping } from './housekeeping.js';

export type Log = (level: 'info' | 'warn' | 'error', message: string) => void;

export interface EngineOptions extends EnvironmentOptions {
  readonly log: Log;
  readonly ttlSweepMs: number;
}

/** MongoDB's limit. */
const maxNamespaceBytes = 255;

export class Engine {
  readonly environment: Environment;
  readonly catalogue: Catalogue;
  readonly cursors = new CursorTable();
  readonly log: Log;
  readonly startedAt = new Date();
  readonly #housekeeping: Housekeeping;
  readonly #collections = new WeakMap<CollectionEntry, Collection>();

  constructor(options: EngineOptions) {
    this.log = options.log;
    this.environment = new Environment({
      ...options,
      onFailure: (message) => options.log('error', message),
      onLostCommit: () => this.catalogue.reload(),
    });
    this.catalogue = new Catalogue(this.environment);
    this.#housekeeping = new Housekeeping(this, options.ttlSweepMs);
  }

  collection(ns: string): Collection | undefined {
    const entry = this.catalogue.find(ns);
    return entry && this.open(entry);
  }

  /** Inside a write. */
  ensureCollection(ns: string): Collection {
    assertNamespace(ns);
    return this.open(this.catalogue.ensure(ns));
  }

  open(entry: CollectionEntry): Collection {
    let collection = this.#collections.get(entry);
    if (!collection) {
      collection = new Collection(this.environment, this.catalogue, entry);
      this.#collections.set(entry, collection);
    }
    return collection;
  }

  /** Removes the data of what was dropped, beside other work. */
  scheduleRemovals(): void {
    this.#housekeeping.scheduleRemovals();
  }

  /** Plans a query. One that takes long for want of an index is reported with the fields an index should have. */
  query(collection: Collection, options: QueryOptions): Query {
    const query = new Query(this.environment, collection, options);
    query.onSlowScan = (elapsedMs) => {
      const fields = query.wantedFields.join(', ');
      const { docsExamined } = query.statistics;
      const advice = fields === '' ? 'limit it' : `an index that begins with ${fields} would avoid it`;
      this.log(
        'warn',
        `slow scan of ${collection.entry.ns}: ${docsExamined} documents in ${Math.round(elapsedMs)} ms so far; ${advice}`,
      );
    };
    return query;
  }

  async close(): Promise<void> {
    this.cursors.closeAll();
    await this.#housekeeping.close();
    await this.environment.close();
  }
}

export function assertNamespace(ns: string): void {
  const dot = ns.indexOf('.');
  const database = ns.slice(0, dot);
  const name = ns.slice(dot + 1);
  const isValid =
    database.length > 0 &&
    database.length < 64 &&
    !/[/\\. "$\0]/.test(database) &&
    name.length > 0 &&
    !/[$\0]/.test(name) &&
    !name.startsWith('.') &&
    !name.endsWith('.');
  if (!isValid || Buffer.byteLength(ns) > maxNamespaceBytes)
    fail('InvalidNamespace', `Invalid namespace specified '${ns}'`);
  if (name.startsWith('system.')) fail('InvalidNamespace', `cannot write to the system namespace '${ns}'`);
}
