/** What is shown of a log and an outbox together. Pure. */
import type { OutboxItem } from './outbox-item.js';

export interface DisplayableEntry {
  readonly seq: number;
  /** Idempotency key of an entry that the reader wrote, otherwise null. */
  readonly key: string | null;
}

export type DisplayItem<Entry extends DisplayableEntry> =
  | { readonly type: 'entry'; readonly id: string; readonly entry: Entry }
  | { readonly type: 'pending'; readonly id: string; readonly item: OutboxItem };

/**
 * The log by seq, then what is not in it yet: acknowledged items by their seq, the others in local order. An item
 * whose key stands in the log is left out, so no message is ever shown twice, however acknowledgement, fact, sync
 * and reload overtake each other; and because the id is the key, the list element stays the same one.
 */
export function mergeDisplay<Entry extends DisplayableEntry>(
  logEntries: readonly Entry[],
  outboxItems: readonly OutboxItem[],
): DisplayItem<Entry>[] {
  const shown = new Set<string>();
  const display: DisplayItem<Entry>[] = [];
  for (const entry of logEntries) {
    if (entry.key !== null) shown.add(entry.key);
    display.push({ type: 'entry', id: entry.key ?? `seq:${entry.seq}`, entry });
  }
  const lastSeq = logEntries.at(-1)?.seq ?? 0;
  const pending = outboxItems
    // An acknowledged item at or below the log's end lies before the first loaded page.
    .filter((item) => !shown.has(item.key) && !(item.state === 'acked' && item.seq !== null && item.seq <= lastSeq))
    .sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || a.order - b.order);
  for (const item of pending) display.push({ type: 'pending', id: item.key, item });
  return display;
}
