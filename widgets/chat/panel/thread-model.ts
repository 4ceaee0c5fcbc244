/** Messages → what stands in the thread: days, groups by author and minute, and where the new ones begin. Pure. */
import type { ChatMessage } from '../../core/client/session-types.js';

export interface MessageGroup {
  readonly kind: 'group';
  /** Id of the first message: stable while the group grows. */
  readonly id: string;
  readonly isMine: boolean;
  readonly authorKind: ChatMessage['authorKind'];
  readonly authorName: string | null;
  /** The group before is by someone else (or another day), so the name is worth saying. */
  readonly isNewSpeaker: boolean;
  readonly messages: readonly ChatMessage[];
}

export type ThreadItem =
  | { readonly kind: 'day'; readonly id: string; readonly at: string }
  | { readonly kind: 'unread'; readonly id: string }
  | MessageGroup;

const toMinute = (at: string): number => Math.floor(new Date(at).getTime() / 60_000);
const toDay = (at: string): string => new Date(at).toDateString();

const isSameAuthor = (first: ChatMessage, second: ChatMessage): boolean =>
  first.isMine === second.isMine && first.authorKind === second.authorKind && first.authorName === second.authorName;

/**
 * @param readUpTo - Messages of others after this seq stand below the "new" divider; null for no divider.
 */
export function buildThread(messages: readonly ChatMessage[], readUpTo: number | null): ThreadItem[] {
  const items: ThreadItem[] = [];
  let previous: ChatMessage | undefined;
  let group: ChatMessage[] = [];
  let hasDivider = readUpTo === null;
  for (const message of messages) {
    const isNewDay = !previous || toDay(previous.at) !== toDay(message.at);
    if (isNewDay) items.push({ kind: 'day', id: `day ${toDay(message.at)} ${message.id}`, at: message.at });
    const isFirstUnread = !hasDivider && !message.isMine && message.seq !== null && message.seq > (readUpTo ?? 0);
    if (isFirstUnread) {
      hasDivider = true;
      items.push({ kind: 'unread', id: 'unread' });
    }
    const isSameSpeaker = previous !== undefined && !isNewDay && isSameAuthor(previous, message);
    const continues = isSameSpeaker && !isFirstUnread && toMinute(previous?.at ?? '') === toMinute(message.at);
    if (continues) {
      group.push(message);
    } else {
      group = [message];
      items.push({
        kind: 'group',
        id: message.id,
        isMine: message.isMine,
        authorKind: message.authorKind,
        authorName: message.authorName,
        isNewSpeaker: !isSameSpeaker || isFirstUnread,
        messages: group,
      });
    }
    previous = message;
  }
  return items;
}

/** First letter of a name as its readers see it (an emoji or a vowel sign stays whole). */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '';
}
