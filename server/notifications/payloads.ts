/**
 * A message as it leaves for a channel. Every channel passes here before anything is sent, so what a country or a carrier forbids is in
 * no payload, whoever calls (booking.md 5.6; BK-24). Pure; a channel only carries what it gets.
 */
import { writeLetter } from '../mail/index.js';
import type { CustomerMessage, EmailAddress } from './notifications.types.js';
import { prepareSms, type SmsAddress, type SmsSender, type SmsPayload } from './sms-rules.js';
import { prepareWhatsApp, type WhatsAppAddress, type WhatsAppPayload, type WhatsAppSender } from './whatsapp-rules.js';

/**
 * - `template`: nothing that was registered or approved says this.
 * - `content`: what is left after the rules could still be a link or a number.
 * - `consent`: the customer did not ask to be written to there.
 */
export type PayloadRefusal = 'template' | 'content' | 'consent';

export type Prepared<Payload> =
  { readonly ok: true; readonly payload: Payload } | { readonly ok: false; readonly reason: PayloadRefusal };

export interface EmailPayload {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly fromName: string;
  readonly messageId: string;
  readonly calendar?: { readonly method: string; readonly content: string };
}

/** What a business has at each channel. */
export interface Senders {
  /** The host that message ids belong to: the sender's. */
  readonly email: { readonly host: string };
  readonly sms: SmsSender;
  readonly whatsapp: WhatsAppSender;
}

function prepareEmail(
  { address }: EmailAddress,
  { sender, letter, id, calendar }: CustomerMessage,
  { host }: Senders['email'],
): Prepared<EmailPayload> {
  const messageId = `${id}@${host}`;
  const mail = { to: address, ...writeLetter(letter), fromName: sender, messageId };
  return { ok: true, payload: calendar ? { ...mail, calendar } : mail };
}

interface Channels {
  readonly email: { readonly address: EmailAddress; readonly payload: EmailPayload };
  readonly sms: { readonly address: SmsAddress; readonly payload: SmsPayload };
  readonly whatsapp: { readonly address: WhatsAppAddress; readonly payload: WhatsAppPayload };
}

type Prepare<Channel extends keyof Channels> = (
  address: Channels[Channel]['address'],
  message: CustomerMessage,
  sender: Senders[Channel],
) => Prepared<Channels[Channel]['payload']>;

const PREPARE: { readonly [Channel in keyof Channels]: Prepare<Channel> } = {
  email: prepareEmail,
  sms: prepareSms,
  whatsapp: prepareWhatsApp,
};

export function preparePayload<Channel extends keyof Channels>(
  channel: Channel,
  address: Channels[Channel]['address'],
  message: CustomerMessage,
  sender: Senders[Channel],
): Prepared<Channels[Channel]['payload']> {
  return PREPARE[channel](address, message, sender);
}
