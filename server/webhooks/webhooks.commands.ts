/** Commands of webhooks and API keys. What is made carries the command's key in its id, so the ledger never holds a secret. */
import { apiKeyStaffCommands, webhookStaffCommands } from '@frontdesk/protocol/webhooks';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { ApiKeysService } from './api-keys.service.js';
import type { WebhooksService } from './webhooks.service.js';

const read = { permission: 'integration:manage', limit: 'staff-read' } as const;
const write = { permission: 'integration:manage', limit: 'staff-sensitive', storesKey: true } as const;

export function bindWebhookCommands(webhooks: WebhooksService, apiKeys: ApiKeysService): BoundCommand[] {
  return [
    ...bindCommands(webhookStaffCommands, {
      'webhook:list': { ...read, handle: (context) => webhooks.list(context) },
      'webhook:create': { ...write, handle: (context, input) => webhooks.create(context, input) },
      'webhook:update': { ...write, handle: (context, input) => webhooks.update(context, input) },
      'webhook:remove': { ...write, handle: (context, { webhookId }) => webhooks.remove(context, webhookId) },
      'webhook:rotate-secret': {
        ...write,
        handle: (context, { webhookId }) => webhooks.rotateSecret(context, webhookId),
      },
      'webhook:replay': { ...write, handle: (context, input) => webhooks.replay(context, input) },
    }),
    ...bindCommands(apiKeyStaffCommands, {
      'api-key:list': { ...read, handle: (context) => apiKeys.list(context) },
      'api-key:create': { ...write, handle: (context, input) => apiKeys.create(context, input) },
      'api-key:revoke': { ...write, handle: (context, { apiKeyId }) => apiKeys.revoke(context, apiKeyId) },
    }),
  ];
}
