/** What a visitor's page asks around the conversation: how the business looks, who I am, forget me. */
import type { ContactId } from '@frontdesk/protocol/ids';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import type { Contacts } from '../contacts/index.js';
import type { Presence } from '../presence/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { ChatStore } from './chat.store.js';
import type { Threads } from './threads.js';

export interface VisitorServiceDeps {
  readonly conversations: ChatStore;
  readonly threads: Threads;
  readonly contacts: Contacts;
  readonly presence: Presence;
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
}

const ACCEPTED = { accepted: true } as const;

export function createVisitorService(deps: VisitorServiceDeps) {
  const { conversations, threads, contacts, directory, facts } = deps;

  async function describeSite(context: VisitorContext) {
    const [site, tenant] = await Promise.all([
      directory.findSiteByKey(context.actor.siteKey),
      directory.findTenant(context),
    ]);
    if (!site || !tenant) throw new AppError('NOT_FOUND');
    return {
      name: site.name,
      theme: site.theme,
      greeting: site.greeting,
      locale: tenant.locale,
      online: deps.presence.isAnyoneOnline(context.tenantId),
      requireIdentity: site.requireIdentity,
    };
  }

  /** From now on this browser sees the contact's conversations; its sockets join their rooms. */
  async function identify(context: VisitorContext, identityToken: string) {
    const moveConversations = (from: ContactId, to: ContactId) => conversations.moveToContact(context, from, to);
    const { contact, verifiedUntilMs } = await contacts.identify(context, identityToken, moveConversations);
    const actor = { ...context.actor, contactId: contact.id, verified: true };
    for (const conversation of await threads.listForVisitor({ ...context, actor })) {
      facts.joinRoom(
        rooms.visitorToken(context.tenantId, actor.tokenHash),
        rooms.visitorConversation(context.tenantId, conversation.id),
      );
      threads.announce(context, conversation);
    }
    return { verifiedUntil: new Date(verifiedUntilMs).toISOString(), name: contact.name };
  }

  async function forget(context: VisitorContext) {
    await contacts.forget(context);
    return ACCEPTED;
  }

  return { describeSite, identify, forget };
}
