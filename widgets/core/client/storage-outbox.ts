/**
 * The private half of `storage.ts`: the outbox on disk. IndexedDB with strict durability, else localStorage, else
 * memory; whichever opens first and accepts a write is used until the page ends.
 */
import type { NewOutboxItem, OutboxItem, OutboxStore } from './outbox-item.js';
import type { StorageBackends, WebStorage } from './storage-base.js';

const TABLE = 'outbox';
/** Safari has had releases in which opening a database never ends; a message must not wait for that. */
const OPEN_TIMEOUT_MS = 2_000;
/** Local order of what spilled over; higher than any order that a disk store will ever give. */
const SPILL_ORDER_BASE = 2 ** 52;

export async function openOutboxStore(prefix: string, backends: StorageBackends): Promise<OutboxStore> {
  const name = `${prefix}${TABLE}`;
  if (backends.indexedDB !== null) {
    try {
      return createSpillingStore(createDatabaseStore(await openDatabase(backends.indexedDB, name)));
    } catch {
      // Firefox private windows of old, blocked storage, a broken profile: the next best place is tried.
    }
  }
  if (backends.local !== null) {
    try {
      backends.local.setItem(name, backends.local.getItem(name) ?? '[]');
      return createSpillingStore(createWebStore(backends.local, name));
    } catch {
      // Blocked or full: memory remains, and `kind` tells the person.
    }
  }
  return createMemoryOutboxStore();
}

export async function deleteOutboxDatabase(prefix: string, backends: StorageBackends): Promise<void> {
  const factory = backends.indexedDB;
  if (factory === null) return;
  try {
    await new Promise<void>((resolve, reject) => {
      const request = factory.deleteDatabase(`${prefix}${TABLE}`);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error ?? new Error('The database could not be deleted.'));
      // Another tab has it open; its rows are cleared already and the database goes when that tab closes it.
      request.onblocked = () => resolve();
    });
  } catch {
    // Nothing is lost by a database that cannot be deleted: it is empty.
  }
}

function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    let isTooLate = false;
    const timer = setTimeout(() => {
      isTooLate = true;
      reject(new Error('The database did not open in time.'));
    }, OPEN_TIMEOUT_MS);
    request.onupgradeneeded = () => {
      const table = request.result.createObjectStore(TABLE, { keyPath: 'order', autoIncrement: true });
      table.createIndex('key', 'key', { unique: true });
    };
    request.onsuccess = () => {
      if (isTooLate) return request.result.close();
      clearTimeout(timer);
      // Another tab forgets this site: let its deletion through.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('The database could not be opened.'));
    };
    request.onblocked = () => {
      clearTimeout(timer);
      reject(new Error('The database is blocked by another tab.'));
    };
  });
}

function createDatabaseStore(database: IDBDatabase): OutboxStore {
  const change = <T>(run: (table: IDBObjectStore) => IDBRequest<T> | void): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' });
      const request = run(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('The outbox could not be written.'));
    });
  return {
    kind: 'indexeddb',
    async add(item) {
      const order = await change((table) => table.add(item));
      return { ...item, order: Number(order) };
    },
    async commit({ replace = [], remove = [] }) {
      await change((table) => {
        for (const item of replace) {
          // A row that another tab removed meanwhile stays removed.
          table.openCursor(item.order).onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
            cursor?.update(item);
          };
        }
        for (const key of remove) {
          table.index('key').openKeyCursor(key).onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursor | null>).result;
            if (cursor) table.delete(cursor.primaryKey);
          };
        }
      });
    },
    list: () =>
      new Promise((resolve, reject) => {
        const request = database.transaction(TABLE, 'readonly').objectStore(TABLE).getAll();
        request.onsuccess = () => resolve(request.result as OutboxItem[]);
        request.onerror = () => reject(request.error ?? new Error('The outbox could not be read.'));
      }),
    async clear() {
      await change((table) => void table.clear());
      database.close();
    },
  };
}

function createWebStore(storage: WebStorage, name: string): OutboxStore {
  const read = (): OutboxItem[] => {
    try {
      const items: unknown = JSON.parse(storage.getItem(name) ?? '[]');
      return Array.isArray(items) ? (items as OutboxItem[]) : [];
    } catch {
      return [];
    }
  };
  return createArrayStore('localstorage', read, (items) => storage.setItem(name, JSON.stringify(items)));
}

/** Lives and dies with the page. */
export function createMemoryOutboxStore(firstOrder = 1): OutboxStore {
  let kept: readonly OutboxItem[] = [];
  return createArrayStore(
    'memory',
    () => kept,
    (items) => {
      kept = items;
    },
    firstOrder,
  );
}

function createArrayStore(
  kind: OutboxStore['kind'],
  read: () => readonly OutboxItem[],
  write: (items: readonly OutboxItem[]) => void,
  firstOrder = 1,
): OutboxStore {
  return {
    kind,
    async add(item: NewOutboxItem) {
      const items = read();
      const added = { ...item, order: (items.at(-1)?.order ?? firstOrder - 1) + 1 };
      write([...items, added]);
      return added;
    },
    async commit({ replace = [], remove = [] }) {
      const replacements = new Map(replace.map((item) => [item.order, item]));
      const removed = new Set(remove);
      write(
        read()
          .filter((item) => !removed.has(item.key))
          .map((item) => replacements.get(item.order) ?? item),
      );
    },
    list: async () => read(),
    async clear() {
      write([]);
    },
  };
}

/**
 * A disk that turns out to be full (or a database that another tab closed) must not lose what the person wrote: from
 * the first failed write on, new items live in memory, and `kind` says so.
 */
function createSpillingStore(disk: OutboxStore): OutboxStore {
  const memory = createMemoryOutboxStore(SPILL_ORDER_BASE);
  let hasSpilled = false;
  return {
    get kind() {
      return hasSpilled ? memory.kind : disk.kind;
    },
    async add(item) {
      if (!hasSpilled) {
        try {
          return await disk.add(item);
        } catch {
          hasSpilled = true;
        }
      }
      const added = await memory.add(item);
      return added;
    },
    async commit(change) {
      await memory.commit(change);
      await disk.commit({ ...change, replace: change.replace?.filter((item) => item.order < SPILL_ORDER_BASE) ?? [] });
    },
    async list() {
      const spilled = await memory.list();
      try {
        return [...(await disk.list()), ...spilled];
      } catch {
        return spilled;
      }
    },
    async clear() {
      await memory.clear();
      await disk.clear();
    },
  };
}
