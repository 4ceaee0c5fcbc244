/** The commands of the queue: permission, limit and service call of each. What the log keeps is its own ledger. */
import { queueCounterStaffCommands } from '@frontdesk/protocol/queue-counter';
import { queueSetupStaffCommands } from '@frontdesk/protocol/queue-setup';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { CounterService } from './counter.service.js';
import type { DeskService } from './desk.service.js';
import type { SetupService } from './setup.service.js';

const serve = { permission: 'queue:serve', limit: 'staff-write', storesKey: true } as const;
const manage = { permission: 'queue:manage', limit: 'staff-write' } as const;
const switchLive = { ...manage, storesKey: true } as const;

export function bindSetupCommands(setup: SetupService): BoundCommand[] {
  return bindCommands(queueSetupStaffCommands, {
    'queue:read-setup': {
      permission: 'queue:read',
      limit: 'staff-read',
      handle: (context, { locationId }) => setup.read(context, locationId),
    },
    'service:create': {
      ...manage,
      handle: (context, { locationId, ...input }) => setup.createService(context, locationId, input),
    },
    'service:update': {
      ...manage,
      handle: (context, { serviceId, ...patch }) => setup.updateService(context, serviceId, patch),
    },
    'counter:create': {
      ...manage,
      handle: (context, { locationId, ...input }) => setup.createCounter(context, locationId, input),
    },
    'counter:update': {
      ...manage,
      handle: (context, { counterId, ...patch }) => setup.updateCounter(context, counterId, patch),
    },
    'queue:update-policy': {
      ...manage,
      handle: (context, { locationId, policy }) => setup.updatePolicy(context, locationId, policy),
    },
  });
}

export function bindCounterCommands(counter: CounterService, desk: DeskService, setup: SetupService): BoundCommand[] {
  return bindCommands(queueCounterStaffCommands, {
    'counter:read': {
      permission: 'queue:read',
      limit: 'staff-read',
      handle: (context, input) => counter.read(context, input),
    },
    'counter:open': { ...serve, handle: (context, input) => counter.open(context, input) },
    'counter:pause': { ...serve, handle: (context, input) => counter.pause(context, input) },
    'counter:resume': { ...serve, handle: (context, input) => counter.resume(context, input) },
    'counter:close': { ...serve, handle: (context, input) => counter.close(context, input) },
    'ticket:call-next': { ...serve, handle: (context, input) => counter.callNext(context, input) },
    'ticket:call': { ...serve, handle: (context, input) => counter.call(context, input) },
    'ticket:recall': { ...serve, handle: (context, input) => counter.recall(context, input) },
    'ticket:start': { ...serve, handle: (context, input) => counter.start(context, input) },
    'ticket:complete': { ...serve, handle: (context, input) => counter.complete(context, input) },
    'ticket:mark-no-show': { ...serve, handle: (context, input) => counter.markNoShow(context, input) },
    'ticket:undo-call': { ...serve, handle: (context, input) => counter.undoCall(context, input) },
    'ticket:transfer': { ...serve, handle: (context, input) => counter.transfer(context, input) },
    'ticket:hold': { ...serve, handle: (context, input) => counter.hold(context, input) },
    'ticket:call-held': { ...serve, handle: (context, input) => counter.callHeld(context, input) },
    'ticket:return': { ...serve, handle: (context, input) => counter.takeBack(context, input) },
    'ticket:cancel': { ...serve, handle: (context, input) => counter.cancel(context, input) },
    'ticket:set-class': { ...serve, handle: (context, input) => counter.setClass(context, input) },
    'ticket:serve-walk-in': { ...serve, handle: (context, input) => counter.serveWalkIn(context, input) },
    'ticket:issue-at-desk': { ...serve, handle: (context, input) => desk.issue(context, input) },
    'ticket:reprint': {
      permission: 'queue:serve',
      limit: 'staff-read',
      handle: (context, { ticketId }) => desk.reprint(context, ticketId),
    },
    'queue:finish-line': {
      ...serve,
      handle: (context, input) => setup.finishLine(context, input),
    },
    'service:close': { ...switchLive, handle: (context, input) => setup.closeService(context, input) },
    'queue:broadcast': { ...switchLive, handle: (context, input) => setup.broadcast(context, input) },
  });
}
