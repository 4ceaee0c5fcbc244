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
    ({ label, value }) => `<tr><th align="start">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const direction = RIGHT_TO_LEFT_LOCALES.includes(language) ? ' dir="rtl"' : '';
  const html = [
    `<!doctype html><html lang="${language}"${direction}><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>`,
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...(rows.length === 0 ? [] : [`<table cellpadding="4">`, ...rows, '</table>']),
    ...(action ? [`<p><a href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>`] : []),
    `<p><small>${escapeHtml(footer)}</small></p>`,
    '</body></html>',
  ].join('\n');
  return { subject, text, html };
}
