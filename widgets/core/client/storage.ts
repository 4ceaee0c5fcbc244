/**
 * The only module (with `storage-outbox.ts`, `storage-device.ts`, `storage-journal.ts`, `storage-ticket.ts` and `storage-booking.ts` beside it)
 * that touches the browser's storage. Every access may throw: blocked cookies, lockdown mode, a full disk. None of them reaches a caller; what cannot be kept is kept in
 * memory, and `isPersistent` says so.
 */
import type { SiteKey, VisitorToken } from '@frontdesk/protocol/ids';
import { VISITOR_TOKEN_PATTERN } from '@frontdesk/protocol/ids';
import { createMemoryOutboxStore, deleteOutboxDatabase, openOutboxStore } from './storage-outbox.js';
import type { OutboxStore } from './outbox-item.js';

export { STORAGE_MANIFEST, type StorageManifestEntry, type StorageName } from './storage-manifest.js';
export { createMemoryOutboxStore };

/** The part of the Storage interface that is used. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** null: not there, or blocked. */
export interface StorageBackends {
  readonly local: WebStorage | null;
  readonly session: WebStorage | null;
  readonly indexedDB: IDBFactory | null;
}

export interface SiteStorage {
  readonly site: string;
  readVisitorToken(): VisitorToken | null;
  writeVisitorToken(token: VisitorToken): void;
  /** Empty when there is none. */
  readDraft(): string;
  /** An empty text removes the draft. */
  writeDraft(text: string): void;
  readFlag(name: 'sound' | 'chatOpen'): boolean | null;
  writeFlag(name: 'sound' | 'chatOpen', value: boolean): void;
  /** Opened at the first call; nothing is created before. */
  openOutbox(): Promise<OutboxStore>;
  /** True when something of this site is stored here already. Reads only. */
  hasHistory(): boolean;
  /** False once a write had to be kept in memory. */
  isPersistent(): boolean;
  /** Removes everything of this site from this browser. */
  forget(): Promise<void>;
}

export function detectStorage(): StorageBackends {
  return {
    local: attempt(() => globalThis.localStorage) ?? null,
    session: attempt(() => globalThis.sessionStorage) ?? null,
    indexedDB: attempt(() => globalThis.indexedDB) ?? null,
  };
}

/** A WebStorage in memory, for tests and for programs without a browser. */
export function createMemoryWebStorage(): WebStorage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

const FLAG_KEYS = { sound: 'sound', chatOpen: 'chat-open' } as const;

export function createSiteStorage(site: SiteKey | string, backends: StorageBackends): SiteStorage {
  const prefix = `frontdesk:${site}:`;
  const local = createSafeStorage(backends.local, prefix);
  const session = createSafeStorage(backends.session, prefix);
  let outbox: Promise<OutboxStore> | undefined;
  let opened: OutboxStore | undefined;

  return {
    site,
    readVisitorToken() {
      const token = local.read('visitor-token');
      return token !== null && VISITOR_TOKEN_PATTERN.test(token) ? (token as VisitorToken) : null;
    },
    writeVisitorToken: (token) => local.write('visitor-token', token),
    readDraft: () => local.read('draft') ?? '',
    writeDraft: (text) => local.write('draft', text === '' ? null : text),
    readFlag(name) {
      const value = (name === 'chatOpen' ? session : local).read(FLAG_KEYS[name]);
      return value === null ? null : value === 'yes';
    },
    writeFlag: (name, value) => (name === 'chatOpen' ? session : local).write(FLAG_KEYS[name], value ? 'yes' : 'no'),
    openOutbox() {
      outbox ??= openOutboxStore(prefix, backends).then((store) => {
        opened = store;
        return store;
      });
      return outbox;
    },
    hasHistory: () => local.read('visitor-token') !== null,
    isPersistent: () => local.isPersistent() && opened?.kind !== 'memory',
    async forget() {
      const open = await outbox;
      outbox = undefined;
      opened = undefined;
      await open?.clear().catch(() => {});
      local.clear();
      session.clear();
      await deleteOutboxDatabase(prefix, backends);
    },
  };
}

export interface SafeStorage {
  read(name: string): string | null;
  /** null removes. */
  write(name: string, value: string | null): void;
  clear(): void;
  isPersistent(): boolean;
}

/** What could not be written is remembered for the life of the page, and wins over what is stored. */
export function createSafeStorage(backend: WebStorage | null, prefix: string): SafeStorage {
  const unsaved = new Map<string, string>();
  return {
    read: (name) => unsaved.get(name) ?? attempt(() => backend?.getItem(prefix + name)) ?? null,
    write(name, value) {
      const isWritten = attempt(() => {
        if (backend === null) return false;
        if (value === null) backend.removeItem(prefix + name);
        else backend.setItem(prefix + name, value);
        return true;
      });
      if (isWritten || value === null) unsaved.delete(name);
      else unsaved.set(name, value);
    },
    clear() {
      unsaved.clear();
      attempt(() => {
        if (backend === null) return;
        const keys = Array.from({ length: backend.length }, (_, index) => backend.key(index));
        for (const key of keys) if (key?.startsWith(prefix)) backend.removeItem(key);
      });
    },
    isPersistent: () => unsaved.size === 0,
  };
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
