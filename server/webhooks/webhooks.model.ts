/** Stored form of webhooks, of how far they are told, and of API keys. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { ApiScope, TicketEventType } from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface WebhookRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  url: string;
  events: TicketEventType[];
  isEnabled: boolean;
  disabledReason: 'failing' | 'gone' | null;
  secrets: string[];
  /** Of the command that made it. */
  inputHash: string;
  createdAt: Date;
}

export interface CursorRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  webhookId: Types.ObjectId;
  locationId: Types.ObjectId;
  rev: number;
  fence: number;
  failures: number;
  /** Not tried again before. */
  retryAt: Date;
  /** Somebody is telling until then. */
  leaseUntil: Date;
  lastStatus: number | null;
  lastTryAt: Date | null;
}

export interface ApiKeyRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  name: string;
  hint: string;
  scopes: ApiScope[];
  /** SHA-256; the key itself is not kept. */
  keyHash: string;
  inputHash: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

const strict = { strict: 'throw', versionKey: false } as const;
const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
const count = { type: Number, required: true } as const;
const reference = { type: Schema.Types.ObjectId, required: true } as const;

const webhookSchema = new Schema<WebhookRecord>(
  {
    url: text,
    events: { type: [String], required: true } as never,
    isEnabled: { type: Boolean, required: true },
    disabledReason: { type: String, default: null },
    secrets: { type: [String], required: true },
    inputHash: text,
    createdAt: instant,
  },
  { collection: 'webhooks', ...strict },
);
webhookSchema.plugin(tenantScope);
webhookSchema.index({ tenantId: 1, createdAt: 1 });

const cursorSchema = new Schema<CursorRecord>(
  {
    webhookId: reference,
    locationId: reference,
    rev: count,
    fence: count,
    failures: count,
    retryAt: instant,
    leaseUntil: instant,
    lastStatus: { type: Number, default: null },
    lastTryAt: { type: Date, default: null },
  },
  { collection: 'webhook_cursors', ...strict },
);
cursorSchema.plugin(tenantScope);
cursorSchema.index({ tenantId: 1, webhookId: 1, locationId: 1 }, { unique: true });

const apiKeySchema = new Schema<ApiKeyRecord>(
  {
    name: text,
    hint: text,
    scopes: { type: [String], required: true } as never,
    keyHash: text,
    inputHash: text,
    createdAt: instant,
    lastUsedAt: { type: Date, default: null },
  },
  { collection: 'api_keys', ...strict },
);
apiKeySchema.plugin(tenantScope);
apiKeySchema.index({ tenantId: 1, createdAt: 1 });
// The key names its tenant, so its look-up crosses tenants.
apiKeySchema.index({ keyHash: 1 }, { unique: true });

export interface WebhookModels {
  readonly Webhook: Model<WebhookRecord>;
  readonly Cursor: Model<CursorRecord>;
  readonly ApiKey: Model<ApiKeyRecord>;
}

export function createWebhookModels(connection: Connection): WebhookModels {
  return {
    Webhook: connection.model<WebhookRecord>('Webhook', webhookSchema),
    Cursor: connection.model<CursorRecord>('WebhookCursor', cursorSchema),
    ApiKey: connection.model<ApiKeyRecord>('ApiKey', apiKeySchema),
  };
}
