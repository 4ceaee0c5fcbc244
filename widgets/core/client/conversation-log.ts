/**
 * One conversation's log as a client knows it: pure state and the rules by which facts and pages change it.
 *
 * - `cursor` is the last applied seq. Entries are applied only in order; `entries` is contiguous and ends at `cursor`.
 * - An entry further ahead waits in `buffer`; one at or below the cursor is known already.
 * - `head` is the highest seq anybody mentioned. {@link isBehind} says when something has to be fetched.
 * - Another `epoch` means that the log was restored from a backup: the state turns `isStale` and only a reload of the
 *   newest page makes it usable again. Within one epoch the cursor never moves backwards.
 */
import { REORDER_BUFFER_MAX, SYNC_MAX_GAP } from '@frontdesk/protocol/limits';

export interface LogEntry {
  readonly seq: number;
}

export interface LogState<Entry extends LogEntry> {
  /** null until something about this log was heard. */
  readonly epoch: string | null;
  /** False until a first page was applied; what arrives before waits in the buffer. */
  readonly isLoaded: boolean;
  readonly isStale: boolean;
  readonly cursor: number;
  readonly head: number;
  /** Oldest seq that the server still has. */
  readonly minSeq: number;
  readonly entries: readonly Entry[];
  /** Ascending, all above `cursor + 1`, at most REORDER_BUFFER_MAX. */
  readonly buffer: readonly Entry[];
}

export interface LogPage<Entry extends LogEntry> {
  readonly entries: readonly Entry[];
  readonly head: number;
  readonly minSeq: number;
  readonly epoch: string;
  readonly more: boolean;
}

export type LogAction<Entry extends LogEntry> =
  | { readonly type: 'entry'; readonly epoch: string; readonly head: number; readonly entry: Entry }
  | { readonly type: 'head'; readonly epoch: string; readonly seq: number }
  /** Answer to a sync from a cursor. */
  | { readonly type: 'page'; readonly page: LogPage<Entry> }
  /** Answer to a sync with `tail`: replaces what is known. */
  | { readonly type: 'tail'; readonly page: LogPage<Entry> }
  /** Entries before the first known one. */
  | { readonly type: 'older'; readonly page: LogPage<Entry> }
  /** The server said RESET_REQUIRED. */
  | { readonly type: 'reset' };

export function createLogState<Entry extends LogEntry>(): LogState<Entry> {
  return { epoch: null, isLoaded: false, isStale: false, cursor: 0, head: 0, minSeq: 1, entries: [], buffer: [] };
}

/** True when the log lacks something that exists. */
export function isBehind(state: LogState<LogEntry>): boolean {
  return !state.isLoaded || state.isStale || state.head > state.cursor;
}

/** True when the newest page has to be loaded instead of what follows the cursor. */
export function needsTail(state: LogState<LogEntry>): boolean {
  return !state.isLoaded || state.isStale || state.head - state.cursor > SYNC_MAX_GAP;
}

export function hasOlder(state: LogState<LogEntry>): boolean {
  const first = state.entries[0]?.seq ?? state.cursor + 1;
  return state.isLoaded && first > state.minSeq;
}

export function reduceLog<Entry extends LogEntry>(state: LogState<Entry>, action: LogAction<Entry>): LogState<Entry> {
  switch (action.type) {
    case 'reset':
      return state.isLoaded ? { ...state, isStale: true } : state;
    case 'tail':
      return replaceByTail(state, action.page);
    case 'head':
      return withEpoch(state, action.epoch, (known) => raiseHead(known, action.seq));
    case 'entry':
      return withEpoch(state, action.epoch, (known) =>
        append(raiseHead(known, Math.max(action.head, action.entry.seq)), [action.entry]),
      );
    case 'page':
      return withEpoch(state, action.page.epoch, (known) => applyPage(known, action.page));
    case 'older':
      return withEpoch(state, action.page.epoch, (known) => prepend(known, action.page));
  }
}

function withEpoch<Entry extends LogEntry>(
  state: LogState<Entry>,
  epoch: string,
  apply: (state: LogState<Entry>) => LogState<Entry>,
): LogState<Entry> {
  if (state.epoch === epoch) return apply(state);
  if (state.isLoaded) return state.isStale ? state : { ...state, isStale: true };
  // Before the first page nothing is shown, so the newest word about the epoch counts and older news is worthless.
  return apply({ ...createLogState<Entry>(), epoch });
}

function raiseHead<Entry extends LogEntry>(state: LogState<Entry>, seq: number): LogState<Entry> {
  return seq > state.head ? { ...state, head: seq } : state;
}

function applyPage<Entry extends LogEntry>(state: LogState<Entry>, page: LogPage<Entry>): LogState<Entry> {
  let next = raiseHead(state, page.head);
  if (page.minSeq > next.minSeq) {
    // Retention removed a prefix. What was removed and never seen will never come, so the cursor steps over it.
    next = {
      ...next,
      minSeq: page.minSeq,
      cursor: Math.max(next.cursor, page.minSeq - 1),
      entries: next.entries.filter((entry) => entry.seq >= page.minSeq),
      isLoaded: true,
    };
  }
  return append({ ...next, isLoaded: true }, page.entries);
}

function replaceByTail<Entry extends LogEntry>(state: LogState<Entry>, page: LogPage<Entry>): LogState<Entry> {
  const isSameLog = state.epoch === page.epoch;
  const cursor = page.entries.at(-1)?.seq ?? page.head;
  // A fact may have overtaken the answer; what is known beyond the page stays known, unless the log was replaced.
  if (isSameLog && state.isLoaded && !state.isStale && cursor <= state.cursor) return raiseHead(state, page.head);
  const fresh: LogState<Entry> = {
    ...createLogState<Entry>(),
    epoch: page.epoch,
    isLoaded: true,
    cursor,
    head: Math.max(page.head, isSameLog && !state.isStale ? state.head : 0),
    minSeq: page.minSeq,
    entries: page.entries,
  };
  return isSameLog && !state.isStale ? append(fresh, state.buffer) : fresh;
}

function prepend<Entry extends LogEntry>(state: LogState<Entry>, page: LogPage<Entry>): LogState<Entry> {
  const first = state.entries[0]?.seq ?? state.cursor + 1;
  const older = page.entries.filter((entry) => entry.seq < first);
  const isContiguous = older.length > 0 && older.at(-1)?.seq === first - 1;
  const minSeq = Math.max(state.minSeq, page.minSeq);
  return { ...state, minSeq, entries: isContiguous ? [...older, ...state.entries] : state.entries };
}

/** The apply rule: next in line is applied, known is dropped, further ahead is buffered. */
function append<Entry extends LogEntry>(state: LogState<Entry>, incoming: readonly Entry[]): LogState<Entry> {
  const waiting = new Map<number, Entry>();
  for (const entry of [...state.buffer, ...incoming]) if (entry.seq > state.cursor) waiting.set(entry.seq, entry);
  let { cursor } = state;
  const applied: Entry[] = [];
  for (let entry = state.isLoaded ? waiting.get(cursor + 1) : undefined; entry; entry = waiting.get(cursor + 1)) {
    applied.push(entry);
    waiting.delete(entry.seq);
    cursor = entry.seq;
  }
  // Those nearest to the cursor are kept; the rest is fetched again once the gap is closed.
  const buffer = [...waiting.values()].sort((a, b) => a.seq - b.seq).slice(0, REORDER_BUFFER_MAX);
  return {
    ...state,
    cursor,
    head: Math.max(state.head, cursor),
    entries: applied.length > 0 ? [...state.entries, ...applied] : state.entries,
    buffer,
  };
}
