/** A good history, and the means to spoil it: what the checker's own tests are made of. */
import type { FinalDisplay, FinalLog, History, HistoryRecord, LogEntry, RenderedItem } from './history.js';

export type Change = (draft: Draft) => void;

export interface Draft {
  records: HistoryRecord[];
  log: { minSeq: number; head: number; entries: LogEntry[]; tenant: string; conversation: string };
  moreLogs: FinalLog[];
  displays: FinalDisplay[];
}

export const message = (seq: number | null, body: string): RenderedItem => ({ seq, kind: 'message', body });

/**
 * A visitor with two tabs and an agent: three messages and a private note, all seen by all who may. Every bad history
 * below is this good one with one thing changed.
 */
export function buildDraft(): Draft {
  const visitor = { audience: 'visitor', tenant: 'A', thread: 'A/v1' } as const;
  const staff = { audience: 'staff', tenant: 'A', thread: 'A/v1' } as const;
  const entries: LogEntry[] = [
    { seq: 1, visitorSeq: 0, kind: 'event', body: '' },
    { seq: 2, visitorSeq: 1, kind: 'message', body: 'one' },
    { seq: 3, visitorSeq: 1, kind: 'note', body: 'psst' },
    { seq: 4, visitorSeq: 2, kind: 'message', body: 'two' },
    { seq: 5, visitorSeq: 3, kind: 'message', body: 'reply' },
  ];
  const visitorList = [message(1, 'one'), message(2, 'two'), message(3, 'reply')];
  const staffList = entries.map(({ seq, kind, body }) => ({ seq, kind, body }));
  return {
    records: [
      { t: 0, type: 'usage', phase: 'before', rssBytes: 100e6, sockets: 0 },
      { t: 1, type: 'born', client: 'tab1', ...visitor },
      { t: 1, type: 'born', client: 'tab2', ...visitor },
      { t: 1, type: 'born', client: 'agent', ...staff },
      { t: 10, type: 'invoke', client: 'tab1', sender: 'v1', ...visitor, body: 'one' },
      { t: 11, type: 'kept', client: 'tab1', body: 'one' },
      { t: 12, type: 'render', client: 'tab1', keep: 0, items: [message(null, 'one')] },
      { t: 20, type: 'ok', client: 'tab1', body: 'one', seq: 1 },
      { t: 21, type: 'render', client: 'tab1', keep: 0, items: [message(1, 'one')] },
      { t: 22, type: 'marker', client: 'tab1', name: 'readUpTo', value: 1 },
      { t: 25, type: 'invoke', client: 'agent', sender: 'agent', ...staff, body: 'psst' },
      { t: 28, type: 'ok', client: 'agent', body: 'psst', seq: 3 },
      { t: 30, type: 'invoke', client: 'tab2', sender: 'v1', ...visitor, body: 'two' },
      { t: 31, type: 'kept', client: 'tab2', body: 'two' },
      { t: 38, type: 'ok', client: 'tab2', body: 'two', seq: 2 },
      { t: 40, type: 'invoke', client: 'agent', sender: 'agent', ...staff, body: 'reply' },
      { t: 45, type: 'ok', client: 'agent', body: 'reply', seq: 5 },
      { t: 46, type: 'render', client: 'agent', keep: 0, items: staffList },
      { t: 47, type: 'render', client: 'tab1', keep: 1, items: visitorList.slice(1) },
      { t: 48, type: 'marker', client: 'tab1', name: 'readUpTo', value: 3 },
      { t: 100, type: 'quiesce' },
      { t: 200, type: 'converged' },
      { t: 300, type: 'usage', phase: 'after', rssBytes: 120e6, sockets: 0 },
    ],
    log: { tenant: 'A', conversation: 'c1', minSeq: 1, head: 5, entries },
    moreLogs: [],
    displays: [
      { client: 'tab1', audience: 'visitor', conversation: 'c1', items: visitorList },
      { client: 'tab2', audience: 'visitor', conversation: 'c1', items: visitorList },
      { client: 'agent', audience: 'staff', conversation: 'c1', items: staffList },
    ],
  };
}

export function build(change: Change = () => {}): History {
  const draft = buildDraft();
  change(draft);
  draft.records.sort((a, b) => a.t - b.t);
  return { records: draft.records, logs: [draft.log, ...draft.moreLogs], displays: draft.displays };
}

/** Takes an entry out of the log and all screens, and closes both numberings. */
export function removeEntry(draft: Draft, body: string): void {
  const kept = draft.log.entries.filter((entry) => entry.body !== body);
  let visitorSeq = 0;
  draft.log.entries = kept.map((entry, index) => {
    if (entry.kind === 'message') visitorSeq += 1;
    return { ...entry, seq: index + 1, visitorSeq };
  });
  draft.log.head = kept.length;
  showLog(draft);
}

/** Every screen shows what the log has, so that only the log's own fault remains. */
export function showLog(draft: Draft): void {
  draft.displays = draft.displays.map((display) => ({
    ...display,
    items: draft.log.entries
      .filter(({ kind }) => display.audience === 'staff' || kind === 'message')
      .map(({ seq, visitorSeq, kind, body }) => ({
        seq: display.audience === 'staff' ? seq : visitorSeq,
        kind,
        body,
      })),
  }));
}

export function setRecord(draft: Draft, matches: (record: HistoryRecord) => boolean, change: object): void {
  draft.records = draft.records.map((record) => (matches(record) ? { ...record, ...change } : record));
}

export function dropRecords(draft: Draft, matches: (record: HistoryRecord) => boolean): void {
  draft.records = draft.records.filter((record) => !matches(record));
}

export function invoke(t: number, client: string, body: string, more: object = {}): HistoryRecord {
  const visitor = { audience: 'visitor', tenant: 'A', thread: 'A/v1' } as const;
  return { t, type: 'invoke', client, sender: 'v1', ...visitor, body, ...more };
}

/** Two stored messages change places; acknowledgements and screens follow, so that only the order is wrong. */
export function swapBodies(draft: Draft, first: string, second: string): void {
  const swap = (body: string): string => (body === first ? second : body === second ? first : body);
  draft.log.entries = draft.log.entries.map((entry) => ({ ...entry, body: swap(entry.body) }));
  for (const body of [first, second]) {
    const entry = draft.log.entries.find((candidate) => candidate.body === body);
    setRecord(draft, (record) => record.type === 'ok' && record.body === body, { seq: entry?.visitorSeq });
  }
  dropRecords(draft, (record) => record.type === 'render');
  showLog(draft);
}
