/**
 * The browser's storage as every module that keeps something uses it. Every access may throw: blocked cookies, lockdown mode, a full
 * disk. None of them reaches a caller; what cannot be kept is kept in memory, and `isPersistent` says so.
 */

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
