/** Values of the domain in the reader's words. */
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { MemberDto } from '@frontdesk/protocol/tenancy';
import type {
  Availability,
  Channel,
  ConversationStatus,
  Handler,
  ListView,
  Priority,
} from '@frontdesk/protocol/vocabulary';
import type { ThreadItem } from '../core/client/staff-types.js';
import type { IconName } from '../staff/staff-icons.js';
import type { StaffMessageKey, StaffWords } from '../staff/words.js';

export const VIEW_MESSAGES: Readonly<Record<ListView, StaffMessageKey>> = {
  'all-open': 'viewAllOpen',
  mine: 'viewMine',
  unassigned: 'viewUnassigned',
  snoozed: 'viewSnoozed',
  resolved: 'viewResolved',
  spam: 'viewSpam',
};

export const VIEW_ICONS: Readonly<Record<ListView, IconName>> = {
  'all-open': 'inbox',
  mine: 'account',
  unassigned: 'userPlus',
  snoozed: 'clock',
  resolved: 'done',
  spam: 'spam',
};

export const STATUS_MESSAGES: Readonly<Record<ConversationStatus, StaffMessageKey>> = {
  open: 'statusOpen',
  snoozed: 'statusSnoozed',
  resolved: 'statusResolved',
  spam: 'statusSpam',
};

export const PRIORITY_MESSAGES: Readonly<Record<Priority, StaffMessageKey>> = {
  none: 'priorityNone',
  low: 'priorityLow',
  normal: 'priorityNormal',
  high: 'priorityHigh',
  urgent: 'priorityUrgent',
};

export const CHANNEL_MESSAGES: Readonly<Record<Channel, StaffMessageKey>> = {
  web: 'channelWeb',
  whatsapp: 'channelWhatsapp',
  sms: 'channelSms',
  email: 'channelEmail',
};

export const CHANNEL_ICONS: Readonly<Record<Channel, IconName>> = {
  web: 'globe',
  whatsapp: 'phone',
  sms: 'chat',
  email: 'mail',
};

export const HANDLER_MESSAGES: Readonly<Record<Handler, StaffMessageKey>> = {
  none: 'handlerNone',
  ai: 'handlerAi',
  human: 'handlerHuman',
};

export const PRESENCE_MESSAGES: Readonly<Record<Availability, StaffMessageKey>> = {
  online: 'presenceOnline',
  away: 'presenceAway',
  offline: 'presenceOffline',
};

/** A name, or "Visitor" with the end of the contact's id, so that two nameless visitors are two people. */
export function nameContact(words: StaffWords, contact: StaffConversationDto['contact']): string {
  return contact.name ?? contact.email ?? words.t('visitorNamed', { label: contact.id.slice(-4).toUpperCase() });
}

export function nameMember(words: StaffWords, members: readonly MemberDto[], memberId: string | null): string | null {
  if (memberId === null) return null;
  const member = members.find(({ id }) => id === memberId);
  if (member === undefined) return words.t('someone');
  return member.self ? words.t('you') : member.name;
}

/** One or two letters for an avatar. Segments by code point, so that no letter is cut in half. */
export function initialsOf(name: string): string {
  // The label of a nameless visitor is no surname.
  const parts = name.split(/\s+/).filter((part) => /^\p{L}/u.test(part) && !/\d/.test(part));
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

export function previewLine(words: StaffWords, conversation: StaffConversationDto): string {
  const { lastMessage } = conversation;
  if (lastMessage === null) return words.t('rowNoMessage');
  const text = lastMessage.preview.replaceAll(/\s+/g, ' ');
  if (lastMessage.authorKind === 'staff') return words.t('rowTeam', { text });
  if (lastMessage.authorKind === 'ai') return words.t('rowAi', { text });
  return text;
}

export function nameAuthor(
  words: StaffWords,
  item: Pick<ThreadItem, 'authorKind' | 'authorName' | 'isMine'>,
  contactName: string,
): string {
  if (item.authorKind === 'contact') return contactName;
  if (item.authorKind === 'ai') return words.t('assistant');
  if (item.authorKind === 'system') return words.t('system');
  if (item.isMine) return words.t('you');
  return item.authorName ?? words.t('someone');
}

/** The sentence of an event line: who did what. */
export function describeEvent(words: StaffWords, item: ThreadItem): string {
  const { event } = item;
  if (event === null) return '';
  // Names, also my own: an event line is a record, and it reads the same for everyone.
  const actor =
    item.authorKind === 'staff' ? (item.authorName ?? words.t('someone')) : nameAuthor(words, item, words.t('visitor'));
  const from = event.from ?? '';
  const to = event.to ?? '';
  switch (event.type) {
    case 'started':
      return words.t('eventStarted');
    case 'assignee':
      if (event.to === null) return words.t('eventUnassigned', { actor, from });
      return event.to === item.authorName ? words.t('eventTook', { actor }) : words.t('eventAssigned', { actor, to });
    case 'status':
      return describeStatusEvent(words, actor, to);
    case 'team':
      return event.to === null ? words.t('eventTeamNone', { actor, from }) : words.t('eventTeam', { actor, to });
    case 'labels':
      return event.to === null || to === ''
        ? words.t('eventLabelsNone', { actor })
        : words.t('eventLabels', { actor, to });
    case 'priority':
      return words.t('eventPriority', { actor, to: priorityWord(words, to) });
    case 'handler':
      return words.t('eventHandler', { actor, to: handlerWord(words, to) });
  }
}

function describeStatusEvent(words: StaffWords, actor: string, to: string): string {
  if (to === 'resolved') return words.t('eventResolved', { actor });
  if (to === 'snoozed') return words.t('eventSnoozed', { actor });
  if (to === 'spam') return words.t('eventSpam', { actor });
  return words.t('eventReopened', { actor });
}

/** Events carry the vocabulary's words; anything else is shown as it came. */
function priorityWord(words: StaffWords, value: string): string {
  return value in PRIORITY_MESSAGES ? words.t(PRIORITY_MESSAGES[value as Priority]) : value;
}

function handlerWord(words: StaffWords, value: string): string {
  return value in HANDLER_MESSAGES ? words.t(HANDLER_MESSAGES[value as Handler]) : value;
}
