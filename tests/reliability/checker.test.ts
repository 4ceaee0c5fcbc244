import { expect } from 'chai';
import { checkHistory, type CheckName } from './checker.js';
import {
  build,
  dropRecords,
  invoke,
  message,
  removeEntry,
  setRecord,
  showLog,
  swapBodies,
  type Change,
} from './draft.js';
import type { History } from './history.js';

function checksOf(history: History): CheckName[] {
  return [...new Set(checkHistory(history).map(({ check }) => check))];
}

const GOOD: Record<string, Change> = {
  'everything arrived': () => {},
  'an unknown outcome that was stored once': (draft) => {
    dropRecords(draft, (record) => record.type === 'ok' && record.body === 'reply');
    draft.records.push({ t: 46, type: 'info', client: 'agent', body: 'reply' });
  },
  'an unknown outcome that was not stored': (draft) => {
    removeEntry(draft, 'reply');
    dropRecords(draft, (record) => 'body' in record && record.type === 'ok' && record.body === 'reply');
    draft.records.push({ t: 46, type: 'info', client: 'agent', body: 'reply' });
  },
  'a refused message that was not stored': (draft) => {
    draft.records.push(invoke(50, 'tab1', 'too long'), { t: 51, type: 'kept', client: 'tab1', body: 'too long' });
    draft.records.push({ t: 52, type: 'fail', client: 'tab1', body: 'too long', code: 'VALIDATION' });
  },
  'two messages sent at once from two tabs, in either order': (draft) => {
    setRecord(draft, (record) => record.type === 'invoke' && record.body === 'two', { t: 24 });
    setRecord(draft, (record) => record.type === 'kept' && record.body === 'one', { t: 31.5 });
    setRecord(draft, (record) => record.type === 'ok' && record.body === 'one', { t: 33, seq: 2 });
    setRecord(draft, (record) => record.type === 'ok' && record.body === 'two', { seq: 1 });
    swapBodies(draft, 'one', 'two');
  },
  'a log whose beginning was removed by retention': (draft) => {
    draft.log.entries = draft.log.entries.slice(1);
    draft.log.minSeq = 2;
    showLog(draft);
  },
  'a revoked session that shows nothing more': (draft) => {
    draft.records.push({ t: 60, type: 'revoked', client: 'agent' });
    draft.records.push({ t: 90_000, type: 'render', client: 'agent', keep: 4, items: [message(5, 'reply')] });
    draft.records.push(invoke(90_000.5, 'agent', 'own words', { sender: 'agent', audience: 'staff' }));
    draft.records.push({ t: 90_000.6, type: 'render', client: 'agent', keep: 5, items: [message(null, 'own words')] });
    draft.records = draft.records.filter(({ type }) => type !== 'converged');
    draft.records.push({ t: 90_001, type: 'quiesce' }, { t: 90_002, type: 'converged' });
  },
};

