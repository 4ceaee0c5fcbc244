/** Booking: what can be booked, when, and by whom it is. One collection owns time (ADR 0014). */
import type { BoundCommand } from '../core/command.js';
import type { VisitorContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { deriveSecret, readServerSecret } from '../core/derived.js';
import type { FactPublisher } from '../core/facts.js';
import type { LocationDirectory } from '../locations/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { createAgendaService } from './agenda.service.js';
import { createAllocationModel } from './allocation.model.js';
import { createAllocationStore } from './allocation.store.js';
import { createAnnouncer } from './announcer.js';
import { createAvailability } from './availability.js';
import { bindStaffCommands, bindVisitorCommands } from './booking.commands.js';
import { createBrowseService } from './browse.service.js';
import { createClassListService } from './class-list.service.js';
import { createClassOwnService } from './class-own.service.js';
import { createClassRosterService } from './class-roster.service.js';
import { createSeating } from './class-seating.js';
import { createClassSeatsService } from './class-seats.service.js';
import { createClassSessionsService } from './class-sessions.service.js';
import { bindClassStaffCommands, bindClassVisitorCommands } from './class.commands.js';
import { createClaims } from './claim.js';
import { createConfirmService } from './confirm.service.js';
import { createHoldsService } from './holds.service.js';
import { createManageLinks } from './manage-links.js';
import { createManageService } from './manage.service.js';
import { createRevisionStore } from './revisions.store.js';
import { createSchedules } from './schedules.js';
import { createAnswerSeal } from './sealed-answers.js';
import { createSessionStore } from './session.store.js';
import { createSetupModels } from './setup.model.js';
import { createSetupService } from './setup.service.js';
import { createSetupStore } from './setup.store.js';
import { createSlots } from './slots.service.js';
import { createSlotWatch } from './slot-watch.js';

export type * from './booking.types.js';

/** Holds that one address may have at once: a family, a small office. */
const MAX_HOLDS_PER_ADDRESS = 4;

export interface BookingDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly locations: LocationDirectory;
  readonly directory: Pick<TenancyDirectory, 'findTenant' | 'findMember'>;
}

export interface Booking {
  readonly commands: readonly BoundCommand[];
  start(): void;
  stop(): Promise<void>;
}

export function createBooking(deps: BookingDeps): Booking {
  const { connection, clock, log, bus, facts, locations, directory, config } = deps;
  const models = createSetupModels(connection);
  const store = createSetupStore(models);
  const revisions = createRevisionStore(models.Revision);
  const stored = createAllocationModel(connection);
  const allocations = createAllocationStore(stored);
  const sessions = createSessionStore(stored);
  const announcer = createAnnouncer({ revisions, facts, bus });
  const schedules = createSchedules({ store, revisions, locations, clock });
  const availability = createAvailability({ allocations, clock });
  const slots = createSlots({ schedules, availability, clock });
  const claims = createClaims({ allocations, schedules, availability, slots, clock });
  const links = createManageLinks(config);
  const seal = createAnswerSeal(config);
  const watch = createSlotWatch({ slots, revisions, facts, bus, clock, log });

  const shared = { allocations, schedules, claims, announcer, clock };
  const maxPerAddress = Math.ceil(MAX_HOLDS_PER_ADDRESS * config.rateLimitMultiplier);
  const setup = createSetupService({ store, allocations, revisions, locations, directory, announcer, clock });
  const agenda = createAgendaService({ ...shared, setup: store, locations, seal });
  const browse = createBrowseService({ schedules, slots, watch, directory });
  const addressKey = deriveSecret(readServerSecret(config), 'booking-address');
  const byAddress = {
    maxPerAddress,
    nameAddress: ({ tenantId, ipPrefix }: Pick<VisitorContext, 'tenantId' | 'ipPrefix'>) =>
      deriveSecret(addressKey, `${tenantId} ${ipPrefix}`).toString('base64url'),
  };
  const holds = createHoldsService({ ...shared, ...byAddress });
  const confirm = createConfirmService({ ...shared, links, seal });
  const own = createManageService({ ...shared, links });

  const seating = createSeating({ ...shared, sessions, bus, log });
  const classes = { sessions, seating, schedules, links, seal, clock };
  const lists = createClassListService({ ...classes, availability, revisions, facts, bus, log });
  const ownSeats = createClassOwnService(classes);
  const seats = createClassSeatsService({ ...classes, ...byAddress, own: ownSeats });
  const dates = createClassSessionsService({ ...shared, sessions, seating, locations });
  const roster = createClassRosterService(classes);
  let unsubscribe = (): void => {};

  return {
    commands: [
      ...bindVisitorCommands({ browse, holds, confirm, own }),
      ...bindStaffCommands(setup, agenda),
      ...bindClassVisitorCommands({ lists, seats, own: ownSeats }),
      ...bindClassStaffCommands({ sessions: dates, roster }),
    ],
    start() {
      // Hours and zones are the branch's.
      unsubscribe = bus.subscribe('location:changed', (place) => announcer.setupChanged(place));
      watch.start();
      lists.watch.start();
      seating.start();
    },
    async stop() {
      unsubscribe();
      await Promise.all([watch.stop(), lists.watch.stop(), seating.stop()]);
    },
  };
}
