/** How a mail looks, plain and as simple HTML. Whoever writes one gives the words; markup and headers are made here. */
import { RIGHT_TO_LEFT_LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { escapeHtml } from '../core/html.js';

export interface Letter {
  readonly language: Locale;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What stands in two columns: `When`, `Tuesday …`. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly action?: { readonly label: string; readonly url: string };
  readonly footer: string;
}

export interface WrittenLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Names come from strangers who chose them, and mail programs turn anything like an address into a link. A zero-width
 * space after each inner dot, slash pair and at sign keeps "evil.example" readable but dead (HOOK-08, MSG-02).
 */
export function toInertText(text: string): string {
  return text.replace(/(?<=\S)(\.|:\/\/|@)(?=\S)/g, '$1\u200b');
}

/** Mail programs know no style sheets; colours are left to them, so that a dark one stays dark. */
const SHEET = 'max-width:560px;margin:0 auto;padding:16px;font:16px/1.5 system-ui,sans-serif';
const LABEL =
  'padding:4px 0;padding-inline-end:16px;text-align:start;font-weight:normal;opacity:.75;white-space:nowrap';
const VALUE = 'padding:4px 0;text-align:start;font-weight:600';
const BUTTON =
  'display:inline-block;padding:10px 16px;border:1px solid;border-radius:6px;color:inherit;font-weight:600;text-decoration:none';

export function writeLetter({ language, subject, paragraphs, facts = [], action, footer }: Letter): WrittenLetter {
  const table = facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
  const text = [
    ...paragraphs,
    ...(table === '' ? [] : [table]),
    ...(action ? [facts.length === 0 ? action.url : `${action.label}:\n${action.url}`] : []),
    footer,
    '',
  ].join('\n\n');
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><th scope="row" valign="top" style="${LABEL}">${escapeHtml(label)}</th><td style="${VALUE}">${escapeHtml(value)}</td></tr>`,
  );
  const direction = RIGHT_TO_LEFT_LOCALES.includes(language) ? 'rtl' : 'ltr';
  const html = [
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>`,
    // Some mail programs drop the outer elements with their direction.
    `<body><div dir="${direction}" style="${SHEET}">`,
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...(rows.length === 0 ? [] : ['<table style="border-collapse:collapse">', ...rows, '</table>']),
    ...(action ? [`<p><a href="${escapeHtml(action.url)}" style="${BUTTON}">${escapeHtml(action.label)}</a></p>`] : []),
    `<p><small>${escapeHtml(footer)}</small></p>`,
    '</div></body></html>',
  ].join('\n');
  return { subject, text, html };
}
