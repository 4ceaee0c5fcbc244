/** The commands of customers with a phone: limit and service call of each. */
import { queueTicketCommands, queueVisitorCommands } from '@frontdesk/protocol/queue-phone';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { HolderService } from './holder.service.js';
import type { JoinService } from './join.service.js';

const read = { limit: 'ticket-read' } as const;
/** What the log keeps is its own ledger. */
const change = { limit: 'ticket-write', storesKey: true } as const;

export function bindTicketCommands(holder: HolderService): BoundCommand[] {
  return bindCommands(queueTicketCommands, {
    'ticket:read': { ...read, handle: (context) => holder.read(context) },
    'ticket:arrive': { ...change, handle: (context) => holder.arrive(context) },
    'ticket:defer': { ...change, handle: (context, input) => holder.defer(context, input) },
    'ticket:leave': { ...change, handle: (context) => holder.leave(context) },
    'ticket:come-back': { ...change, handle: (context) => holder.comeBack(context) },
    'ticket:rate': { limit: 'ticket-write', handle: (context, input) => holder.rate(context, input) },
    'ticket:set-language': { ...change, handle: (context, input) => holder.setLanguage(context, input) },
    'ticket:subscribe-push': { ...change, handle: (context, input) => holder.subscribePush(context, input) },
    'ticket:read-push-key': { ...read, handle: async () => holder.readPushKey() },
  });
}

export function bindJoinCommands(join: JoinService): BoundCommand[] {
  return bindCommands(queueVisitorCommands, {
    'queue:browse': {
      limit: 'visitor-read',
      openToUnverified: false,
      handle: (context, { locationId }) => join.browse(context, locationId),
    },
    'ticket:join': {
      limit: 'visitor-join',
      openToUnverified: false,
      storesKey: true,
      handle: (context, input) => join.join(context, input),
    },
  });
}
