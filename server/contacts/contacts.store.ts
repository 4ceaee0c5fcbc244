/**
 * Repository of contacts and visitor sessions. Every write is an upsert on a unique key, so a request that was cut in
 * the middle is finished by its retry and never doubled.
 */
import { trusted, Types, type Connection } from 'mongoose';
import type { ContactId, SiteId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import { createContactModels, type ContactRecord, type VisitorSessionRecord } from './contacts.model.js';
import type { Contact, ContactDetails, Scoped, VisitorSession } from './contacts.types.js';

export interface SessionKey {
  readonly siteId: SiteId;
  readonly tokenHash: string;
}

export interface ContactsStore {
  findContacts(context: Scoped, ids: readonly ContactId[]): Promise<Contact[]>;
  /** The contact of a token's first message, made if it is not there yet. */
  ensureAnonymous(context: Scoped, key: SessionKey, details: ContactDetails, defaultLocale: Locale): Promise<Contact>;
  /** The contact that the website knows under `externalId`, made or brought up to date. */
  ensureExternal(
    context: Scoped,
    siteId: SiteId,
    externalId: string,
    details: ContactDetails,
    defaultLocale: Locale,
  ): Promise<Contact>;
  /** Adds what the visitor told; a vouched-for name and address are not theirs to change. */
  updateDetails(context: Scoped, id: ContactId, details: ContactDetails): Promise<Contact | undefined>;
  findSession(context: Scoped, key: SessionKey): Promise<VisitorSession | undefined>;
  /** Binds the token to a contact unless it is bound already; answers the binding that stands. */
  ensureSession(context: Scoped, key: SessionKey, contactId: ContactId): Promise<VisitorSession>;
  verifySession(context: Scoped, key: SessionKey, contactId: ContactId, verifiedUntil: Date): Promise<void>;
  revokeSession(context: Scoped, key: SessionKey): Promise<void>;
}

function toContact(record: ContactRecord): Contact {
  return {
    id: record._id.toHexString() as ContactId,
    siteId: record.siteId.toHexString() as SiteId,
    externalId: record.externalId ?? null,
    name: record.name,
    email: record.email,
    phone: record.phone ?? null,
    locale: record.locale,
    verified: record.verified,
    page: { url: record.page.url, title: record.page.title },
  };
}

function toSession(record: VisitorSessionRecord): VisitorSession {
  return {
    contactId: record.contactId.toHexString() as ContactId,
    verifiedUntilMs: record.verifiedUntil?.getTime() ?? 0,
    revoked: record.revokedAt !== null,
  };
}

/** Only what was given, so that an absent field keeps its value. */
function toChanges(details: ContactDetails): Partial<ContactRecord> {
  const { name, email, phone, locale, page } = details;
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(locale === undefined ? {} : { locale }),
    ...(page === undefined ? {} : { page: { url: page.url ?? null, title: page.title ?? null } }),
  };
}

const EMPTY_DETAILS = { name: null, email: null, phone: null, page: { url: null, title: null } };

/** Two upserts of one new key race for its unique index; the loser's second try finds the winner's document. */
async function twice<T>(upsert: () => Promise<T>): Promise<T> {
  try {
    return await upsert();
  } catch (error) {
    if (!duplicateKeyFields(error)) throw error;
    return upsert();
  }
}

export function createContactsStore(connection: Connection): ContactsStore {
  const { Contact, VisitorSession } = createContactModels(connection);
  const sessionFilter = (context: Scoped, key: SessionKey) => ({
    ...scope(context),
    siteId: new Types.ObjectId(key.siteId),
    tokenHash: key.tokenHash,
  });

  async function upsertContact(
    filter: Record<string, unknown>,
    update: { set?: Partial<ContactRecord>; insert: Partial<ContactRecord> },
  ): Promise<Contact> {
    const set = update.set ?? {};
    const insert = Object.fromEntries(Object.entries(update.insert).filter(([field]) => !(field in set)));
    const record = await twice(() =>
      Contact.findOneAndUpdate(
        filter,
        {
          ...(Object.keys(set).length > 0 ? { $set: set } : {}),
          $setOnInsert: { createdAt: new Date(), ...insert },
        },
        { upsert: true, returnDocument: 'after' },
      ).lean<ContactRecord>(),
    );
    return toContact(record);
  }

  return {
    async findContacts(context, ids) {
      const records = await Contact.find({
        ...scope(context),
        _id: trusted({ $in: ids.map((id) => new Types.ObjectId(id)) }),
      }).lean<ContactRecord[]>();
      return records.map(toContact);
    },
    async ensureAnonymous(context, key, details, defaultLocale) {
      return upsertContact(
        { ...scope(context), siteId: new Types.ObjectId(key.siteId), originTokenHash: key.tokenHash },
        {
          set: toChanges(details),
          insert: { ...EMPTY_DETAILS, locale: defaultLocale, verified: false },
        },
      );
    },
    async ensureExternal(context, siteId, externalId, details, defaultLocale) {
      return upsertContact(
        { ...scope(context), siteId: new Types.ObjectId(siteId), externalId },
        {
          set: { ...toChanges(details), verified: true },
          insert: { ...EMPTY_DETAILS, locale: defaultLocale },
        },
      );
    },
    async updateDetails(context, id, details) {
      const filter = { ...scope(context), _id: new Types.ObjectId(id) };
      const known = await Contact.findOne(filter).lean<ContactRecord>();
      if (!known) return undefined;
      const { name, email, ...open } = toChanges(details);
      const changes = known.verified
        ? open
        : { ...open, ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
      if (Object.keys(changes).length === 0) return toContact(known);
      const changed = await Contact.findOneAndUpdate(
        filter,
        { $set: changes },
        { returnDocument: 'after' },
      ).lean<ContactRecord>();
      return changed ? toContact(changed) : undefined;
    },
    async findSession(context, key) {
      const record = await VisitorSession.findOne(sessionFilter(context, key)).lean<VisitorSessionRecord>();
      return record ? toSession(record) : undefined;
    },
    async ensureSession(context, key, contactId) {
      const now = new Date();
      const record = await twice(() =>
        VisitorSession.findOneAndUpdate(
          sessionFilter(context, key),
          {
            $set: { lastSeenAt: now },
            $setOnInsert: {
              contactId: new Types.ObjectId(contactId),
              verifiedUntil: null,
              createdAt: now,
              revokedAt: null,
            },
          },
          { upsert: true, returnDocument: 'after' },
        ).lean<VisitorSessionRecord>(),
      );
      return toSession(record);
    },
    async verifySession(context, key, contactId, verifiedUntil) {
      const now = new Date();
      await twice(() =>
        VisitorSession.updateOne(
          sessionFilter(context, key),
          {
            $set: { contactId: new Types.ObjectId(contactId), verifiedUntil, lastSeenAt: now },
            $setOnInsert: { createdAt: now, revokedAt: null },
          },
          { upsert: true },
        ),
      );
    },
    async revokeSession(context, key) {
      await VisitorSession.updateOne(
        { ...sessionFilter(context, key), revokedAt: null },
        { $set: { revokedAt: new Date(), verifiedUntil: null } },
      );
    },
  };
}
