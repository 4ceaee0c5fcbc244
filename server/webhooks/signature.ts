/** Signatures as Standard Webhooks describes them: HMAC-SHA256 over id, time and body, so that none can be swapped or played again. */
import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

export function toWebhookSecret(bytes: Buffer): string {
  return PREFIX + bytes.toString('base64');
}

/** One signature for each live secret, the newest first. */
export function signMessage(
  message: { readonly id: string; readonly timestamp: number; readonly body: string },
  secrets: readonly string[],
): string {
  const content = `${message.id}.${message.timestamp}.${message.body}`;
  return secrets
    .map((secret) => Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`)
    .join(' ');
}
