/**
 * May a page of this origin embed a site (WID-01)? Pure. Both sides are normalised by the URL parser, which lower-cases,
 * drops default ports and turns international names into punycode; what the parser has to bend to accept is refused.
 */
import type { IsOriginAllowed } from './tenancy.types.js';

const WILDCARD = '*.';
/** Stands for the wildcard label while the URL parser reads the pattern. */
const PLACEHOLDER = 'frontdesk-wildcard.';

interface ParsedOrigin {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

function parseOrigin(text: string): ParsedOrigin | undefined {
  // An Origin header is scheme://host[:port] and nothing else: no path, query, fragment, userinfo, space or backslash.
  if (!/^https?:\/\/[^\s/\\?#@%]+$/i.test(text)) return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  // One trailing dot names the DNS root and reaches the same server, but browsers treat it as another origin: so do we.
  if (url.hostname === '' || url.hostname.endsWith('.')) return undefined;
  return { scheme: url.protocol, host: url.hostname, port: url.port };
}

function matches(pattern: string, origin: ParsedOrigin): boolean {
  const separator = pattern.indexOf('://') + 3;
  const isWildcard = pattern.startsWith(WILDCARD, separator);
  const text = isWildcard
    ? `${pattern.slice(0, separator)}${PLACEHOLDER}${pattern.slice(separator + WILDCARD.length)}`
    : pattern;
  const allowed = parseOrigin(text);
  if (!allowed || allowed.scheme !== origin.scheme || allowed.port !== origin.port) return false;
  if (!isWildcard) return allowed.host === origin.host;
  // Keeps the dot, so that *.shop.example matches neither shop.example nor evilshop.example.
  const suffix = allowed.host.slice(PLACEHOLDER.length - 1);
  return origin.host.length > suffix.length && origin.host.endsWith(suffix);
}

export const isOriginAllowed: IsOriginAllowed = (site, origin) => {
  if (origin === undefined || origin === '') return false;
  if (origin === 'null') return site.allowNullOrigin;
  const parsed = parseOrigin(origin);
  return parsed !== undefined && site.allowedOrigins.some((pattern) => matches(pattern, parsed));
};
