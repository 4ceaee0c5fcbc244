/** Records of webhooks and API keys as plain objects. */
import type { ApiKeyId, LocationId, TenantId, WebhookId } from '@frontdesk/protocol/ids';
import type { ApiScope, TicketEventType } from '@frontdesk/protocol/vocabulary';

export interface Scoped {
  readonly tenantId: TenantId | null;
}

export interface Webhook {
  readonly id: WebhookId;
  readonly tenantId: TenantId;
  readonly url: string;
  readonly events: readonly TicketEventType[];
  readonly isEnabled: boolean;
  readonly disabledReason: 'failing' | 'gone' | null;
  /** Live ones, the newest first. */
  readonly secrets: readonly string[];
  readonly inputHash: string;
  readonly createdAt: Date;
}

/** How far a webhook has told the log of one location. */
export interface Cursor {
  readonly webhookId: WebhookId;
  readonly locationId: LocationId;
  /** Told up to here. */
  readonly rev: number;
  /** Changes with every claim and replay; whoever holds an older one has lost the cursor. */
  readonly fence: number;
  readonly failures: number;
  readonly lastStatus: number | null;
  readonly lastTryAt: Date | null;
}

export interface ApiKey {
  readonly id: ApiKeyId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly ApiScope[];
  readonly inputHash: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}
