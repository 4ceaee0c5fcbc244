/** Use cases around a visitor: who is it, make a contact, prove an identity, sign out. */
import { VISITOR_TOKEN_PATTERN, type ContactId } from '@frontdesk/protocol/ids';
import type { Authenticated, VisitorCredential } from '../core/authenticators.js';
import type { Clock } from '../core/clock.js';
import type { VisitorActor, VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import { hashSecret } from '../core/secrets.js';
import type { IsOriginAllowed, Site, TenancyDirectory } from '../tenancy/index.js';
import type { ContactsStore } from './contacts.store.js';
import type { Contact, ContactDetails, Scoped, VisitorSession } from './contacts.types.js';
import { verifyIdentityToken } from './identity-token.js';
import { createSessionCache } from './session-cache.js';

export interface ContactsServiceDeps {
  readonly store: ContactsStore;
  readonly directory: TenancyDirectory;
  readonly isOriginAllowed: IsOriginAllowed;
  readonly facts: FactPublisher;
  readonly clock: Clock;
}

/** Gives one contact's conversations to another; the chat domain brings it. Doing it twice is the same as once. */
export type MoveConversations = (from: ContactId, to: ContactId) => Promise<void>;

export type ContactsService = ReturnType<typeof createContactsService>;

export function createContactsService(deps: ContactsServiceDeps) {
  const { store, directory, clock } = deps;
  const cache = createSessionCache(clock);

  const cacheKey = (tenantId: string, actor: Pick<VisitorActor, 'siteId' | 'tokenHash'>): string =>
    `${tenantId}:${actor.siteId}:${actor.tokenHash}`;

  function toActor(site: Site, tokenHash: string, session: VisitorSession | undefined): VisitorActor {
    if (session?.revoked) throw new AppError('UNAUTHENTICATED');
    return {
      kind: 'visitor',
      siteId: site.id,
      siteKey: site.publicKey,
      tokenHash,
      contactId: session?.contactId ?? null,
      verified: (session?.verifiedUntilMs ?? 0) > clock.now(),
      requireIdentity: site.requireIdentity,
    };
  }

  async function resolve(site: Site, tokenHash: string): Promise<Authenticated<VisitorActor>> {
    const key = { siteId: site.id, tokenHash };
    const session = await cache.read(cacheKey(site.tenantId, key), () =>
      store.findSession({ tenantId: site.tenantId }, key),
    );
    return { tenantId: site.tenantId, actor: toActor(site, tokenHash, session) };
  }

  async function isSiteOrigin(siteKey: string | undefined, origin: string | undefined): Promise<boolean> {
    const site = siteKey === undefined ? undefined : await directory.findSiteByKey(siteKey);
    return site !== undefined && deps.isOriginAllowed(site, origin);
  }

  async function authenticateVisitor(credential: VisitorCredential): Promise<Authenticated<VisitorActor>> {
    const { siteKey, token } = credential;
    const site = typeof siteKey === 'string' ? await directory.findSiteByKey(siteKey) : undefined;
    if (!site) throw new AppError('NOT_FOUND');
    if (!deps.isOriginAllowed(site, credential.origin)) throw new AppError('ORIGIN_NOT_ALLOWED');
    if (typeof token !== 'string' || !VISITOR_TOKEN_PATTERN.test(token)) throw new AppError('UNAUTHENTICATED');
    return resolve(site, hashSecret(token));
  }

  async function refreshVisitor(current: Authenticated<VisitorActor>): Promise<Authenticated<VisitorActor>> {
    const site = await directory.findSiteByKey(current.actor.siteKey);
    if (!site) throw new AppError('UNAUTHENTICATED');
    return resolve(site, current.actor.tokenHash);
  }

  /** The contact behind a visitor who is about to write; makes contact and session on the first message (CH-7, CH-8). */
  async function ensureContact(context: VisitorContext, details: ContactDetails): Promise<Contact> {
    const { actor } = context;
    if (actor.contactId) {
      const known = await store.updateDetails(context, actor.contactId, details);
      if (known) return known;
    }
    const tenant = await directory.findTenant(context);
    const anonymous = await store.ensureAnonymous(context, actor, details, tenant?.locale ?? 'en');
    const session = await store.ensureSession(context, actor, anonymous.id);
    cache.forget(cacheKey(context.tenantId, actor));
    if (session.revoked) throw new AppError('UNAUTHENTICATED');
    if (session.contactId === anonymous.id) return anonymous;
    return (await findContact(context, session.contactId)) ?? anonymous;
  }

  async function findContact(context: Scoped, id: ContactId): Promise<Contact | undefined> {
    return (await store.findContacts(context, [id]))[0];
  }

  async function findContacts(context: Scoped, ids: readonly ContactId[]): Promise<Map<ContactId, Contact>> {
    if (ids.length === 0) return new Map();
    const contacts = await store.findContacts(context, [...new Set(ids)]);
    return new Map(contacts.map((contact) => [contact.id, contact]));
  }

  /**
   * Joins or makes the contact that the website names. Conversations move before the token does, so a request cut in
   * between is finished by its retry; a second pass catches one that another tab began meanwhile. Only an anonymous
   * contact's conversations move: they were begun with this very token (WID-06).
   */
  async function identify(
    context: VisitorContext,
    identityToken: string,
    moveConversations: MoveConversations,
  ): Promise<{ contact: Contact; verifiedUntilMs: number }> {
    const { actor } = context;
    const site = await directory.findSiteByKey(actor.siteKey);
    if (!site || site.tenantId !== context.tenantId) throw new AppError('UNAUTHENTICATED');
    const identity = await verifyIdentityToken(identityToken, site, clock.now());
    const tenant = await directory.findTenant(context);
    const contact = await store.ensureExternal(
      context,
      site.id,
      identity.externalId,
      identity.details,
      tenant?.locale ?? 'en',
    );
    const session = await store.findSession(context, actor);
    if (session?.revoked) throw new AppError('UNAUTHENTICATED');
    const previous = session ? await findContact(context, session.contactId) : undefined;
    const from = previous && previous.externalId === null ? previous.id : undefined;
    if (from) await moveConversations(from, contact.id);
    await store.verifySession(context, actor, contact.id, new Date(identity.expiresAtMs));
    cache.forget(cacheKey(context.tenantId, actor));
    if (from) await moveConversations(from, contact.id);
    return { contact, verifiedUntilMs: identity.expiresAtMs };
  }

  /** A token that was never stored opens nothing anyway, so nothing is written for it. */
  async function forget(context: VisitorContext): Promise<void> {
    await store.revokeSession(context, context.actor);
    cache.forget(cacheKey(context.tenantId, context.actor));
    deps.facts.closeRoom(rooms.visitorToken(context.tenantId, context.actor.tokenHash), 'forgotten');
  }

  return {
    isSiteOrigin,
    authenticateVisitor,
    refreshVisitor,
    ensureContact,
    findContact,
    findContacts,
    identify,
    forget,
  };
}
