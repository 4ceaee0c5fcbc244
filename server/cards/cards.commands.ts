/** The commands of contact cards: permission, limit and service call of each. */
import { cardStaffCommands, cardVisitorCommands } from '@frontdesk/protocol/cards';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { CardsService } from './cards.service.js';

export function bindCardCommands(cards: CardsService): BoundCommand[] {
  return [
    ...bindCommands(cardStaffCommands, {
      'card:list': {
        permission: 'card:read',
        limit: 'staff-read',
        handle: async (context) => ({ cards: await cards.list(context) }),
      },
      'card:create': { permission: 'card:manage', limit: 'staff-write', handle: cards.create },
      'card:update': { permission: 'card:manage', limit: 'staff-write', handle: cards.update },
    }),
    ...bindCommands(cardVisitorCommands, {
      'card:read': {
        limit: 'visitor-read',
        openToUnverified: true,
        handle: (context, input) => cards.view(context, input, false),
      },
      'card:reveal': {
        limit: 'card-page',
        openToUnverified: true,
        handle: (context, input) => cards.view(context, input, true),
      },
      'card:send-message': {
        limit: 'card-message',
        openToUnverified: false,
        handle: async (context, input) => {
          await cards.sendMessage(context, input);
          return { accepted: true } as const;
        },
      },
    }),
  ];
}