const BAD: readonly (readonly [CheckName, string, Change])[] = [
  ['C1', 'an acknowledged message is not in the log', (draft) => removeEntry(draft, 'two')],
  [
    'C1',
    'an acknowledged message is in the log twice',
    (draft) => {
      draft.log.entries.push({ seq: 6, visitorSeq: 4, kind: 'message', body: 'two' });
      draft.log.head = 6;
      showLog(draft);
    },
  ],
  [
    'C1',
    'a message has another number than the acknowledged one',
    (draft) => setRecord(draft, (record) => record.type === 'ok' && record.body === 'reply', { seq: 4 }),
  ],
  [
    'C2',
    'an entry that nobody sent',
    (draft) => {
      draft.log.entries.push({ seq: 6, visitorSeq: 4, kind: 'message', body: 'ghost' });
      draft.log.head = 6;
      showLog(draft);
    },
  ],
  [
    'C2',
    'an unknown outcome stored twice',
    (draft) => {
      dropRecords(draft, (record) => record.type === 'ok' && record.body === 'two');
      draft.log.entries.push({ seq: 6, visitorSeq: 4, kind: 'message', body: 'two' });
      draft.log.head = 6;
      showLog(draft);
    },
  ],
  [
    'C2',
    'a refused message that was stored',
    (draft) => {
      dropRecords(draft, (record) => record.type === 'ok' && record.body === 'two');
      draft.records.push({ t: 38, type: 'fail', client: 'tab2', body: 'two', code: 'FORBIDDEN' });
    },
  ],
  [
    'C3',
    'a hole in the numbers',
    (draft) => {
      draft.log.entries = draft.log.entries.map((entry) => (entry.seq === 5 ? { ...entry, seq: 6 } : entry));
      draft.log.head = 6;
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'reply', { seq: 6 });
      showLog(draft);
    },
  ],
  [
    'C3',
    'a number given twice',
    (draft) => {
      draft.log.entries = draft.log.entries.map((entry) => (entry.seq === 5 ? { ...entry, seq: 4 } : entry));
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'reply', { seq: 4 });
      showLog(draft);
    },
  ],
  ['C3', 'a head that does not exist', (draft) => void (draft.log.head = 6)],
  [
    'C3',
    'a note that takes a visitor’s number',
    (draft) => {
      draft.log.entries = draft.log.entries.map((entry) =>
        entry.seq >= 3 ? { ...entry, visitorSeq: entry.visitorSeq + 1 } : entry,
      );
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'two', { seq: 3 });
      showLog(draft);
    },
  ],
  [
    'C4',
    'one sender’s messages in the wrong order',
    (draft) => {
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'one', { t: 39 });
      swapBodies(draft, 'one', 'two');
    },
  ],
  [
    'C4',
    'one tab’s messages in the wrong order although none was kept yet',
    (draft) => {
      setRecord(draft, (record) => record.type === 'invoke' && record.body === 'two', { client: 'tab1' });
      dropRecords(draft, (record) => record.type === 'kept');
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'one', { t: 39 });
      swapBodies(draft, 'one', 'two');
    },
  ],
  [
    'C5',
    'a screen lacks the last message',
    (draft) => void (draft.displays[1] = { ...draft.displays[1]!, items: draft.displays[1]!.items.slice(0, -1) }),
  ],
  [
    'C5',
    'a screen has another order than the log',
    (draft) => {
      const [first, second, third] = draft.displays[0]!.items;
      draft.displays[0] = { ...draft.displays[0]!, items: [first!, third!, second!] };
    },
  ],
  [
    'C5',
    'a screen still shows a message as unsent',
    (draft) => {
      const { items } = draft.displays[0]!;
      draft.displays[0] = { ...draft.displays[0]!, items: [...items, message(null, 'reply')] };
    },
  ],
  [
    'C5',
    'a message flashed up twice and was tidied away',
    (draft) => {
      draft.records.push({ t: 23, type: 'render', client: 'tab1', keep: 1, items: [message(null, 'one')] });
      draft.records.push({ t: 24, type: 'render', client: 'tab1', keep: 1, items: [] });
    },
  ],
  [
    'C5',
    'a screen was out of order for a moment',
    (draft) => {
      draft.records.push({
        t: 46.5,
        type: 'render',
        client: 'tab1',
        keep: 0,
        items: [message(3, 'reply'), message(1, 'one')],
      });
      draft.records.push({ t: 46.6, type: 'render', client: 'tab1', keep: 0, items: [message(1, 'one')] });
    },
  ],
  [
    'C6',
    'a message of another tenant on a screen',
    (draft) => {
      draft.records.push(invoke(50, 'foreign', 'secret', { tenant: 'B', thread: 'B/v1', sender: 'w' }));
      draft.records.push({ t: 51, type: 'render', client: 'agent', keep: 5, items: [message(6, 'secret')] });
    },
  ],
  [
    'C6',
    'a message of another visitor on a screen',
    (draft) => {
      draft.records.push(invoke(50, 'other', 'mine', { thread: 'A/v2', sender: 'v2' }));
      draft.records.push({ t: 51, type: 'render', client: 'tab1', keep: 3, items: [message(4, 'mine')] });
    },
  ],
  [
    'C6',
    'a private note on a visitor’s screen',
    (draft) =>
      void draft.records.push({
        t: 51,
        type: 'render',
        client: 'tab1',
        keep: 3,
        items: [{ seq: 4, kind: 'note', body: 'psst' }],
      }),
  ],
  [
    'C6',
    'a message stored under another tenant',
    (draft) => {
      draft.log.tenant = 'B';
    },
  ],
  [
    'C6',
    'a delivery more than 5 s after the revocation',
    (draft) => {
      draft.records.push({ t: 50, type: 'revoked', client: 'agent' });
      draft.records.push(invoke(5_050, 'tab1', 'late'));
      draft.records.push({ t: 5_051, type: 'render', client: 'agent', keep: 5, items: [message(6, 'late')] });
    },
  ],
  [
    'C6',
    'a write accepted more than 5 s after the revocation',
    (draft) => {
      draft.records.push({ t: 3, type: 'revoked', client: 'agent' });
      setRecord(draft, (record) => record.type === 'invoke' && record.body === 'reply', { t: 5_010 });
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'reply', { t: 5_020 });
    },
  ],
  [
    'C7',
    'a read marker that went back',
    (draft) => void draft.records.push({ t: 50, type: 'marker', client: 'tab1', name: 'readUpTo', value: 2 }),
  ],
  [
    'C8',
    'a message stands before one that was acknowledged before it was begun',
    (draft) => {
      draft.log.entries = draft.log.entries.map((entry) =>
        entry.body === 'reply' ? { ...entry, body: 'two' } : entry.body === 'two' ? { ...entry, body: 'reply' } : entry,
      );
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'two', { seq: 3 });
      setRecord(draft, (record) => record.type === 'ok' && record.body === 'reply', { seq: 4 });
      showLog(draft);
      dropRecords(draft, (record) => record.type === 'render');
    },
  ],
  ['C10', 'the run never came to rest', (draft) => dropRecords(draft, ({ type }) => type === 'converged')],
  [
    'C10',
    'coming to rest took more than 30 s',
    (draft) => setRecord(draft, ({ type }) => type === 'converged', { t: 30_101 }),
  ],
  [
    'C10',
    'a kept message never arrived',
    (draft) => draft.records.push(invoke(50, 'tab1', 'lost'), { t: 51, type: 'kept', client: 'tab1', body: 'lost' }),
  ],
  [
    'C11',
    'a crash',
    (draft) => void draft.records.push({ t: 60, type: 'incident', what: 'the server ended by itself (code 1)' }),
  ],
  [
    'C11',
    'connections that stayed open',
    (draft) => setRecord(draft, (record) => record.type === 'usage' && record.phase === 'after', { sockets: 3 }),
  ],
  [
    'C11',
    'memory that grew with the history',
    (draft) => setRecord(draft, (record) => record.type === 'usage' && record.phase === 'after', { rssBytes: 900e6 }),
  ],
];

describe('the history checker', () => {
  for (const [title, change] of Object.entries(GOOD)) {
    it(`accepts ${title}`, () => {
      expect(checkHistory(build(change))).to.deep.equal([]);
    });
  }

  for (const [check, title, change] of BAD) {
    it(`${check} rejects ${title}`, () => {
      expect(checksOf(build(change))).to.include(check);
    });
  }

  it('names nothing but the broken promise where only one is broken', () => {
    const exact = BAD.filter(([check]) => ['C7', 'C8', 'C10', 'C11'].includes(check));
    for (const [check, title, change] of exact) {
      expect(checksOf(build(change)), title).to.deep.equal([check]);
    }
  });
});
