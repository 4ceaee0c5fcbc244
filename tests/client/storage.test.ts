import { expect } from 'chai';
import { IDBFactory } from 'fake-indexeddb';
import {
  createDeviceToken,
  createIdempotencyKey,
  createTicketToken,
  createVisitorToken,
  type LocationId,
} from '@frontdesk/protocol/ids';
import type { NewOutboxItem } from '@frontdesk/widgets/core/client/outbox-item';
import {
  createMemoryWebStorage,
  createSiteStorage,
  STORAGE_MANIFEST,
  type StorageBackends,
  type WebStorage,
} from '@frontdesk/widgets/core/client/storage';
import { createBookingStorage } from '@frontdesk/widgets/core/client/storage-booking';
import { createDeviceStorage } from '@frontdesk/widgets/core/client/storage-device';
import { openJournalStore } from '@frontdesk/widgets/core/client/storage-journal';
import { createTicketStorage } from '@frontdesk/widgets/core/client/storage-ticket';
import { buildHold } from '@frontdesk/widgets/booking/states';

const SITE = 'pk_000000000000000000000000';
const LOCATION = '000000000000000000000001' as LocationId;

function buildNewItem(body: string): NewOutboxItem {
  return {
    key: createIdempotencyKey(),
    conversationId: null,
    opens: false,
    start: null,
    kind: 'message',
    body,
    state: 'queued',
    error: null,
    attempts: 0,
    createdAt: Date.now(),
    seq: null,
    at: null,
    seenSeq: null,
    force: false,
  };
}

function buildBackends(overrides: Partial<StorageBackends> = {}): StorageBackends {
  return {
    local: createMemoryWebStorage(),
    session: createMemoryWebStorage(),
    indexedDB: new IDBFactory(),
    ...overrides,
  };
}

function listKeys(storage: WebStorage | null): string[] {
  return Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '');
}

const brokenStorage: WebStorage = {
  get length(): number {
    throw new DOMException('Denied', 'SecurityError');
  },
  key() {
    throw new DOMException('Denied', 'SecurityError');
  },
  getItem() {
    throw new DOMException('Denied', 'SecurityError');
  },
  setItem() {
    throw new DOMException('Full', 'QuotaExceededError');
  },
  removeItem() {
    throw new DOMException('Denied', 'SecurityError');
  },
};

describe('storage', () => {
  it('CH-7 writes nothing by being created or read', async () => {
    const backends = buildBackends();
    const storage = createSiteStorage(SITE, backends);
    expect([
      storage.readDraft(),
      storage.readVisitorToken(),
      storage.readFlag('sound'),
      storage.hasHistory(),
    ]).to.deep.equal(['', null, null, false]);
    expect(listKeys(backends.local)).to.deep.equal([]);
    expect(await backends.indexedDB?.databases()).to.deep.equal([]);
  });

  it('WA-51 writes only keys of the published manifest', async () => {
    const backends = buildBackends();
    const storage = createSiteStorage(SITE, backends);
    storage.writeVisitorToken(createVisitorToken());
    storage.writeDraft('half a sent');
    storage.writeFlag('sound', false);
    storage.writeFlag('chatOpen', true);
    await (await storage.openOutbox()).add(buildNewItem('hello'));
    const device = createDeviceStorage('display', backends);
    device.writeToken(createDeviceToken());
    device.writeSnapshot({ calls: [] });
    device.writeRestarts([1]);
    await (await openJournalStore('display', backends)).write({});
    const ticket = createTicketStorage(backends);
    ticket.writeHeld(LOCATION, { token: createTicketToken(), isIssued: true });
    ticket.writeSnapshot(createTicketToken(), {});
    createBookingStorage(SITE, backends).writeHold({ token: createVisitorToken(), hold: buildHold(0) });
    const databases = (await backends.indexedDB?.databases()) ?? [];
    const written = [
      ...listKeys(backends.local),
      ...listKeys(backends.session),
      ...databases.map(({ name }) => name ?? ''),
    ];
    const published = STORAGE_MANIFEST.map(({ key }) =>
      key.replace('{site}', SITE).replace('{kind}', 'display').replace('{location}', LOCATION),
    );
    expect(written.sort()).to.deep.equal([...published].sort());
  });

  it('forgets everything of its site and nothing else', async () => {
    const backends = buildBackends();
    const storage = createSiteStorage(SITE, backends);
    const neighbour = createSiteStorage('pk_111111111111111111111111', backends);
    storage.writeVisitorToken(createVisitorToken());
    neighbour.writeDraft('mine');
    backends.local?.setItem('host-page', 'kept');
    await (await storage.openOutbox()).add(buildNewItem('hello'));
    await storage.forget();
    expect(listKeys(backends.local).sort()).to.deep.equal(['frontdesk:pk_111111111111111111111111:draft', 'host-page']);
    expect(await backends.indexedDB?.databases()).to.deep.equal([]);
  });

  for (const [where, overrides] of [
    ['indexeddb', {}],
    ['localstorage', { indexedDB: null }],
    ['memory', { indexedDB: null, local: null }],
    ['memory', { indexedDB: null, local: brokenStorage, session: brokenStorage }],
  ] as const) {
    it(`keeps the outbox in ${where} when that is what there is (${Object.keys(overrides).join(', ') || 'all'})`, async () => {
      const storage = createSiteStorage(SITE, buildBackends(overrides));
      const outbox = await storage.openOutbox();
      expect(outbox.kind).to.equal(where);
      const first = await outbox.add(buildNewItem('one'));
      const second = await outbox.add(buildNewItem('two'));
      await outbox.commit({ replace: [{ ...second, state: 'failed' }], remove: [first.key] });
      await outbox.commit({ replace: [{ ...first, state: 'failed' }] });
      expect((await outbox.list()).map(({ body, state }) => `${body} ${state}`)).to.deep.equal(['two failed']);
      expect(storage.isPersistent()).to.equal(where !== 'memory');
    });
  }

  it('CH-12 a database that never answers does not hold a message back', async () => {
    const indexedDB = { open: () => ({}) } as unknown as IDBFactory;
    const outbox = await createSiteStorage(SITE, buildBackends({ indexedDB })).openOutbox();
    expect(outbox.kind).to.equal('localstorage');
    expect(await outbox.add(buildNewItem('waited long enough'))).to.include({ body: 'waited long enough' });
  }).timeout(5_000);

  it('CH-12 a draft that cannot be written stays for the life of the page, and the person is told', () => {
    const storage = createSiteStorage(SITE, buildBackends({ local: brokenStorage }));
    storage.writeDraft('half a sentence');
    expect(storage.readDraft()).to.equal('half a sentence');
    expect(storage.isPersistent()).to.equal(false);
  });

  it('P6 a disk that fails later loses nothing: new items spill into memory, behind what is stored', async () => {
    const backends = buildBackends();
    const storage = createSiteStorage(SITE, backends);
    const outbox = await storage.openOutbox();
    await outbox.add(buildNewItem('on disk'));
    // Another tab wiped the site: the open database is closed under this one.
    await new Promise((resolve) => {
      const request = backends.indexedDB?.deleteDatabase(`frontdesk:${SITE}:outbox`);
      if (request) request.onsuccess = resolve;
    });
    await outbox.add(buildNewItem('one'));
    await outbox.add(buildNewItem('two'));
    expect((await outbox.list()).map(({ body }) => body)).to.deep.equal(['one', 'two']);
    expect(storage.isPersistent()).to.equal(false);
  });
});
