/** The commands of booking: permission, limit and service call of each. */
import { bookingAgendaCommands } from '@frontdesk/protocol/booking-agenda';
import { bookingDeviceCommands } from '@frontdesk/protocol/booking-kiosk';
import { bookingFeedStaffCommands } from '@frontdesk/protocol/booking-feeds';
import { bookingStaffCommands } from '@frontdesk/protocol/booking-staff';
import { bookingVisitorCommands } from '@frontdesk/protocol/booking-visitor';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { BookingAdmitService } from './admit.service.js';
import type { AgendaService } from './agenda.service.js';
import type { BrowseService } from './browse.service.js';
import type { ConfirmService } from './confirm.service.js';
import type { FeedsService } from './feeds.service.js';
import type { HoldsService } from './holds.service.js';
import type { BookingKioskService } from './kiosk.service.js';
import type { ManageService } from './manage.service.js';
import type { SetupService } from './setup.service.js';

const look = { limit: 'visitor-read', openToUnverified: false } as const;
/** What is written carries its key, so that twenty at once get one answer, and no ledger keeps a link. */
const hold = { limit: 'visitor-hold', openToUnverified: false, storesKey: true } as const;
const book = { limit: 'visitor-booking', openToUnverified: false, storesKey: true } as const;

const read = { permission: 'booking:read', limit: 'staff-read' } as const;
const write = { permission: 'booking:write', limit: 'staff-write', storesKey: true } as const;
const manage = { permission: 'booking:manage', limit: 'staff-write' } as const;

export function bindVisitorCommands(services: {
  readonly browse: BrowseService;
  readonly holds: HoldsService;
  readonly confirm: ConfirmService;
  readonly own: ManageService;
}): BoundCommand[] {
  const { browse, holds, confirm, own } = services;
  return bindCommands(bookingVisitorCommands, {
    'booking:browse': { ...look, handle: (context, { locationId }) => browse.browse(context, locationId) },
    'slot:list': { ...look, handle: (context, question) => browse.listSlots(context, question) },
    'slot:watch': { ...look, handle: (context, question) => browse.watchSlots(context, question) },
    'slot:unwatch': { ...look, handle: async (context) => browse.unwatchSlots(context) },
    'hold:create': { ...hold, handle: (context, input) => holds.create(context, input) },
    'hold:extend': { ...hold, handle: (context, input) => holds.extend(context, input) },
    'hold:release': { ...hold, handle: (context, input) => holds.release(context, input) },
    'booking:confirm': { ...book, handle: (context, input) => confirm.confirm(context, input) },
    'booking:read-own': { ...look, handle: (context, input) => own.read(context, input) },
    'booking:find-own': {
      ...look,
      limit: 'visitor-find-booking',
      handle: (context, input) => own.find(context, input),
    },
    'booking:reschedule-own': { ...book, handle: (context, input) => own.reschedule(context, input) },
    'booking:cancel-own': { ...book, handle: (context, input) => own.cancel(context, input) },
  });
}

export function bindStaffCommands(setup: SetupService, agenda: AgendaService): BoundCommand[] {
  return bindCommands(bookingStaffCommands, {
    'booking:read-setup': { ...read, handle: (context, { locationId }) => setup.readSetup(context, locationId) },
    'booking-service:create': { ...manage, handle: (context, input) => setup.createService(context, input) },
    'booking-service:update': {
      ...manage,
      handle: (context, { serviceId, ...patch }) => setup.updateService(context, serviceId, patch),
    },
    'resource:create': { ...manage, handle: (context, input) => setup.createResource(context, input) },
    'resource:update': {
      ...manage,
      handle: (context, { resourceId, ...patch }) => setup.updateResource(context, resourceId, patch),
    },
    'pool:create': { ...manage, handle: (context, input) => setup.createPool(context, input) },
    'pool:update': {
      ...manage,
      handle: (context, { poolId, ...patch }) => setup.updatePool(context, poolId, patch),
    },
    // The block is named by the key, and the answer has customers in it: no ledger keeps them.
    'block:create': { ...manage, storesKey: true, handle: (context, input) => setup.createBlock(context, input) },
    'block:delete': { ...manage, handle: (context, { blockId }) => setup.deleteBlock(context, blockId) },
    'agenda:read': { ...read, handle: (context, input) => agenda.read(context, input) },
    'booking:create': { ...write, handle: (context, input) => agenda.create(context, input) },
    'booking:read-answers': {
      permission: 'booking:write',
      limit: 'staff-read',
      handle: (context, { bookingId }) => agenda.readAnswers(context, bookingId),
    },
    'booking:move': { ...write, handle: (context, input) => agenda.move(context, input) },
    'booking:mark': { ...write, handle: (context, input) => agenda.mark(context, input) },
  });
}

export function bindAgendaCommands(agenda: AgendaService, door: BookingAdmitService): BoundCommand[] {
  return bindCommands(bookingAgendaCommands, {
    'agenda:list-starts': { ...read, handle: (context, question) => agenda.listStarts(context, question) },
    'booking:admit': { ...write, handle: (context, input) => door.admit(context, input) },
  });
}

export function bindKioskCommands(kiosk: BookingKioskService): BoundCommand[] {
  return bindCommands(bookingDeviceCommands, {
    'booking:check-in': {
      kinds: ['kiosk'],
      limit: 'kiosk-issue',
      handle: (context, input) => kiosk.checkIn(context, input),
    },
  });
}

export function bindFeedCommands(feeds: FeedsService): BoundCommand[] {
  return bindCommands(bookingFeedStaffCommands, {
    'feed:read': { ...read, handle: (context, { resourceId }) => feeds.read(context, resourceId) },
    'feed:rotate': {
      ...read,
      limit: 'staff-write',
      storesKey: true,
      handle: (context, input) => feeds.rotate(context, input),
    },
  });
}
