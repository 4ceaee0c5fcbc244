import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { Locale } from '@frontdesk/protocol/locales';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface ContactRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  siteId: Types.ObjectId;
  /** `sub` of the website's identity token; absent on anonymous contacts. */
  externalId?: string;
  /** The token whose first message made this anonymous contact, so that a retry finds it again. */
  originTokenHash?: string;
  name: string | null;
  email: string | null;
  /** E.164; absent on contacts from before it was asked for. */
  phone?: string | null;
  locale: Locale;
  /** True when the website's back end vouched for the person. */
  verified: boolean;
  page: { url: string | null; title: string | null };
  createdAt: Date;
}

export interface VisitorSessionRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  siteId: Types.ObjectId;
  tokenHash: string;
  contactId: Types.ObjectId;
  /** An identity token vouches for the person until then. */
  verifiedUntil: Date | null;
  createdAt: Date;
  lastSeenAt: Date;
  revokedAt: Date | null;
}

const contactSchema = new Schema<ContactRecord>(
  {
    siteId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    externalId: { type: String },
    originTokenHash: { type: String },
    name: { type: String, default: null },
    email: { type: String, default: null },
    phone: { type: String, default: null },
    locale: { type: String, required: true },
    verified: { type: Boolean, required: true },
    page: {
      type: new Schema(
        { url: { type: String, default: null }, title: { type: String, default: null } },
        { _id: false },
      ),
      required: true,
    },
    createdAt: { type: Date, required: true },
  },
  { collection: 'contacts', strict: 'throw', versionKey: false },
);
contactSchema.plugin(tenantScope);
contactSchema.index(
  { tenantId: 1, siteId: 1, externalId: 1 },
  { unique: true, partialFilterExpression: { externalId: { $exists: true } } },
);
contactSchema.index(
  { tenantId: 1, siteId: 1, originTokenHash: 1 },
  { unique: true, partialFilterExpression: { originTokenHash: { $exists: true } } },
);

const visitorSessionSchema = new Schema<VisitorSessionRecord>(
  {
    siteId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    tokenHash: { type: String, required: true, immutable: true },
    contactId: { type: Schema.Types.ObjectId, required: true },
    verifiedUntil: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  { collection: 'visitor_sessions', strict: 'throw', versionKey: false },
);
visitorSessionSchema.plugin(tenantScope);
visitorSessionSchema.index({ tenantId: 1, siteId: 1, tokenHash: 1 }, { unique: true });

export function createContactModels(connection: Connection): {
  Contact: Model<ContactRecord>;
  VisitorSession: Model<VisitorSessionRecord>;
} {
  return {
    Contact: connection.model<ContactRecord>('Contact', contactSchema),
    VisitorSession: connection.model<VisitorSessionRecord>('VisitorSession', visitorSessionSchema),
  };
}
