/** Visitors who look at free times are told which came and which went. */
import { createHash } from 'node:crypto';
import { encodeSlotChange } from '@frontdesk/domain/booking/slot-change';
import { rooms } from '../core/rooms.js';
import { createListWatch, type ListWatch, type WatchDeps } from './list-watch.js';
import { nameQuestion, type SlotQuestion, type Slots, type SlotView } from './slots.service.js';

export type SlotWatch = ListWatch<SlotQuestion, SlotView>;

function digest(question: SlotQuestion): string {
  return createHash('sha256').update(nameQuestion(question)).digest('base64url');
}

export function createSlotWatch({ slots, ...deps }: WatchDeps & { readonly slots: Slots }): SlotWatch {
  return createListWatch<SlotQuestion, SlotView>(deps, {
    roomOf: (tenantId, question) => rooms.slotWatchers(tenantId, digest(question)),
    read: (context, question) => slots.read(context, question),
    tell(room, before, after) {
      const known = new Set(before.days.flat());
      const offered = new Set(after.days.flat());
      const added = [...offered].filter((start) => !known.has(start));
      const removed = [...known].filter((start) => !offered.has(start));
      if (added.length === 0 && removed.length === 0) return false;
      const change = { prev: before.list.rev, rev: after.list.rev, added, removed };
      deps.facts.toVisitors(room, 'slots:changed', encodeSlotChange(change, after.list.from));
      return true;
    },
  });
}
