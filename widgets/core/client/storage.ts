/**
 * What a visitor's chat keeps. The only modules that touch the browser's storage are this, `storage-base.ts` below it, and beside it
 * `storage-outbox.ts`, `storage-device.ts`, `storage-journal.ts`, `storage-ticket.ts` and `storage-booking.ts`.
 */
import type { SiteKey, VisitorToken } from '@frontdesk/protocol/ids';
import { VISITOR_TOKEN_PATTERN } from '@frontdesk/protocol/ids';
import { createMemoryOutboxStore, deleteOutboxDatabase, openOutboxStore } from './storage-outbox.js';
import type { OutboxStore } from './outbox-item.js';
import { createSafeStorage, type StorageBackends } from './storage-base.js';

export { STORAGE_MANIFEST, type StorageManifestEntry, type StorageName } from './storage-manifest.js';
export * from './storage-base.js';
export { createMemoryOutboxStore };

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
