/** Turns the items of a thread into what stands on the page: days, groups of one author, the unread line. */
import type { ThreadItem } from '../core/client/staff-types.js';

/** Entries by one author within this time form one visual group. */
const GROUP_WITHIN_MS = 5 * 60 * 1000;

export type TimelineItem =
  | { readonly kind: 'day'; readonly id: string; readonly at: string }
  | { readonly kind: 'unread'; readonly id: string }
  | { readonly kind: 'event'; readonly id: string; readonly item: ThreadItem }
  | {
      readonly kind: 'entry';
      readonly id: string;
      readonly item: ThreadItem;
      readonly startsGroup: boolean;
      readonly endsGroup: boolean;
    };

export interface TimelineInput {
  readonly items: readonly ThreadItem[];
  /** seq after which a contact's entry counts as unread; null for no line. */
  readonly unreadAfter: number | null;
  /** Calendar day of an instant in the reader's zone. */
  readonly dayOf?: (instant: string) => string;
}

/** Calendar day in the browser's zone. */
export function localDayOf(instant: string): string {
  const date = new Date(instant);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

export function buildTimeline({ items, unreadAfter, dayOf = localDayOf }: TimelineInput): TimelineItem[] {
  const timeline: TimelineItem[] = [];
  let day = '';
  let isLineDue = unreadAfter !== null;
  items.forEach((item, index) => {
    const itemDay = dayOf(item.at);
    if (itemDay !== day) timeline.push({ kind: 'day', id: `day-${itemDay}`, at: item.at });
    day = itemDay;
    if (isLineDue && item.authorKind === 'contact' && item.seq !== null && item.seq > (unreadAfter ?? 0)) {
      timeline.push({ kind: 'unread', id: 'unread' });
      isLineDue = false;
    }
    if (item.kind === 'event') {
      timeline.push({ kind: 'event', id: item.id, item });
      return;
    }
    const previous = timeline.at(-1)?.kind === 'entry' ? items[index - 1] : undefined;
    const next = items[index + 1];
    timeline.push({
      kind: 'entry',
      id: item.id,
      item,
      startsGroup: previous === undefined || !belongTogether(previous, item),
      endsGroup: next === undefined || dayOf(next.at) !== itemDay || !belongTogether(item, next),
    });
  });
  return timeline;
}

function belongTogether(first: ThreadItem, second: ThreadItem): boolean {
  return (
    second.kind === first.kind &&
    second.authorKind === first.authorKind &&
    second.authorId === first.authorId &&
    second.isMine === first.isMine &&
    second.state !== 'failed' &&
    Date.parse(second.at) - Date.parse(first.at) < GROUP_WITHIN_MS
  );
}
