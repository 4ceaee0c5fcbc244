/** Repository of contact cards. */
import { Types, type Model } from 'mongoose';
import { OBJECT_ID_PATTERN, type CardId, type LocationId, type TenantId } from '@frontdesk/protocol/ids';
import { withoutUndefined } from '../core/patch.js';
import { scope } from '../core/store/scope.js';
import type { CardRecord } from './cards.model.js';
import type { Card, CardFields, Scoped } from './cards.types.js';

/** A field that is not there stays as it is. */
export type CardPatch = {
  readonly [Name in keyof (CardFields & Pick<Card, 'isArchived'>)]?:
    (CardFields & Pick<Card, 'isArchived'>)[Name] | undefined;
};

export interface CardStore {
  find(context: Scoped, id: CardId): Promise<Card | undefined>;
  /** For the public page of a card, whose address names nothing else. */
  findAnywhere(id: string): Promise<Card | undefined>;
  list(context: Scoped): Promise<Card[]>;
  insert(context: Scoped, fields: CardFields, now: Date): Promise<Card>;
  update(context: Scoped, id: CardId, patch: CardPatch, now: Date): Promise<Card | undefined>;
}

function toCard({ _id, tenantId, locationId, ...fields }: CardRecord): Card {
  return {
    ...fields,
    id: _id.toHexString() as CardId,
    tenantId: tenantId.toHexString() as TenantId,
    locationId: locationId.toHexString() as LocationId,
  };
}

export function createCardStore(Record: Model<CardRecord>): CardStore {
  return {
    async find(context, id) {
      const record = await Record.findOne({ ...scope(context), _id: new Types.ObjectId(id) }).lean<CardRecord>();
      return record ? toCard(record) : undefined;
    },
    async findAnywhere(id) {
      if (!OBJECT_ID_PATTERN.test(id)) return undefined;
      const record = await Record.findOne({ _id: new Types.ObjectId(id) })
        .setOptions({ crossTenant: 'the address of a card names it and its tenant' })
        .lean<CardRecord>();
      return record ? toCard(record) : undefined;
    },
    async list(context) {
      const records = await Record.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<CardRecord[]>();
      return records.map(toCard);
    },
    async insert(context, fields, now) {
      const record = {
        ...fields,
        _id: new Types.ObjectId(),
        ...scope(context),
        locationId: new Types.ObjectId(fields.locationId),
        isArchived: false,
        createdAt: now,
        updatedAt: now,
      };
      await Record.create(record);
      return toCard(record);
    },
    async update(context, id, patch, now) {
      const record = await Record.findOneAndUpdate(
        { ...scope(context), _id: new Types.ObjectId(id) },
        { $set: { ...withoutUndefined(patch), updatedAt: now } },
        { returnDocument: 'after' },
      ).lean<CardRecord>();
      return record ? toCard(record) : undefined;
    },
  };
}
