/** Booking: what can be booked, when, and by whom it is. One collection owns time (ADR 0014). */
import { Router } from 'express';
import type { Authenticators } from '../core/authenticators.js';
import type { BoundCommand } from '../core/command.js';
import type { VisitorContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { deriveSecret, readServerSecret } from '../core/derived.js';
import type { FactPublisher } from '../core/facts.js';
import type { ProofOfWorkGate } from '../core/proof-of-work.js';
import type { LocationDirectory } from '../locations/index.js';
import { readAddress } from '../mail/index.js';
import type { Notifications } from '../notifications/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { createBookingAdmitService, type QueueDoor } from './admit.service.js';
import { createAgendaService } from './agenda.service.js';
import { createAgendaWatch } from './agenda-watch.js';
import { createAllocationModel } from './allocation.model.js';
import { createAllocationStore } from './allocation.store.js';
import { createAnnouncer } from './announcer.js';
import { createAvailability } from './availability.js';
import { createBookingGuard } from './booking-guard.js';
import {
  bindAgendaCommands,
  bindFeedCommands,
  bindKioskCommands,
  bindStaffCommands,
  bindVisitorCommands,
} from './booking.commands.js';
import { createBookedPresenter } from './booking.presenter.js';
import { createBrowseService } from './browse.service.js';
import { createClasses } from './classes.js';
import { createCalendarRouter } from './calendar.routes.js';
import { createClaims } from './claim.js';
import { handleCodeJobs } from './code-sender.js';
import { createConfirmService } from './confirm.service.js';
import { createCollector } from './composer.js';
import { createCustomerProof } from './customer-proof.js';
import { createFeedsService } from './feeds.service.js';
import { createFeedStore } from './feeds.store.js';
import { createFiles, type Files } from './files.js';
import { createHoldsService } from './holds.service.js';
import { createBookingKioskService } from './kiosk.service.js';
import { createManageLinks } from './manage-links.js';
import { createManageService } from './manage.service.js';
import { createPrefillReader } from './prefill.js';
import { bindPrivacyCommands } from './privacy.commands.js';
import { createBookingErasureModel } from './privacy.model.js';
import { createPrivacyService } from './privacy.service.js';
import { createPrivacyStore } from './privacy.store.js';
import { createRequestExpiry, type RequestExpiry } from './request-expiry.js';
import { createMessenger } from './messenger.js';
import { createOutboxStore } from './outbox.store.js';
import { createRetention, type Retention } from './retention.js';
import { createRetentionStore } from './retention.store.js';
import { createRevisionStore } from './revisions.store.js';
import { createSchedules } from './schedules.js';
import { createAnswerSeal } from './sealed-answers.js';
import { createSeatComposer } from './seat-composer.js';
import { createSessionStore } from './session.store.js';
import { bindSeriesCommands } from './series.commands.js';
import { createSeriesService } from './series.service.js';
import { createSeriesStore } from './series.store.js';
import { createSetupModels } from './setup.model.js';
import { createSetupService } from './setup.service.js';
import { createSetupStore } from './setup.store.js';
import { createSlotRouter } from './slots.routes.js';
import { createSlots } from './slots.service.js';
import { createSlotWatch } from './slot-watch.js';
import { bindVerificationCommands } from './verification.commands.js';
import { createVerificationService } from './verification.service.js';
import { createVerificationStore } from './verification.store.js';
import { createZoneCheck, type ZoneCheck } from './zone-check.js';
import { systemZoneRules, type ZoneRules } from './zone-shift.js';

export type * from './booking.types.js';
export type { ZoneRules } from './zone-shift.js';

/** Holds that one address may have at once: a family, a small office. */
const MAX_HOLDS_PER_ADDRESS = 4;

export interface BookingDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly locations: LocationDirectory;
  readonly queue: QueueDoor;
  readonly directory: Pick<TenancyDirectory, 'findTenant' | 'findMember' | 'findSite' | 'findSiteByKey' | 'listSites'>;
  readonly isSiteOrigin: Authenticators['isSiteOrigin'];
  readonly authenticateVisitor: Authenticators['visitor'];
  readonly notifications: Pick<Notifications, 'write'>;
  readonly proofOfWork: Pick<ProofOfWorkGate, 'spend'>;
  /** Those of the process unless they are given. */
  readonly zoneRules?: ZoneRules | undefined;
}

export interface Booking {
  readonly commands: readonly BoundCommand[];
  readonly routes: Router;
  readonly requests: Pick<RequestExpiry, 'sweep'>;
  readonly files: Pick<Files['sweep'], 'sweep'>;
  readonly retention: Pick<Retention, 'sweep'>;
  readonly zones: Pick<ZoneCheck, 'check'>;
  start(): void;
  stop(): Promise<void>;
  /** Resolves when everything that is due was told; for tests and the seed. */
  drainMessages(): Promise<void>;
}

