/** Repository of API keys; of a key itself only the hash is stored. */
import { trusted, Types, type Model } from 'mongoose';
import type { ApiKeyId, TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { ApiKeyRecord } from './webhooks.model.js';
import type { ApiKey, Scoped } from './webhooks.types.js';

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;

function toApiKey({ _id, tenantId, name, hint, scopes, inputHash, createdAt, lastUsedAt }: ApiKeyRecord): ApiKey {
  return {
    id: _id.toHexString() as ApiKeyId,
    tenantId: tenantId.toHexString() as TenantId,
    name,
    hint,
    scopes,
    inputHash,
    createdAt,
    lastUsedAt,
  };
}

export function createApiKeyStore(Key: Model<ApiKeyRecord>) {
  const byId = (context: Scoped, id: ApiKeyId) => ({ ...scope(context), _id: new Types.ObjectId(id) });
  return {
    /** Doing it twice makes one. */
    async insert(context: Scoped, { id, ...key }: ApiKey, keyHash: string): Promise<void> {
      try {
        await Key.create({ ...key, ...byId(context, id), scopes: [...key.scopes], keyHash });
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
      }
    },
    async find(context: Scoped, id: ApiKeyId): Promise<ApiKey | undefined> {
      const record = await Key.findOne(byId(context, id)).lean<ApiKeyRecord>();
      return record ? toApiKey(record) : undefined;
    },
    async findByKey(keyHash: string): Promise<ApiKey | undefined> {
      const record = await Key.findOne({ keyHash })
        .setOptions({ crossTenant: 'the API key names its tenant' })
        .lean<ApiKeyRecord>();
      return record ? toApiKey(record) : undefined;
    },
    async list(context: Scoped): Promise<ApiKey[]> {
      const records = await Key.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<ApiKeyRecord[]>();
      return records.map(toApiKey);
    },
    /** Only forwards. */
    async noteUse(context: Scoped, id: ApiKeyId, at: Date, unlessSince: Date): Promise<void> {
      const stale = trusted({ $not: { $gt: unlessSince } });
      await Key.updateOne({ ...byId(context, id), lastUsedAt: stale }, { $set: { lastUsedAt: at } });
    },
    async remove(context: Scoped, id: ApiKeyId): Promise<boolean> {
      return (await Key.deleteOne(byId(context, id))).deletedCount === 1;
    },
  };
}
