/**
 * What may go over WhatsApp: to whoever opted in, in free words for 24 hours after their last message, later in the words of an approved
 * utility template. Payloads are those of the Cloud API.
 */
import type { CustomerMessage, MessageField } from './notifications.types.js';
import type { Prepared } from './payloads.js';

export interface WhatsAppAddress {
  readonly channel: 'whatsapp';
  /** E.164 */
  readonly number: string;
  readonly hasOptedIn: boolean;
  /** Epoch milliseconds of the customer's last message; null when they never wrote. */
  readonly lastHeardMs: number | null;
}

export interface WhatsAppTemplate {
  readonly name: string;
  readonly language: string;
  readonly category: 'utility' | 'marketing' | 'authentication';
  readonly status: 'approved' | 'pending' | 'rejected' | 'paused';
  readonly variables: readonly MessageField[];
  readonly buttons: readonly (
    | { readonly type: 'quick-reply'; readonly payload: string }
    /** Ends in what the template's address leaves open. */
    | { readonly type: 'url'; readonly variable: MessageField }
  )[];
}

export interface WhatsAppSender {
  readonly nowMs: number;
  /** By topic. */
  readonly templates: Readonly<Record<string, readonly WhatsAppTemplate[]>>;
}

export type WhatsAppPayload = { readonly messaging_product: 'whatsapp'; readonly to: string } & (
  | { readonly type: 'text'; readonly text: { readonly body: string; readonly preview_url: false } }
  | {
      readonly type: 'template';
      readonly template: {
        readonly name: string;
        readonly language: { readonly code: string };
        readonly components: readonly object[];
      };
    }
);

const WINDOW_MS = 24 * 60 * 60 * 1_000;
const MAX_BUTTONS = 10;

const toText = (text: string) => ({ type: 'text', text });

function toComponents({ variables, buttons }: WhatsAppTemplate, { fields }: CustomerMessage): object[] {
  return [
    { type: 'body', parameters: variables.map((name) => toText(fields[name])) },
    ...buttons.map((button, index) => ({
      type: 'button',
      sub_type: button.type === 'url' ? 'url' : 'quick_reply',
      index: String(index),
      parameters: [
        button.type === 'url' ? toText(fields[button.variable]) : { type: 'payload', payload: button.payload },
      ],
    })),
  ];
}

export function prepareWhatsApp(
  { number, hasOptedIn, lastHeardMs }: WhatsAppAddress,
  message: CustomerMessage,
  { nowMs, templates }: WhatsAppSender,
): Prepared<WhatsAppPayload> {
  if (!hasOptedIn) return { ok: false, reason: 'consent' };
  const to = { messaging_product: 'whatsapp', to: number.replace('+', '') } as const;
  const { letter, fields } = message;
  if (lastHeardMs !== null && nowMs < lastHeardMs + WINDOW_MS) {
    const body = [letter.subject, fields.code, fields.link].filter(Boolean).join('\n');
    return { ok: true, payload: { ...to, type: 'text', text: { body, preview_url: false } } };
  }
  const template = templates[message.topic]?.find(
    ({ language, category, status, buttons }) =>
      language === letter.language && category === 'utility' && status === 'approved' && buttons.length <= MAX_BUTTONS,
  );
  if (!template) return { ok: false, reason: 'template' };
  const { name, language } = template;
  const components = toComponents(template, message);
  return {
    ok: true,
    payload: { ...to, type: 'template', template: { name, language: { code: language }, components } },
  };
}
