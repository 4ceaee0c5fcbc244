/** Keeps the journal of `offline-queue.ts` in memory and on disk. A change counts when the disk has it. */
import type { JournalStore } from '../core/client/storage-journal.js';
import { readJournal, type Journal } from './offline-queue.js';

export interface JournalKeeper {
  get(): Journal;
  /** Changes what `get` answers at once; resolves when it is on disk, as far as this browser has one. */
  update(change: (journal: Journal) => Journal): Promise<void>;
}

export async function openJournal(store: JournalStore): Promise<JournalKeeper> {
  let journal = readJournal(await store.read());
  let written: Promise<void> = Promise.resolve();
  return {
    get: () => journal,
    update(change) {
      journal = change(journal);
      const snapshot = journal;
      // One after the other: an older state never overtakes a newer one.
      written = written.then(() => store.write(snapshot));
      return written;
    },
  };
}
