/**
 * What the website's server signed about the customer (BK-38). It is read here only to be shown: whether it is true is for the server to
 * find out, and what is refused there is given back to the customer to type.
 */
import type { Draft } from './booking-form.js';

const FIELDS = ['name', 'email', 'phone'] as const;

export interface Prefill {
  readonly token: string;
  /** What it says; the customer cannot change it as long as the token is believed. */
  readonly fields: Partial<Pick<Draft, (typeof FIELDS)[number]>>;
}

function readClaims(token: string): Record<string, unknown> {
  try {
    const body = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const claims: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(body, (byte) => byte.charCodeAt(0))));
    return claims as Record<string, unknown>;
  } catch {
    return {};
  }
}

export function readPrefill(token: string | null | undefined): Prefill | null {
  if (!token) return null;
  const claims = readClaims(token);
  const known = FIELDS.flatMap((field) => {
    const claim = claims[field];
    return typeof claim === 'string' && claim.trim() !== '' ? [[field, claim.trim()]] : [];
  });
  return { token, fields: Object.fromEntries(known) as Prefill['fields'] };
}

/** What stays locked once nobody believes the token. */
export const withoutSigned = (locked: readonly string[], prefill: Prefill | null | undefined): string[] =>
  locked.filter((field) => !(prefill && field in prefill.fields));
