/**
 * A POST to an address that a customer typed (SSRF-01…03): https, to a public unicast address and nowhere else. The address is checked
 * where the connection is made, so a name that points elsewhere by then is refused too. Redirects are not followed, nothing is sent
 * along that we were not asked to send, and of the answer only the status is read.
 */
import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const TIMEOUT_MS = 10_000;

/** `any` also allows http and private addresses: for tests, which cannot have a public one. */
export type WebhookTargets = 'public' | 'any';

export class BlockedTargetError extends Error {
  override readonly name = 'BLOCKED_TARGET';
}

const blocked = new BlockList();
// IANA special-purpose registries for IPv4 and IPv6: everything that is not globally reachable unicast.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  blocked.addSubnet(network, prefix, 'ipv4');
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
// Within it: protocol assignments with Teredo, documentation, and 6to4, which carries any IPv4 address.
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  blocked.addSubnet(network, prefix, 'ipv6');
}

/** IPv4-mapped and translated addresses are outside of 2000::/3, so they are refused like every other special one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/** As `dns.lookup`, for names that point to public addresses and to no other. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new BlockedTargetError(hostname), '', 0);
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new BlockedTargetError('the name points to an address that is not public'), '', 0);
    }
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

/** Why this address can never be told anything; null for one that may. */
export function findFault(url: string, targets: WebhookTargets, ownOrigin: string): string | null {
  if (!URL.canParse(url)) return 'must be a URL';
  const { protocol, hostname, host, username, password, hash } = new URL(url);
  if (username !== '' || password !== '' || hash !== '') return 'must have no user, password or fragment';
  if (host === new URL(ownOrigin).host) return 'must not be this server';
  if (targets === 'any') return null;
  if (protocol !== 'https:') return 'must begin with https://';
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPublicAddress(address)) return 'must be a public address';
  // A name without a dot, or of this machine, is nobody's in public.
  const isLocal =
    isIP(address) === 0 && (!hostname.replace(/\.$/, '').includes('.') || /(^|\.)local(host)?\.?$/i.test(hostname));
  return isLocal ? 'must be a public address' : null;
}

export interface PublicPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Resolves with the status. Rejects when there is none; with BlockedTargetError when it was not even asked. */
export async function postPublicly(post: PublicPost, targets: WebhookTargets, ownOrigin: string): Promise<number> {
  const fault = findFault(post.url, targets, ownOrigin);
  if (fault) throw new BlockedTargetError(fault);
  const request = post.url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      post.url,
      {
        method: 'POST',
        // A connection of its own: a pooled one could have been made to an address that was public once.
        agent: false,
        headers: { ...post.headers, 'Content-Length': Buffer.byteLength(post.body) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(targets === 'public' && { lookup: publicLookup }),
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    outgoing.on('error', reject);
    outgoing.end(post.body);
  });
}
