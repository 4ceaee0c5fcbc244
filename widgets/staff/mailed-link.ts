/**
 * Tokens from mailed links. They travel in the URL's fragment, which browsers never send, so they reach no server
 * log, proxy or Referer header; and they leave the address bar and the history entry as soon as they are read.
 */
export const MAILED_LINK_KINDS = ['verify', 'reset', 'invite'] as const;
export type MailedLinkKind = (typeof MAILED_LINK_KINDS)[number];

export interface MailedLink {
  readonly kind: MailedLinkKind;
  readonly token: string;
}

const PATTERN = /^#(verify|reset|invite)=([A-Za-z0-9_-]{43})$/;

export function parseMailedLink(hash: string): MailedLink | null {
  const match = PATTERN.exec(hash);
  if (match === null) return null;
  return { kind: match[1] as MailedLinkKind, token: match[2] ?? '' };
}

/** Reads the page's token, if any, and removes it from the address bar. */
export function takeMailedLink(): MailedLink | null {
  const link = parseMailedLink(location.hash);
  if (link !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return link;
}
