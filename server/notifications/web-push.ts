/**
 * Web Push: a message to a browser by way of its maker's push service. A customer tells us the address, so it could be any; only the
 * services that browsers use are talked to, over TLS on their own port, and redirects are not followed (SSRF).
 */
import type { Agent } from 'node:https';
import webPush, { WebPushError } from 'web-push';
import type { PushKeys } from '../config.js';
import type { NoticeChannel } from './notifications.types.js';

const TIMEOUT_MS = 5_000;
/** Uncompressed point of P-256, and 128 bits (RFC 8291). */
const PUBLIC_KEY_BYTES = 65;
const SECRET_BYTES = 16;
const GONE = [404, 410];

export interface WebPushOptions {
  readonly keys: PushKeys;
  /** Whom a push service may ask about our messages: an https or mailto address. */
  readonly subject: string;
  /** `host`, `*.host` for everything below it, each with a port if it is not 443. */
  readonly hosts: readonly string[];
  /** Tests trust a push service of their own. */
  readonly agent?: Agent | undefined;
}

function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, host, username, password } = new URL(endpoint);
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  return hosts.some((pattern) => matchesHost(pattern, host));
}

function hasBytes(base64url: string, bytes: number): boolean {
  return /^[\w-]+={0,2}$/.test(base64url) && Buffer.from(base64url, 'base64url').length === bytes;
}

export function createWebPush({ keys, subject, hosts, agent }: WebPushOptions): NoticeChannel {
  const vapidDetails = { subject, publicKey: keys.publicKey, privateKey: keys.privateKey };
  return {
    accepts: ({ endpoint, keys: { p256dh, auth } }) =>
      isPushService(endpoint, hosts) && hasBytes(p256dh, PUBLIC_KEY_BYTES) && hasBytes(auth, SECRET_BYTES),
    async send(address, { ttlSeconds, ...message }) {
      // The list may have become shorter since the address was taken.
      if (!isPushService(address.endpoint, hosts)) return 'gone';
      try {
        await webPush.sendNotification({ endpoint: address.endpoint, keys: address.keys }, JSON.stringify(message), {
          vapidDetails,
          TTL: ttlSeconds,
          urgency: 'high',
          timeout: TIMEOUT_MS,
          ...(agent && { agent }),
        });
        return 'sent';
      } catch (error) {
        const status = error instanceof WebPushError ? error.statusCode : null;
        if (status !== null && GONE.includes(status)) return 'gone';
        // What the library throws names the address, which opens a stranger's browser: it does not belong into a log.
        // eslint-disable-next-line preserve-caught-error
        throw new Error(`the push service answered ${status ?? 'nothing'}`);
      }
    },
  };
}
