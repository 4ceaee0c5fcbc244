/** Repository of webhooks and of how far they are told. */
import { trusted, Types } from 'mongoose';
import type { LocationId, TenantId, WebhookId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { CursorRecord, WebhookModels, WebhookRecord } from './webhooks.model.js';
import type { Cursor, Scoped, Webhook } from './webhooks.types.js';

export type WebhookPatch = Partial<Pick<Webhook, 'url' | 'events' | 'isEnabled' | 'disabledReason'>>;

export type WebhookStore = ReturnType<typeof createWebhookStore>;

const NEVER = new Date(0);
const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);

function toWebhook({ _id, tenantId, ...record }: WebhookRecord): Webhook {
  return { ...record, id: _id.toHexString() as WebhookId, tenantId: tenantId.toHexString() as TenantId };
}

function toCursor({ webhookId, locationId, rev, fence, failures, lastStatus, lastTryAt }: CursorRecord): Cursor {
  return {
    webhookId: webhookId.toHexString() as WebhookId,
    locationId: locationId.toHexString() as LocationId,
    rev,
    fence,
    failures,
    lastStatus,
    lastTryAt,
  };
}

export function createWebhookStore({ Webhook: Hook, Cursor: Place }: WebhookModels) {
  const byId = (context: Scoped, id: WebhookId) => ({ ...scope(context), _id: objectId(id) });
  const at = (context: Scoped, id: WebhookId, locationId: LocationId) => ({
    ...scope(context),
    webhookId: objectId(id),
    locationId: objectId(locationId),
  });

  return {
    /** False when there is one with this id. */
    async insert(context: Scoped, { id, ...webhook }: Webhook): Promise<boolean> {
      try {
        await Hook.create({
          ...webhook,
          ...byId(context, id),
          events: [...webhook.events],
          secrets: [...webhook.secrets],
        });
        return true;
      } catch (error) {
        if (duplicateKeyFields(error)) return false;
        throw error;
      }
    },
    async find(context: Scoped, id: WebhookId): Promise<Webhook | undefined> {
      const record = await Hook.findOne(byId(context, id)).lean<WebhookRecord>();
      return record ? toWebhook(record) : undefined;
    },
    async list(context: Scoped): Promise<Webhook[]> {
      const records = await Hook.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<WebhookRecord[]>();
      return records.map(toWebhook);
    },
    /** Of all tenants: what a process that starts may have to go on with. */
    async listEnabled(): Promise<Webhook[]> {
      const records = await Hook.find({ isEnabled: true })
        .setOptions({ crossTenant: 'a process that starts goes on with the webhooks of every tenant' })
        .lean<WebhookRecord[]>();
      return records.map(toWebhook);
    },
    async update(context: Scoped, id: WebhookId, patch: WebhookPatch): Promise<Webhook | undefined> {
      const update = Hook.findOneAndUpdate(byId(context, id), { $set: patch }, { returnDocument: 'after' });
      const record = await update.lean<WebhookRecord>();
      return record ? toWebhook(record) : undefined;
    },
    /** Puts a secret in front unless it is there already; `keep` stay. */
    async pushSecret(context: Scoped, id: WebhookId, secret: string, keep: number): Promise<boolean> {
      const fresh = { $push: { secrets: { $each: [secret], $position: 0, $slice: keep } } };
      await Hook.updateOne({ ...byId(context, id), secrets: trusted({ $ne: secret }) }, fresh);
      return (await Hook.countDocuments(byId(context, id))) === 1;
    },
    async remove(context: Scoped, id: WebhookId): Promise<void> {
      await Hook.deleteOne(byId(context, id));
      await Place.deleteMany({ ...scope(context), webhookId: objectId(id) });
    },
    async listCursors(context: Scoped): Promise<Cursor[]> {
      return (await Place.find(scope(context)).lean<CursorRecord[]>()).map(toCursor);
    },
    /** Begins at `rev`; one that is there stays. */
    async addCursor(context: Scoped, id: WebhookId, locationId: LocationId, rev: number): Promise<void> {
      const start = {
        rev,
        fence: 0,
        failures: 0,
        retryAt: NEVER,
        leaseUntil: NEVER,
        lastStatus: null,
        lastTryAt: null,
      };
      try {
        await Place.updateOne(at(context, id, locationId), { $setOnInsert: start }, { upsert: true });
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
      }
    },
    /** For one teller at a time; undefined while another one is at it, or when it is too early to try again. */
    async claim(
      context: Scoped,
      id: WebhookId,
      locationId: LocationId,
      { now, until }: { readonly now: Date; readonly until: Date },
    ): Promise<Cursor | undefined> {
      const record = await Place.findOneAndUpdate(
        { ...at(context, id, locationId), leaseUntil: trusted({ $lte: now }), retryAt: trusted({ $lte: now }) },
        { $set: { leaseUntil: until }, $inc: { fence: 1 } },
        { returnDocument: 'after' },
      ).lean<CursorRecord>();
      return record ? toCursor(record) : undefined;
    },
    /** Until when somebody is telling, epoch milliseconds; 0 when nobody is. */
    async readLease(context: Scoped, id: WebhookId, locationId: LocationId): Promise<number> {
      const record = await Place.findOne(at(context, id, locationId))
        .select({ leaseUntil: 1 })
        .lean<CursorRecord>();
      return record?.leaseUntil.getTime() ?? 0;
    },
    /** False when the cursor was lost meanwhile. */
    async note(
      context: Scoped,
      { webhookId, locationId, fence }: Cursor,
      change: Partial<Pick<CursorRecord, 'rev' | 'failures' | 'retryAt' | 'leaseUntil' | 'lastStatus' | 'lastTryAt'>>,
    ): Promise<boolean> {
      const update = await Place.updateOne({ ...at(context, webhookId, locationId), fence }, { $set: change });
      return update.matchedCount === 1;
    },
    async release(context: Scoped, { webhookId, locationId, fence }: Cursor): Promise<void> {
      await Place.updateOne({ ...at(context, webhookId, locationId), fence }, { $set: { leaseUntil: NEVER } });
    },
    /** Takes the cursor from whoever has it. False when there is none. */
    async rewind(context: Scoped, id: WebhookId, locationId: LocationId, rev: number): Promise<boolean> {
      const update = await Place.updateOne(at(context, id, locationId), {
        $set: { rev, failures: 0, retryAt: NEVER, leaseUntil: NEVER },
        $inc: { fence: 1 },
      });
      return update.matchedCount === 1;
    },
    /** What waits for another try may be tried at once. */
    async hurry(context: Scoped, id: WebhookId): Promise<void> {
      await Place.updateMany({ ...scope(context), webhookId: objectId(id) }, { $set: { failures: 0, retryAt: NEVER } });
    },
  };
}
