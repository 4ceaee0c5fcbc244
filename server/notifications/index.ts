/** Reaching customers who are not looking at a page. Web Push stands; SMS, WhatsApp and e-mail join as further channels. */
import type { Agent } from 'node:https';
import type { Config } from '../config.js';
import type { Notifications } from './notifications.types.js';
import { createWebPush } from './web-push.js';

export type * from './notifications.types.js';

export function createNotifications(deps: {
  readonly config: Pick<Config, 'push' | 'publicUrl' | 'mailFrom'>;
  readonly pushAgent?: Agent | undefined;
}): Notifications {
  const { push, publicUrl, mailFrom } = deps.config;
  // A push service wants somebody to write to, and takes no http address.
  const subject = publicUrl.startsWith('https:') ? publicUrl : `mailto:${/<(.+)>/.exec(mailFrom)?.[1] ?? mailFrom}`;
  const channel = push.keys && createWebPush({ keys: push.keys, hosts: push.hosts, subject, agent: deps.pushAgent });
  return {
    pushKey: push.keys?.publicKey ?? null,
    accepts: (address) => channel?.accepts(address) ?? false,
    // Without keys there is nobody who could have been promised anything.
    send: async (address, message) => (channel ? channel.send(address, message) : 'gone'),
  };
}
