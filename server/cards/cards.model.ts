/** Stored form of a contact card. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { tenantScope } from '../core/store/tenant-scope.js';
import type { CardFields } from './cards.types.js';

export interface CardRecord extends Omit<CardFields, 'locationId'> {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  isArchived: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Checked by the contract; nothing looks into it by query. */
const free = { type: Schema.Types.Mixed, default: null } as const;
const text = { type: String, default: null } as const;
const flag = { type: Boolean, required: true } as const;

const cardSchema = new Schema<CardRecord>(
  {
    locationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    subject: { type: String, required: true, immutable: true },
    name: { type: String, required: true },
    roles: free,
    abouts: free,
    photo: text,
    phone: free,
    sms: text,
    whatsapp: text,
    email: text,
    openers: free,
    position: free,
    buttons: { type: [String], required: true },
    maps: { type: [String], required: true },
    website: text,
    book: free,
    links: { type: Schema.Types.Mixed, required: true },
    showsHours: flag,
    hours: free,
    hidesContactData: flag,
    hasForm: flag,
    isArchived: flag,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'contact_cards', strict: 'throw', versionKey: false, minimize: false },
);
cardSchema.plugin(tenantScope);
cardSchema.index({ tenantId: 1, createdAt: 1 });

export function createCardModel(connection: Connection): Model<CardRecord> {
  return connection.model<CardRecord>('ContactCard', cardSchema);
}
