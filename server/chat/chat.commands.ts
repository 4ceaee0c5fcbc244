/** The two command tables of the chat: who may, how often, which use case. */
import { chatStaffCommands, chatVisitorCommands } from '@frontdesk/protocol/chat';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { ChatService } from './chat.service.js';

export function bindChatCommands(service: ChatService): BoundCommand[] {
  return [...bindVisitorCommands(service), ...bindStaffCommands(service)];
}

function bindVisitorCommands(service: ChatService): BoundCommand[] {
  return bindCommands(chatVisitorCommands, {
    'site:describe': {
      limit: 'visitor-read',
      openToUnverified: true,
      handle: service.describeSite,
    },
    'visitor:identify': {
      limit: 'visitor-identify',
      openToUnverified: true,
      handle: (context, input) => service.identify(context, input.identityToken),
    },
    'visitor:forget': {
      limit: 'visitor-identify',
      openToUnverified: true,
      handle: service.forget,
    },
    'conversation:list': {
      limit: 'visitor-read',
      openToUnverified: false,
      handle: service.listForVisitor,
    },
    'conversation:start': {
      limit: 'visitor-start',
      openToUnverified: false,
      storesKey: true,
      handle: service.start,
    },
    'message:send': {
      limit: 'visitor-message',
      openToUnverified: false,
      storesKey: true,
      handle: service.sendAsVisitor,
    },
    'conversation:sync': {
      limit: 'visitor-read',
      openToUnverified: false,
      handle: service.syncForVisitor,
    },
    'conversation:check': {
      limit: 'visitor-read',
      openToUnverified: false,
      handle: async (context) => ({ heads: await service.listVisitorHeads(context) }),
    },
    'conversation:mark': {
      limit: 'visitor-signal',
      openToUnverified: false,
      handle: service.markAsVisitor,
    },
    'typing:set': {
      limit: 'visitor-signal',
      openToUnverified: false,
      handle: service.typeAsVisitor,
    },
  });
}

function bindStaffCommands(service: ChatService): BoundCommand[] {
  return bindCommands(chatStaffCommands, {
    'conversation:list': { limit: 'staff-read', permission: 'conversation:read', handle: service.list },
    'conversation:read': { limit: 'staff-read', permission: 'conversation:read', handle: service.read },
    'conversation:sync': { limit: 'staff-read', permission: 'conversation:read', handle: service.syncForStaff },
    'conversation:check': { limit: 'staff-read', permission: 'conversation:read', handle: service.checkForStaff },
    // A viewer only watches: their reading must not make a customer believe that somebody takes care.
    'conversation:mark': { limit: 'staff-signal', permission: 'conversation:reply', handle: service.markAsStaff },
    'conversation:update': { limit: 'staff-write', permission: 'conversation:manage', handle: service.update },
    'message:send': {
      limit: 'staff-message',
      permission: 'conversation:reply',
      storesKey: true,
      handle: service.sendAsStaff,
    },
    'note:add': { limit: 'staff-message', permission: 'conversation:reply', storesKey: true, handle: service.addNote },
    'typing:set': { limit: 'staff-signal', permission: 'conversation:reply', handle: service.typeAsStaff },
    'conversation:view': { limit: 'staff-signal', permission: 'conversation:read', handle: service.view },
    'presence:set': { limit: 'staff-signal', permission: 'self:manage', handle: service.setAvailability },
  });
}
