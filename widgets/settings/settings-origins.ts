/** Addresses that may embed, as people type them and as the server wants them. Pure. */
import type { StaffMessageKey } from '../staff/words.js';

/** Mirrors `allowedOrigin` of the protocol, whose validator must not reach a browser. The server checks again. */
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/;
const ORIGIN_MAX_LENGTH = 255;

export type OriginResult =
  { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly problem: StaffMessageKey };

/**
 * Takes what is plainly meant: upper case, a missing `https://`, a trailing slash. Anything more, such as a path, is
 * refused instead of cut off, because the person may believe that the path limits something.
 */
export function readOrigin(text: string, existing: readonly string[]): OriginResult {
  const trimmed = text.trim().toLowerCase().replace(/\/$/, '');
  const origin = /^[a-z][a-z0-9+.-]*:\/\//.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (origin.length > ORIGIN_MAX_LENGTH || !ORIGIN.test(origin)) return { ok: false, problem: 'originInvalid' };
  if (existing.includes(origin)) return { ok: false, problem: 'originDuplicate' };
  return { ok: true, origin };
}

/** Which origins the server refused: `allowedOrigins.2` → 2. */
export function refusedOrigins(fields: Readonly<Record<string, string>> | undefined): ReadonlySet<number> {
  const refused = new Set<number>();
  for (const path of Object.keys(fields ?? {})) {
    const match = /^allowedOrigins\D+(\d+)/.exec(path);
    if (match?.[1] !== undefined) refused.add(Number(match[1]));
  }
  return refused;
}

/** The two lines to paste. Both values are checked formats, so nothing needs escaping; escaping is done all the same. */
export function buildSnippet(serverUrl: string, publicKey: string, accent: string): string {
  const escape = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return [
    `<script type="module" src="${escape(serverUrl)}/widgets/frontdesk.js" async></script>`,
    `<frontdesk-chat site="${escape(publicKey)}" accent="${escape(accent)}"></frontdesk-chat>`,
  ].join('\n');
}