export function createBooking(deps: BookingDeps): Booking {
  const { connection, clock, log, bus, limits, jobs, facts, locations, directory, notifications, proofOfWork, config } =
    deps;
  const models = createSetupModels(connection);
  const store = createSetupStore(models);
  const revisions = createRevisionStore(models.Revision);
  const Allocations = createAllocationModel(connection);
  const allocations = createAllocationStore(Allocations);
  const sessions = createSessionStore(Allocations);
  const agendaWatch = createAgendaWatch({ revisions, facts, log });
  const announcer = createAnnouncer({ revisions, watch: agendaWatch, facts, bus });
  const schedules = createSchedules({ store, revisions, locations, clock });
  const availability = createAvailability({ allocations, clock });
  const slots = createSlots({ schedules, availability, clock });
  const claims = createClaims({ allocations, schedules, availability, slots, clock });
  const links = createManageLinks(config);
  const seal = createAnswerSeal(config);
  const watch = createSlotWatch({ slots, revisions, facts, bus, clock, log });

  const senderAddress = readAddress(config.mailFrom);
  const seriesStore = createSeriesStore(Allocations);
  const collect = createCollector({
    ...{ schedules, directory, links, series: seriesStore },
    ...{ publicUrl: config.publicUrl, senderAddress },
  });
  const messenger = createMessenger({
    outbox: createOutboxStore(Allocations),
    collect,
    composeForSeat: createSeatComposer({ collect, links, sessions }),
    notifications,
    clock,
    log,
  });

  const shared = { allocations, schedules, claims, announcer, messenger, clock };
  const maxPerAddress = Math.ceil(MAX_HOLDS_PER_ADDRESS * config.rateLimitMultiplier);
  const setup = createSetupService({ store, allocations, sessions, revisions, locations, directory, announcer, clock });
  const agenda = createAgendaService({ ...shared, slots, watch: agendaWatch, setup: store, locations, seal });
  const door = createBookingAdmitService({ allocations, agenda, queue: deps.queue, schedules, clock });
  const kiosk = createBookingKioskService({ ...shared, queue: deps.queue, links, limits });
  const browse = createBrowseService({ schedules, slots, watch, directory });
  const secret = readServerSecret(config);
  const addressKey = deriveSecret(secret, 'booking-address');
  const personKey = deriveSecret(secret, 'booking-person');
  const guard = createBookingGuard({ proofOfWork, limits, personKey });
  const verifications = createVerificationStore(connection);
  const coding = { verifications, schedules, clock, jobs, secret: deriveSecret(secret, 'booking-code') };
  const verification = createVerificationService({ ...coding, proofOfWork, limits });
  handleCodeJobs({ ...coding, directory, notifications });
  const customerProof = createCustomerProof({ verification, readPrefill: createPrefillReader({ directory, clock }) });
  const byAddress = {
    maxPerAddress,
    nameAddress: ({ tenantId, ipPrefix }: Pick<VisitorContext, 'tenantId' | 'ipPrefix'>) =>
      deriveSecret(addressKey, `${tenantId} ${ipPrefix}`).toString('base64url'),
  };
  const holds = createHoldsService({ ...shared, ...byAddress });
  const present = createBookedPresenter(links, config.publicUrl);
  const files = createFiles({ ...deps, schedules, allocations, sessions });
  const confirm = createConfirmService({ ...shared, present, seal, guard, customerProof, files: files.service });
  const own = createManageService({ ...shared, present, links });
  const feeds = createFeedsService({ ...shared, feeds: createFeedStore(connection), sessions, directory, config });
  const expiry = createRequestExpiry({ allocations, announcer, messenger, clock, log });
  const classes = createClasses({
    ...shared,
    ...byAddress,
    ...{ sessions, availability, locations, links, seal, guard, customerProof, files: files.service },
    ...{ revisions, facts, bus, log },
  });
  const rules = deps.zoneRules ?? systemZoneRules;
  const zones = createZoneCheck({ ...shared, seating: classes.seating, revisions, rules, log });
  const series = createSeriesService({ ...shared, series: seriesStore, seal });
  const kept = createPrivacyStore(Allocations, createBookingErasureModel(connection));
  const privacy = createPrivacyService({ store: kept, files: files.service, seal, announcer, clock });
  const keeping = createRetentionStore(models.Revision);
  const retention = createRetention({ store: keeping, kept, files: files.service, announcer, clock, log });
  let unsubscribe = (): void => {};

  return {
    commands: [
      ...bindVisitorCommands({ browse, holds, confirm, own }),
      ...bindVerificationCommands(verification),
      ...bindStaffCommands(setup, agenda),
      ...bindAgendaCommands(agenda, door),
      ...bindFeedCommands(feeds),
      ...bindKioskCommands(kiosk),
      ...classes.commands,
      ...files.commands,
      ...bindPrivacyCommands(privacy, keeping, clock),
      ...bindSeriesCommands(series),
    ],
    routes: Router().use(
      files.routes,
      createSlotRouter({ ...deps, slots }),
      createCalendarRouter({ ...deps, feeds, allocations, links, collect }),
    ),
    requests: expiry,
    files: files.sweep,
    retention,
    zones,
    start() {
      // Hours and zones are the branch's.
      unsubscribe = bus.subscribe('location:changed', (place) => announcer.setupChanged(place));
      watch.start();
      agendaWatch.start();
      classes.start();
      expiry.start();
      files.sweep.start();
      retention.start();
      zones.start();
      messenger.start();
    },
    async stop() {
      unsubscribe();
      await messenger.stop();
      await watch.stop();
      await agendaWatch.stop();
      await classes.stop();
      await expiry.stop();
      await files.sweep.stop();
      await retention.stop();
      await zones.stop();
    },
    drainMessages: messenger.drain,
  };
}
