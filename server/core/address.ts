/** Client addresses as rate limits see them (LIM-01): forwarded headers count only behind trusted proxies. */
import { isIPv4, isIPv6 } from 'node:net';

/**
 * The address that `trustedProxies` proxies vouch for: each proxy appends the address it heard from, so the client is
 * that many entries from the right. With 0 the header is ignored, whatever it says.
 */
export function clientAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  if (trustedProxies === 0 || !forwardedFor) return remote ?? 'unknown';
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  return hops[Math.max(0, hops.length - trustedProxies)] || (remote ?? 'unknown');
}

/** IPv4 in full, IPv6 cut to its /64, because one household or attacker owns a whole /64. */
export function addressPrefix(address: string): string {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const [head = '', tail = ''] = plain.split('::');
  const headGroups = head.split(':').filter(Boolean);
  const tailGroups = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - headGroups.length - tailGroups.length) }, () => '0');
  return `${[...headGroups, ...zeros, ...tailGroups].slice(0, 4).join(':')}::/64`;
}
