/** Closed word lists of the domains, shared as plain constants so that widgets need no validator to know them. */
export const ROLES = ['owner', 'admin', 'agent', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const CONVERSATION_STATUSES = ['open', 'snoozed', 'resolved', 'spam'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

export const HANDLERS = ['none', 'ai', 'human'] as const;
export type Handler = (typeof HANDLERS)[number];

export const PRIORITIES = ['none', 'low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CHANNELS = ['web', 'whatsapp', 'sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

export const AUTHOR_KINDS = ['contact', 'staff', 'ai', 'system', 'phone_app'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];

export const ENTRY_KINDS = ['message', 'note', 'event'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const EVENT_TYPES = ['started', 'status', 'handler', 'assignee', 'team', 'labels', 'priority'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const AVAILABILITIES = ['online', 'away', 'offline'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

export const LIST_VIEWS = ['all-open', 'mine', 'unassigned', 'snoozed', 'resolved', 'spam'] as const;
export type ListView = (typeof LIST_VIEWS)[number];

export const TYPING_MODES = ['reply', 'note'] as const;
export type TypingMode = (typeof TYPING_MODES)[number];

export const COLOR_SCHEMES = ['auto', 'light', 'dark'] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

export const LAUNCHER_SIDES = ['end', 'start'] as const;
export type LauncherSide = (typeof LAUNCHER_SIDES)[number];
