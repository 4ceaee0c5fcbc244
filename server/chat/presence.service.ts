/** Ephemera of a conversation: typing, viewing, being available. Authorised like everything else, never stored. */
import type { z } from 'zod';
import type { chatStaffCommands, chatVisitorCommands } from '@frontdesk/protocol/chat';
import type { StaffContext, VisitorContext } from '../core/context.js';
import type { Presence } from '../presence/index.js';
import { toPublicName } from './chat.presenter.js';
import type { Threads } from './threads.js';

type VisitorTyping = z.output<(typeof chatVisitorCommands)['typing:set']['input']>;
type StaffInput<Name extends keyof typeof chatStaffCommands> = z.output<(typeof chatStaffCommands)[Name]['input']>;

const ACCEPTED = { accepted: true } as const;

export function createPresenceService(deps: { readonly threads: Threads; readonly presence: Presence }) {
  const { threads, presence } = deps;

  async function typeAsVisitor(context: VisitorContext, input: VisitorTyping) {
    const conversation = await threads.loadForVisitor(context, input.conversationId);
    const contact = await threads.findContact(context, conversation);
    presence.setTyping(
      {
        tenantId: context.tenantId,
        conversationId: conversation.id,
        inboxId: conversation.inboxId,
        mode: 'reply',
        author: { kind: 'contact', id: contact.id, name: contact.name ?? '' },
        publicName: '',
        socketId: context.socketId,
      },
      input.on,
    );
    return ACCEPTED;
  }

  async function typeAsStaff(context: StaffContext, input: StaffInput<'typing:set'>) {
    const conversation = await threads.loadForStaff(context, input.conversationId);
    const { membershipId, name } = context.actor;
    presence.setTyping(
      {
        tenantId: context.tenantId,
        conversationId: conversation.id,
        inboxId: conversation.inboxId,
        mode: input.mode,
        author: { kind: 'staff', id: membershipId, name },
        publicName: toPublicName(name),
        socketId: context.socketId,
      },
      input.on,
    );
    return ACCEPTED;
  }

  async function view(context: StaffContext, input: StaffInput<'conversation:view'>) {
    const conversation =
      input.conversationId === null ? null : await threads.loadForStaff(context, input.conversationId);
    presence.view(context, conversation ? { id: conversation.id, inboxId: conversation.inboxId } : null);
    return ACCEPTED;
  }

  async function setAvailability(context: StaffContext, input: StaffInput<'presence:set'>) {
    presence.setAvailability(context, input.availability);
    return ACCEPTED;
  }

  return { typeAsVisitor, typeAsStaff, view, setAvailability };
}
