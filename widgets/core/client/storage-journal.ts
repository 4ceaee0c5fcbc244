/**
 * One document on disk, replaced as a whole: IndexedDB with strict durability, so that it outlives a power cut; else
 * localStorage, else memory. The private third of `storage.ts`; a kiosk keeps what it hands out here.
 */
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { createSafeStorage, type StorageBackends } from './storage-base.js';

const TABLE = 'journal';
const ROW = 'current';
/** Safari has had releases in which opening a database never ends. */
const OPEN_TIMEOUT_MS = 2_000;

export interface JournalStore {
  readonly kind: 'indexeddb' | 'web';
  /** null when there is none; the caller checks its shape. */
  read(): Promise<unknown>;
  /** Never rejects: what no disk takes stays in memory for the life of the page. */
  write(document: object): Promise<void>;
  /** The device was taken out of its business: nothing of it stays. */
  clear(): Promise<void>;
}

export async function openJournalStore(kind: DeviceKind, backends: StorageBackends): Promise<JournalStore> {
  const prefix = `frontdesk:device:${kind}:`;
  const web = createWebStore(backends, prefix);
  if (backends.indexedDB === null) return web;
  try {
    return createDatabaseStore(await openDatabase(backends.indexedDB, prefix + TABLE), web);
  } catch {
    return web;
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
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => {
      if (isTooLate) return request.result.close();
      clearTimeout(timer);
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('The database could not be opened.'));
    };
  });
}

function createDatabaseStore(database: IDBDatabase, web: JournalStore): JournalStore {
  const change = (run: (table: IDBObjectStore) => IDBRequest): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' });
      run(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The journal could not be written.'));
    });
  return {
    kind: 'indexeddb',
    read: () =>
      new Promise((resolve) => {
        const request = database.transaction(TABLE, 'readonly').objectStore(TABLE).get(ROW);
        request.onsuccess = () => resolve(request.result ?? null);
        request.onerror = () => resolve(null);
      }),
    write: (document) => change((table) => table.put(document, ROW)).catch(() => web.write(document)),
    async clear() {
      await change((table) => table.clear()).catch(() => {});
      await web.clear();
    },
  };
}

function createWebStore(backends: StorageBackends, prefix: string): JournalStore {
  const local = createSafeStorage(backends.local, prefix);
  return {
    kind: 'web',
    async read() {
      try {
        return JSON.parse(local.read(TABLE) ?? 'null') as unknown;
      } catch {
        return null;
      }
    },
    async write(document) {
      local.write(TABLE, JSON.stringify(document));
    },
    async clear() {
      local.write(TABLE, null);
    },
  };
}
