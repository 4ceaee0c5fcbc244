/** Reaching customers who are not looking at a page. Web Push and e-mail stand; SMS and WhatsApp join as further channels. */
import type { Agent } from 'node:https';
import type { Config } from '../config.js';
import { readAddress, type Mailer } from '../mail/index.js';
import { createEmailChannel } from './email.js';
import type { Notifications } from './notifications.types.js';
import { createWebPush } from './web-push.js';

export type * from './notifications.types.js';
export { UnsentError } from './notifications.types.js';

export function createNotifications(deps: {
  readonly config: Pick<Config, 'push' | 'publicUrl' | 'mailFrom'>;
  readonly mailer: Pick<Mailer, 'deliver'>;
  readonly pushAgent?: Agent | undefined;
}): Notifications {
  const { push, publicUrl, mailFrom } = deps.config;
  // A push service wants somebody to write to, and takes no http address.
  const subject = publicUrl.startsWith('https:') ? publicUrl : `mailto:${readAddress(mailFrom)}`;
  const channel = push.keys && createWebPush({ keys: push.keys, hosts: push.hosts, subject, agent: deps.pushAgent });
  const email = createEmailChannel(deps.mailer, { host: readAddress(mailFrom).split('@').at(-1) ?? 'localhost' });
  return {
    pushKey: push.keys?.publicKey ?? null,
    accepts: (address) => channel?.accepts(address) ?? false,
    // Without keys there is nobody who could have been promised anything.
    write: (address, message) => email.write(address, message),
    send: async (address, message) => (channel ? channel.send(address, message) : 'gone'),
  };
}
