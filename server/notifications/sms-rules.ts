/**
 * What an SMS may be, by the country of its number. Malaysia (MCMC, since September 2024): no link, no number to call, and the name of the
 * business first. India (TRAI, TCCCPR 2018): a registered header and template, its variables of the kinds that were registered, links only
 * under prefixes on the list.
 */
import type { CustomerMessage, MessageField } from './notifications.types.js';
import type { Prepared } from './payloads.js';

export interface SmsAddress {
  readonly channel: 'sms';
  /** E.164 */
  readonly number: string;
}

/** As registered with the operators (DLT). */
export interface SmsTemplate {
  /** 19 digits. */
  readonly id: string;
  /** With a tag for each variable: `{#alphanumeric#}`, `{#url#}`. */
  readonly text: string;
  /** What stands for the tags, in their order. */
  readonly variables: readonly MessageField[];
}

export interface SmsSender {
  /** What only India asks for; null without a registration. */
  readonly india: {
    readonly entityId: string;
    /** Six letters. */
    readonly header: string;
    readonly linkPrefixes: readonly string[];
    readonly templates: Readonly<Record<string, SmsTemplate>>;
  } | null;
}

export interface SmsPayload {
  readonly to: string;
  readonly text: string;
  /** Who it is from; null leaves it to the operator. */
  readonly header: string | null;
  readonly entityId: string | null;
  readonly templateId: string | null;
}

const MALAYSIA = '+60';
const INDIA = '+91';
const TEMPLATE_ID = /^\d{19}$/;
const HEADER = /^[A-Za-z]{6}$/;
const TAG = /\{#(\w+)#\}/g;
/** Of one variable. */
const MAX_VARIABLE_LENGTH = 30;

const LINK = /(?:https?:\/\/|www\.)\S*/giu;
/** `klinik.example`: what a phone makes a link of by itself. */
const NAME_LIKE_LINK = /(?<=[\p{L}\d])\.(?=\p{L})/gu;
/** Seven digits and more, however they are grouped: the shortest number that can be called. */
const NUMBER = /\+?\p{Nd}(?:[\s().\-/]*\p{Nd}){6,}/gu;

const isLink = (text: string): boolean => text.search(LINK) >= 0 || text.search(NAME_LIKE_LINK) >= 0;

/** Names are the business's own words, and some have a website or a number in them. */
function clean(text: string): string {
  const bare = text.replaceAll(LINK, '').replaceAll(NUMBER, '').replaceAll(NAME_LIKE_LINK, '. ');
  return bare.replaceAll(/\s+/g, ' ').trim();
}

function prepareMalaysian(to: string, { sender, letter, fields }: CustomerMessage): Prepared<SmsPayload> {
  const text = `${clean(sender)}: ${clean(letter.subject)}. ${fields.code}`;
  // A code of nothing but digits could be called.
  if (clean(sender) === '' || isLink(text) || text.search(NUMBER) >= 0) return { ok: false, reason: 'content' };
  return { ok: true, payload: { to, text, header: null, entityId: null, templateId: null } };
}

function prepareIndian(to: string, { topic, fields }: CustomerMessage, { india }: SmsSender): Prepared<SmsPayload> {
  const template = india?.templates[topic];
  if (!india || !template || !TEMPLATE_ID.test(template.id) || !HEADER.test(india.header)) {
    return { ok: false, reason: 'template' };
  }
  const tags = [...template.text.matchAll(TAG)].map(([, tag]) => tag);
  if (tags.length !== template.variables.length) return { ok: false, reason: 'template' };
  const values = template.variables.map((name, index) =>
    tags[index] === 'url' ? fields[name] : fields[name].slice(0, MAX_VARIABLE_LENGTH),
  );
  const isAllowed = values.every((value, index) =>
    tags[index] === 'url' ? india.linkPrefixes.some((prefix) => value.startsWith(prefix)) : !isLink(value),
  );
  if (!isAllowed) return { ok: false, reason: 'content' };
  const { header, entityId } = india;
  const remaining = values.values();
  const text = template.text.replaceAll(TAG, () => remaining.next().value ?? '');
  return { ok: true, payload: { to, text, header, entityId, templateId: template.id } };
}

export function prepareSms({ number }: SmsAddress, message: CustomerMessage, sender: SmsSender): Prepared<SmsPayload> {
  if (number.startsWith(MALAYSIA)) return prepareMalaysian(number, message);
  if (number.startsWith(INDIA)) return prepareIndian(number, message, sender);
  const { letter, fields } = message;
  const text = [`${message.sender}: ${letter.subject}.`, fields.code, fields.link].filter(Boolean).join(' ');
  return { ok: true, payload: { to: number, text, header: null, entityId: null, templateId: null } };
}
