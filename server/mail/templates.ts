/**
 * Texts of the mails to members. A link carries its token in the fragment, which browsers neither send
 * to servers nor put into Referer, and starts with the configured public URL, which no Host header can change (AUTH-07).
 */
import type { StaffLocale } from '@frontdesk/protocol/locales';
import { toInertText, writeLetter, type WrittenLetter } from './letter.js';
import type { MailTemplate } from './mail.types.js';

interface MailText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly fragment: string };
  readonly footer: string;
}

type Texts = { readonly [Name in MailTemplate['name']]: (mail: Extract<MailTemplate, { name: Name }>) => MailText };

const en: Texts = {
  'verify-address': ({ businessName, token }) => ({
    subject: 'Confirm your e-mail address',
    paragraphs: [
      `Someone, hopefully you, is opening a Frontdesk workspace for ${businessName} with this address.`,
      'Confirm the address to finish. The link works once and for one hour.',
    ],
    action: { label: 'Confirm address', fragment: `verify=${token}` },
    footer: 'If this was not you, ignore this mail: nothing is created without the link.',
  }),
  'account-exists': () => ({
    subject: 'You already have an account',
    paragraphs: [
      'Someone, hopefully you, tried to sign up with this address, but it already has a Frontdesk account.',
      'Sign in with your password. If you forgot it, ask for a new one on the sign-in page.',
    ],
    action: { label: 'Sign in', fragment: '' },
    footer: 'If this was not you, ignore this mail: nothing was changed.',
  }),
  'reset-password': ({ token }) => ({
    subject: 'Choose a new password',
    paragraphs: [
      'Someone, hopefully you, asked for a new password for this address.',
      'The link works once and for one hour. All your other browsers will be signed out.',
    ],
    action: { label: 'Choose a new password', fragment: `reset=${token}` },
    footer: 'If this was not you, ignore this mail: your password stays as it is.',
  }),
  invitation: ({ businessName, inviterName, token }) => ({
    subject: `Join ${businessName} on Frontdesk`,
    paragraphs: [
      `${inviterName} invites you to the workspace of ${businessName}.`,
      'The link works once and for seven days.',
    ],
    action: { label: 'Accept the invitation', fragment: `invite=${token}` },
    footer: 'If you do not know the sender, ignore this mail.',
  }),
};

const ms: Texts = {
  'verify-address': ({ businessName, token }) => ({
    subject: 'Sahkan alamat e-mel anda',
    paragraphs: [
      `Seseorang, mungkin anda, sedang membuka ruang kerja Frontdesk untuk ${businessName} dengan alamat ini.`,
      'Sahkan alamat ini untuk selesai. Pautan ini boleh digunakan sekali sahaja dalam masa satu jam.',
    ],
    action: { label: 'Sahkan alamat', fragment: `verify=${token}` },
    footer: 'Jika ini bukan anda, abaikan e-mel ini: tiada apa-apa dicipta tanpa pautan ini.',
  }),
  'account-exists': () => ({
    subject: 'Anda sudah mempunyai akaun',
    paragraphs: [
      'Seseorang, mungkin anda, cuba mendaftar dengan alamat ini, tetapi alamat ini sudah mempunyai akaun Frontdesk.',
      'Log masuk dengan kata laluan anda. Jika terlupa, minta yang baharu di halaman log masuk.',
    ],
    action: { label: 'Log masuk', fragment: '' },
    footer: 'Jika ini bukan anda, abaikan e-mel ini: tiada apa-apa yang berubah.',
  }),
  'reset-password': ({ token }) => ({
    subject: 'Pilih kata laluan baharu',
    paragraphs: [
      'Seseorang, mungkin anda, meminta kata laluan baharu untuk alamat ini.',
      'Pautan ini boleh digunakan sekali sahaja dalam masa satu jam. Semua pelayar anda yang lain akan dilog keluar.',
    ],
    action: { label: 'Pilih kata laluan baharu', fragment: `reset=${token}` },
    footer: 'Jika ini bukan anda, abaikan e-mel ini: kata laluan anda tidak berubah.',
  }),
  invitation: ({ businessName, inviterName, token }) => ({
    subject: `Sertai ${businessName} di Frontdesk`,
    paragraphs: [
      `${inviterName} menjemput anda ke ruang kerja ${businessName}.`,
      'Pautan ini boleh digunakan sekali sahaja dalam masa tujuh hari.',
    ],
    action: { label: 'Terima jemputan', fragment: `invite=${token}` },
    footer: 'Jika anda tidak mengenali penghantar, abaikan e-mel ini.',
  }),
};

const TEXTS: Readonly<Record<StaffLocale, Texts>> = { en, ms };

function toInert<Template extends MailTemplate>(template: Template): Template {
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, key.endsWith('Name') ? toInertText(value) : value]),
  ) as unknown as Template;
}

export function renderMail(template: MailTemplate, locale: StaffLocale, publicUrl: string): WrittenLetter {
  const render = TEXTS[locale][template.name] as (mail: MailTemplate) => MailText;
  const { subject, paragraphs, action, footer } = render(toInert(template));
  return writeLetter({
    language: locale,
    subject,
    paragraphs,
    ...(action && {
      action: { label: action.label, url: `${publicUrl}/desk${action.fragment ? `#${action.fragment}` : ''}` },
    }),
    footer,
  });
}
