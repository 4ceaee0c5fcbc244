/**
 * The port through which a domain reaches a customer who is not looking at a page: queue and booking say what, a channel says it.
 * A domain keeps the addresses with the thing that they are for, so that they end with it (IC-24).
 */
import type { Locale } from '@frontdesk/protocol/locales';
import type { Letter } from '../mail/index.js';

/** A browser that asked to be told (RFC 8030). */
export interface PushAddress {
  readonly channel: 'push';
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface EmailAddress {
  readonly channel: 'email';
  readonly address: string;
}

/** Where a short notice can be sent; a mail is written with `write`. */
export type NoticeAddress = PushAddress;

/** What a customer reads, in their language already. No name, no phone number: it passes through other people's servers. */
export interface NoticeMessage {
  readonly title: string;
  readonly body: string;
  readonly language: Locale;
  /** A later notice with the same tag takes the place of the earlier one. */
  readonly tag: string;
  /** After this long nobody wants it any more. */
  readonly ttlSeconds: number;
}

/** What a message is made of, for channels whose words were registered or approved before. */
export const MESSAGE_FIELDS = ['business', 'service', 'when', 'code', 'link'] as const;
export type MessageField = (typeof MESSAGE_FIELDS)[number];

/** One message to one customer about something that they asked for, whichever way it travels. */
export interface CustomerMessage {
  /** The business, which is who writes. */
  readonly sender: string;
  /** Names this one message, also when it has to be sent once more; no address and no secret. */
  readonly id: string;
  /** What it is about: by this name its template is registered. */
  readonly topic: string;
  /** An empty link is none. */
  readonly fields: Readonly<Record<MessageField, string>>;
  readonly letter: Letter;
  readonly calendar?: { readonly method: string; readonly content: string };
}

/**
 * - `sent`: the channel's service has taken it.
 * - `gone`: the address will never take anything again; forget it.
 *
 * Anything else throws, and may be tried again.
 */
export type NoticeOutcome = 'sent' | 'gone';

/** It certainly was not sent. Any other error leaves that open: whoever must not say a thing twice gives up then. */
export class UnsentError extends Error {}

/** One way of reaching people. */
export interface NoticeChannel<Address extends NoticeAddress = NoticeAddress> {
  send(address: Address, message: NoticeMessage): Promise<NoticeOutcome>;
  /** Whether this server will ever send there; asked before an address is kept. */
  accepts(address: Address): boolean;
}

export interface Notifications {
  /** What a browser subscribes with; null when push is not set up. */
  readonly pushKey: string | null;
  accepts(address: NoticeAddress): boolean;
  /** Throws when the channel's service could not be reached or refused; a job may try again. */
  send(address: NoticeAddress, message: NoticeMessage): Promise<NoticeOutcome>;
  /** Throws `UnsentError` when another try is safe. */
  write(address: EmailAddress, message: CustomerMessage): Promise<NoticeOutcome>;
}
