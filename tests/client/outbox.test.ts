import { expect } from 'chai';
import { createIdempotencyKey, type ConversationId } from '@frontdesk/protocol/ids';
import { OUTBOX_TTL_MS } from '@frontdesk/protocol/limits';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import { createOutbox, type Outbox } from '@frontdesk/widgets/core/client/outbox';
import type { OutboxItem } from '@frontdesk/widgets/core/client/outbox-item';
import { createMemoryOutboxStore, createSiteStorage } from '@frontdesk/widgets/core/client/storage';
import { createProfile, waitFor, type Profile, type Tab } from './support/environment.js';
import { buildError } from './support/protocol-server.js';
import { CONVERSATION, Receiver } from './support/receiver.js';

const SITE = 'pk_000000000000000000000000';

describe('outbox', () => {
  let profile: Profile;
  let receiver: Receiver;
  const outboxes: Outbox[] = [];

  beforeEach(() => {
    profile = createProfile();
    receiver = new Receiver();
  });

  afterEach(() => {
    for (const outbox of outboxes.splice(0)) outbox.stop();
    profile.close();
  });

  function openOutbox(tab: Tab, conversationId: ConversationId | null | 'unknown' = CONVERSATION): Outbox {
    const storage = createSiteStorage(SITE, tab.environment.storage);
    const outbox = createOutbox({
      environment: tab.environment,
      sharedAs: `frontdesk-outbox:${SITE}`,
      openStore: () => storage.openOutbox(),
      deliver: (item) => receiver.deliver(item),
    });
    if (conversationId !== 'unknown') outbox.setConversation(conversationId);
    outboxes.push(outbox);
    return outbox;
  }

  function add(
    outbox: Outbox,
    body: string,
    conversationId: ConversationId | null = CONVERSATION,
  ): Promise<OutboxItem> {
    return outbox.add({ conversationId, body });
  }

  async function listStored(): Promise<readonly OutboxItem[]> {
    return (await createSiteStorage(SITE, profile.storage).openOutbox()).list();
  }

  it('P6 an item is on disk before it is in the state', async () => {
    receiver.fail = () => createUnknownOutcome('no network');
    const tab = profile.openTab();
    const disk = await createSiteStorage(SITE, profile.storage).openOutbox();
    const durable = new Set<string>();
    const outbox = createOutbox({
      environment: tab.environment,
      sharedAs: null,
      openStore: async () => ({
        ...disk,
        async add(item) {
          const added = await disk.add(item);
          durable.add(added.key);
          return added;
        },
      }),
      deliver: (item) => receiver.deliver(item),
    });
    outboxes.push(outbox);
    outbox.setConversation(CONVERSATION);
    const early: string[] = [];
    outbox.subscribe(({ items }) => early.push(...items.map(({ key }) => key).filter((key) => !durable.has(key))));
    await add(outbox, 'one');
    expect(early, 'shown before it was durable').to.deep.equal([]);
    expect((await listStored()).map(({ body }) => body)).to.deep.equal(['one']);
    expect(outbox.getState().items).to.have.length(1);
  });

  it('P3 sends in order, one at a time, each once, although every first try is lost', async () => {
    receiver.fail = (item, attempt) => {
      if (attempt === 1) return createUnknownOutcome('request lost');
      if (attempt === 2) {
        receiver.store(item);
        return createUnknownOutcome('answer lost');
      }
      return attempt === 3 ? { ok: false, error: buildError('STORE_UNAVAILABLE') } : null;
    };
    const outbox = openOutbox(profile.openTab());
    const bodies = ['one', 'two', 'three', 'four'];
    for (const body of bodies) await add(outbox, body);
    await waitFor(outbox, ({ items }) => items.length === 4 && items.every(({ state }) => state === 'acked'));
    expect(receiver.bodies).to.deep.equal(bodies);
    expect(receiver.mostInFlight).to.equal(1);
    expect(await listStored()).to.deep.equal([]);
  });

  it('waits as long as the server says after RATE_LIMITED, and a kick does not shorten that', async () => {
    const tab = profile.openTab();
    const { clock } = tab.environment;
    const triedAt: number[] = [];
    receiver.fail = (_item, attempt) => {
      triedAt.push(clock.now());
      return attempt === 1 ? { ok: false, error: buildError('RATE_LIMITED', { retryAfterMs: 5_000 }) } : null;
    };
    const outbox = openOutbox(tab);
    await add(outbox, 'one');
    await waitFor(outbox, () => triedAt.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    outbox.kick();
    await waitFor(outbox, ({ items }) => items[0]?.state === 'acked');
    expect((triedAt[1] ?? 0) - (triedAt[0] ?? 0)).to.be.at.least(4_900);
  });

  it('CH-12 a final no marks the message failed, keeps its text over a reload, and the next ones go on', async () => {
    receiver.fail = (item) => (item.body === 'bad' ? { ok: false, error: buildError('VALIDATION') } : null);
    const tab = profile.openTab();
    const outbox = openOutbox(tab);
    await add(outbox, 'bad');
    await add(outbox, 'good');
    await waitFor(
      outbox,
      ({ items }) => items.some(({ state }) => state === 'acked') && items.some(({ state }) => state === 'failed'),
    );
    expect(receiver.bodies).to.deep.equal(['good']);
    tab.kill();

    const reloaded = openOutbox(profile.openTab());
    await reloaded.open();
    const [failed] = reloaded.getState().items;
    expect([failed?.body, failed?.state, failed?.error?.code]).to.deep.equal(['bad', 'failed', 'VALIDATION']);
  });

  it('P2 CH-12 a disk that refuses to learn what became of a message does not make it sent again', async () => {
    const disk = createMemoryOutboxStore();
    const outbox = createOutbox({
      environment: profile.openTab().environment,
      sharedAs: null,
      openStore: async () => ({ ...disk, commit: () => Promise.reject(new Error('The disk is full.')) }),
      deliver: (item) => receiver.deliver(item),
    });
    outboxes.push(outbox);
    outbox.setConversation(CONVERSATION);
    receiver.fail = ({ body }) => (body === 'refused' ? { ok: false, error: buildError('VALIDATION') } : null);
    await add(outbox, 'refused');
    await waitFor(outbox, ({ items }) => items[0]?.state === 'failed');
    await add(outbox, 'taken');
    await waitFor(outbox, ({ items }) => items.some(({ body, state }) => body === 'taken' && state === 'acked'));
    outbox.settle(() => true);
    await add(outbox, 'next');
    await waitFor(outbox, ({ items }) => items.some(({ body, state }) => body === 'next' && state === 'acked'));
    expect(receiver.tries).to.have.length(3);
  });

  it('CH-12 retry sends a failed message again with the same key', async () => {
    receiver.fail = (_item, attempt) => (attempt === 1 ? { ok: false, error: buildError('FORBIDDEN') } : null);
    const outbox = openOutbox(profile.openTab());
    const { key } = await add(outbox, 'one');
    await waitFor(outbox, ({ items }) => items[0]?.state === 'failed');
    await outbox.retry(key);
    await waitFor(outbox, ({ items }) => items[0]?.state === 'acked');
    expect(receiver.tries.map((attempt) => attempt.key)).to.deep.equal([key, key]);
  });

  it('CH-12 remove takes a failed message away, but not one that is being sent', async () => {
    let release = (): void => {};
    const isHeld = new Promise<void>((resolve) => (release = resolve));
    receiver.fail = (item) => (item.body === 'bad' ? { ok: false, error: buildError('TOO_LARGE') } : null);
    const deliver = receiver.deliver.bind(receiver);
    receiver.deliver = async (item) => {
      if (item.body === 'slow') await isHeld;
      return deliver(item);
    };
    const outbox = openOutbox(profile.openTab());
    const bad = await add(outbox, 'bad');
    await waitFor(outbox, ({ items }) => items[0]?.state === 'failed');
    const slow = await add(outbox, 'slow');
    await waitFor(outbox, ({ items }) => items.some(({ state }) => state === 'sending'));
    expect([await outbox.remove(bad.key), await outbox.remove(slow.key)]).to.deep.equal([true, false]);
    release();
    await waitFor(outbox, ({ items }) => items.length === 1 && items[0]?.state === 'acked');
    expect(await listStored()).to.deep.equal([]);
  });

  it('IDEMPOTENCY_MISMATCH can only be retried under a new key', async () => {
    receiver.fail = (_item, attempt) =>
      attempt === 1 && receiver.tries.length === 1 ? { ok: false, error: buildError('IDEMPOTENCY_MISMATCH') } : null;
    const outbox = openOutbox(profile.openTab());
    const { key } = await add(outbox, 'one');
    await waitFor(outbox, ({ items }) => items[0]?.state === 'failed');
    await outbox.retry(key);
    await waitFor(outbox, ({ items }) => items[0]?.state === 'acked');
    expect(receiver.tries[1]?.key).to.not.equal(key);
  });

  describe('the first message', () => {
    it('starts the conversation; the ones behind it wait for its id and go into it', async () => {
      receiver.fail = (_item, attempt) => (attempt === 1 ? createUnknownOutcome('lost') : null);
      const outbox = openOutbox(profile.openTab(), null);
      for (const body of ['one', 'two', 'three']) await add(outbox, body, null);
      await waitFor(outbox, ({ items }) => items.length === 3 && items.every(({ state }) => state === 'acked'));
      expect(receiver.stored.map(({ opens, conversationId }) => [opens, conversationId])).to.deep.equal([
        [true, null],
        [false, CONVERSATION],
        [false, CONVERSATION],
      ]);
    });

    it('CH-8 stays a start after a reload, although the conversation exists by then', async () => {
      const first = profile.openTab();
      receiver.fail = (item) => {
        // Carried out; the page dies before it hears.
        receiver.store(item);
        first.kill();
        return createUnknownOutcome('lost');
      };
      await add(openOutbox(first, null), 'one', null);
      while (receiver.stored.length === 0) await new Promise((resolve) => setImmediate(resolve));

      receiver.fail = () => null;
      const outbox = openOutbox(profile.openTab(), CONVERSATION);
      await outbox.open();
      await waitFor(outbox, ({ items }) => items[0]?.state === 'acked');
      expect(receiver.stored).to.have.length(1);
      expect(receiver.tries.map(({ opens }) => opens)).to.deep.equal([true, true]);
    });

    it('does not start a conversation while it is not known whether there is one', async () => {
      const outbox = openOutbox(profile.openTab(), 'unknown');
      await add(outbox, 'one', null);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(receiver.tries).to.deep.equal([]);
      outbox.setConversation(CONVERSATION);
      await waitFor(outbox, ({ items }) => items[0]?.state === 'acked');
      expect(receiver.stored[0]?.conversationId).to.equal(CONVERSATION);
    });

    it('lets the next one start it when the first is refused', async () => {
      receiver.fail = (item) => (item.body === 'bad' ? { ok: false, error: buildError('VALIDATION') } : null);
      const outbox = openOutbox(profile.openTab(), null);
      await add(outbox, 'bad', null);
      await add(outbox, 'good', null);
      await waitFor(outbox, ({ items }) => items.some(({ state }) => state === 'acked'));
      expect(receiver.stored[0]?.opens).to.equal(true);
    });
  });

  describe('crashes', () => {
    /** Points of one delivery at which the page may die. */
    const points = ['before the request', 'before it arrives', 'before the answer', 'after the answer'] as const;
    for (const point of points) {
      it(`P2 P6 CH-8 a page that dies ${point} loses nothing and doubles nothing`, async () => {
        const dying = profile.openTab();
        const never = new Promise<never>(() => {});
        const deliver = receiver.deliver.bind(receiver);
        let hasDied = (): void => {};
        const died = new Promise<void>((resolve) => (hasDied = resolve));
        receiver.deliver = async (item) => {
          if (item.body !== 'two') return deliver(item);
          if (point === 'before the answer' || point === 'after the answer') receiver.store(item);
          const answer = receiver.store.bind(receiver, item);
          dying.kill();
          hasDied();
          return point === 'after the answer' ? answer() : never;
        };
        if (point === 'before the request') {
          receiver.fail = () => {
            dying.kill();
            hasDied();
            return createUnknownOutcome('no network');
          };
          receiver.deliver = deliver;
        }
        const outbox = openOutbox(dying);
        const adding = (async () => {
          for (const body of ['one', 'two', 'three']) await add(outbox, body);
        })();
        await Promise.all([died, adding]);

        receiver.deliver = deliver;
        receiver.fail = () => null;
        const reloaded = openOutbox(profile.openTab());
        await reloaded.open();
        await reloaded.whenDrained();
        expect(receiver.bodies).to.deep.equal(['one', 'two', 'three']);
        expect(await listStored()).to.deep.equal([]);
      });
    }

    it('P6 CH-9 what was written offline is sent in order after a reload', async () => {
      receiver.fail = () => createUnknownOutcome('airplane');
      const dying = profile.openTab();
      const outbox = openOutbox(dying);
      const bodies = ['one', 'two', 'three', 'four', 'five'];
      for (const body of bodies) await add(outbox, body);
      dying.kill();
      // A try that is on its way fails like those before it.
      while (receiver.inFlight > 0) await new Promise((resolve) => setImmediate(resolve));

      receiver.fail = () => null;
      const reloaded = openOutbox(profile.openTab());
      await reloaded.open();
      expect(reloaded.getState().items.map(({ body }) => body)).to.deep.equal(bodies);
      await reloaded.whenDrained();
      expect(receiver.bodies).to.deep.equal(bodies);
    });

    it('drops what is older than the time to live', async () => {
      const storage = createSiteStorage(SITE, profile.storage);
      const store = await storage.openOutbox();
      const old: Omit<OutboxItem, 'order'> = {
        key: createIdempotencyKey(),
        conversationId: CONVERSATION,
        opens: false,
        start: null,
        kind: 'message',
        body: 'old',
        state: 'queued',
        error: null,
        attempts: 0,
        createdAt: Date.now() - OUTBOX_TTL_MS - 60_000,
        seq: null,
        at: null,
        seenSeq: null,
        force: false,
      };
      await store.add(old);
      const outbox = openOutbox(profile.openTab());
      await outbox.open();
      await outbox.whenDrained();
      expect([receiver.tries, await listStored()]).to.deep.equal([[], []]);
    });
  });

  describe('two tabs', () => {
    it('P2 P3 one flushes for both, and both see what became of every message', async () => {
      const a = openOutbox(profile.openTab());
      const b = openOutbox(profile.openTab());
      await Promise.all([a.open(), b.open()]);
      for (let index = 0; index < 10; index += 1) await add(index % 2 === 0 ? a : b, `text ${index}`);
      for (const outbox of [a, b]) {
        await waitFor(outbox, ({ items }) => items.length === 10 && items.every(({ state }) => state === 'acked'));
      }
      expect(receiver.bodies).to.deep.equal(Array.from({ length: 10 }, (_, index) => `text ${index}`));
      expect(receiver.mostInFlight).to.equal(1);
      expect(receiver.tries).to.have.length(10);
    });

    it('the other takes over when the flushing tab dies', async () => {
      const dying = profile.openTab();
      const a = openOutbox(dying);
      const b = openOutbox(profile.openTab());
      await Promise.all([a.open(), b.open()]);
      const deliver = receiver.deliver.bind(receiver);
      receiver.deliver = () => {
        dying.kill();
        return new Promise<never>(() => {});
      };
      await add(a, 'one');
      receiver.deliver = deliver;
      await add(b, 'two');
      await waitFor(b, ({ items }) => items.filter(({ state }) => state === 'acked').length === 2);
      expect(receiver.bodies).to.deep.equal(['one', 'two']);
    });

    it('P2 without locks and channels both flush, and the keys keep it single', async () => {
      const parts = { locks: null, createChannel: null };
      const a = openOutbox(profile.openTab(parts));
      await add(a, 'one');
      await add(a, 'two');
      const b = openOutbox(profile.openTab(parts));
      await b.open();
      await Promise.all([a.whenDrained(), b.whenDrained()]);
      expect(receiver.bodies).to.deep.equal(['one', 'two']);
      expect(await listStored()).to.deep.equal([]);
    });
  });

  it('the page that is left hands over the head of the line, releases the lock, and goes on when it comes back', async () => {
    const tab = profile.openTab();
    receiver.fail = () => createUnknownOutcome('no network');
    const outbox = openOutbox(tab);
    await add(outbox, 'one');
    await waitFor(outbox, () => receiver.tries.length >= 1);
    const before = receiver.tries.length;
    tab.lifecycle.emit('suspend');
    expect(receiver.tries.length).to.equal(before + 1);

    receiver.fail = () => null;
    const other = openOutbox(profile.openTab());
    await other.open();
    await waitFor(other, ({ items }) => items.some(({ state }) => state === 'acked'));
    tab.lifecycle.emit('resume');
    await outbox.whenDrained();
    expect(receiver.bodies).to.deep.equal(['one']);
  });
});
