/** The queue of each location: tickets, counters, displays, phones. */
import type { LocationId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import { readServerSecret } from '../core/derived.js';
import type { DeviceContext } from '../core/context.js';
import type { FactPublisher } from '../core/facts.js';
import type { DeviceDirectory } from '../devices/index.js';
import type { Authenticators } from '../core/authenticators.js';
import type { LocationDirectory } from '../locations/index.js';
import type { Notifications } from '../notifications/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { createAdmitService, type AdmitService } from './admit.service.js';
import { createAuditService } from './audit.service.js';
import { createBoards } from './boards.js';
import { createBroadcast } from './broadcast.js';
import { createCounterService } from './counter.service.js';
import { createCounterViews } from './counter-view.js';
import { createDeskService } from './desk.service.js';
import { createDevicePort } from './device-port.js';
import { createDeviceService } from './device.service.js';
import { createDayModel } from './day.model.js';
import { createPoolDays } from './day.service.js';
import { createDayStore } from './day.store.js';
import { createEraseService } from './erase.service.js';
import { createErasureModel } from './erase.model.js';
import { createEraseStore } from './erase.store.js';
import { createEventModel } from './event.model.js';
import { createEventStore } from './event.store.js';
import { createQueueFeed, type QueueFeed } from './export.feed.js';
import { createExportService } from './export.service.js';
import { createPromises } from './holder.promises.js';
import { createPromiseWatch } from './promise-watch.js';
import { createHolderService } from './holder.service.js';
import { createHolderStore } from './holder.store.js';
import { createHolderTokens } from './holder.tokens.js';
import { createIssueService } from './issue.service.js';
import { createJoinService } from './join.service.js';
import { createNotices } from './notices.js';
import { createPurge, type Purge } from './purge.js';
import { bindJoinCommands, bindTicketCommands } from './phone.commands.js';
import { createPhones } from './phone-broadcast.js';
import { createOverviewService } from './overview.service.js';
import { createPlaces } from './places.js';
import { createPoolLines } from './pool-lines.js';
import { createPreviewService } from './preview.service.js';
import { createProjection } from './projection.js';
import { bindCounterCommands, bindSetupCommands } from './queue.commands.js';
import { bindDeviceCommands } from './device.commands.js';
import { createQueueClock, type QueueClock } from './queue-clock.js';
import { createQueueLog } from './queue-log.js';
import type { QueueHandle, Scoped, Service } from './queue.types.js';
import { createReceipts } from './receipts.js';
import { bindReportCommands } from './report.commands.js';
import { createReportService } from './report.service.js';
import { createReportStore } from './report.store.js';
import { createSetupModels } from './setup.model.js';
import { createSetupService, type SetupService } from './setup.service.js';
import { createSetupStore } from './setup.store.js';
import { createSetups } from './setups.js';
import { createBusinessNames } from './business-names.js';
import { createTicketModels } from './ticket.model.js';
import { createTicketStore } from './ticket.store.js';

export type * from './queue.types.js';
export type { FeedItem, QueueFeed } from './export.feed.js';
export type { Admission, Arrival } from './admit.service.js';

export interface QueueDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly locations: LocationDirectory;
  readonly directory: Pick<TenancyDirectory, 'findTenant' | 'listSites'>;
  readonly notifications: Notifications;
  readonly devices: DeviceDirectory;
}

export interface Queue {
  readonly commands: readonly BoundCommand[];
  /** Sets a queue up without a person asking over the wire: the seed, tests. */
  readonly provision: Pick<SetupService, 'addService' | 'addCounter' | 'putPolicy'>;
  /** Whether all of these are services of the location. */
  ownsServices(context: Scoped, locationId: LocationId, serviceIds: readonly ServiceId[]): Promise<boolean>;
  /** A visitor with an appointment is here: a ticket, once for a booking. */
  readonly admit: AdmitService['admit'];
  readonly admitAtKiosk: AdmitService['admitAtKiosk'];
  /** What a kiosk hands out tickets for, and whether people may say there that they have arrived. */
  readKiosk(context: DeviceContext): Promise<{ readonly services: readonly Service[]; readonly isCheckInOn: boolean }>;
  readonly authenticateTicket: Authenticators['ticket'];
  readonly listOpenTickets: Authenticators['listOpenTickets'];
  readonly purge: Pick<Purge, 'sweep'>;
  /** What happens to tickets, for other systems. */
  readonly feed: QueueFeed;
  readonly clock: QueueClock;
  /** Resolves when look-up rows and reports know everything that was acknowledged. */
  flush(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createQueue(deps: QueueDeps): Queue {
  const { connection, clock, log, bus, facts, locations, config, notifications } = deps;
  const devices = createDevicePort(deps.devices);
  const store = createSetupStore(createSetupModels(connection));
  const ticketModels = createTicketModels(connection);
  const tickets = createTicketStore(ticketModels);
  const holders = createHolderStore(ticketModels);
  const setups = createSetups({ store, locations, clock });
  const events = createEventStore(createEventModel(connection));
  const queueLog = createQueueLog({ store: events, setups, clock, log });
  const days = createPoolDays({ queueLog, store: createDayStore(createDayModel(connection)), events, clock, log });
  const lines = createPoolLines({ queueLog, events, days, bus, clock, log });
  const promises = createPromises({ queueLog, store: holders, clock, log });
  const receipts = createReceipts(devices, queueLog);
  const findPersons = (queue: QueueHandle, ids: readonly TicketId[]) => tickets.findPersons(queue, ids);
  const views = createCounterViews({ receipts, findPersons });
  const places = createPlaces({ lines, promises });
  const setup = createSetupService({ store, setups, queueLog, locations, facts, bus, clock });
  const counter = createCounterService({ queueLog, store, views, facts });
  const { publicUrl } = config;
  const secret = readServerSecret(config);
  const issue = createIssueService({ queueLog, setups, tickets, places, clock, publicUrl, secret });
  const join = createJoinService({
    queueLog,
    issue,
    places,
    readHitRate: days.readHitRate,
    findSiteKey: async (queue) => (await deps.directory.listSites(queue))[0]?.publicKey,
    publicUrl,
    secret,
  });
  const boards = createBoards({ tickets, readJoinUrl: join.readJoinUrl });
  const device = createDeviceService({ queueLog, issue, tickets, devices, places, boards, receipts, bus, clock });
  const admission = createAdmitService({ issue, queueLog, tickets, publicUrl, secret });
  const desk = createDeskService({ issue, queueLog, tickets, publicUrl, secret });
  const projection = createProjection({ queueLog, tickets, log });
  const tokens = createHolderTokens({ store: holders, clock, note: promises.restore });
  const holder = createHolderService({
    queueLog,
    lines,
    phones: { current: (...ask) => phones.current(...ask), tell: (...ask) => phones.tell(...ask) },
    promises,
    tokens,
    tickets,
    store: holders,
    push: {
      publicKey: notifications.pushKey,
      accepts: (push) => notifications.accepts({ channel: 'push', ...push }),
      note: (...address) => notices.noteAddress(...address),
    },
    facts,
    clock,
    readBusinessName: createBusinessNames(deps.directory, clock),
  });
  const phones = createPhones({ lines, facts, clock, log, stateOf: holder.stateOf });
  const notices = createNotices({
    lines,
    phones,
    tickets,
    store: holders,
    notifications,
    jobs: deps.jobs,
    clock,
    log,
  });
  const promiseWatch = createPromiseWatch({
    lines,
    phones,
    promises,
    store: holders,
    days,
    flushRows: projection.flush,
    facts,
    clock,
    log,
  });
  const purge = createPurge({
    lines,
    tickets,
    store: holders,
    flushRows: projection.flush,
    forgetToken: tokens.forget,
    facts,
    clock,
    log,
  });
  const eraser = createEraseService({
    store: createEraseStore(ticketModels, createErasureModel(connection)),
    tickets,
    flushRows: projection.flush,
    forgetToken: tokens.forget,
    facts,
    bus,
    clock,
  });
  const queueClock = createQueueClock({ queueLog, locations, log });
  const broadcast = createBroadcast({
    queueLog,
    views,
    facts,
    devices,
    boards,
    bus,
    log,
  });
  bus.subscribe('location:changed', (queue) => {
    setups.forget(queue);
    bus.publish('queue:setup-changed', queue);
  });

  return {
    commands: [
      ...bindSetupCommands(setup),
      ...bindCounterCommands(counter, desk, setup),
      ...bindDeviceCommands(device),
      ...bindTicketCommands(holder),
      ...bindJoinCommands(join),
      ...bindReportCommands({
        report: createReportService({ events, store: createReportStore(ticketModels.Ticket), setups }),
        overview: createOverviewService({ queueLog, locations, devices: deps.devices }),
        audit: createAuditService({ events, setups }),
        preview: createPreviewService({ events, setups }),
        exporter: createExportService({ events, setups }),
        eraser,
      }),
    ],
    provision: { addService: setup.addService, addCounter: setup.addCounter, putPolicy: setup.putPolicy },
    async ownsServices(context, locationId, serviceIds) {
      const { services } = await setups.read(context, locationId);
      return serviceIds.every((id) => services.has(id));
    },
    admit: admission.admit,
    admitAtKiosk: admission.admitAtKiosk,
    async readKiosk(context) {
      const { serviceIds, isCheckInOn } = await devices.findKiosk(context, context.actor.deviceId);
      const { servicesById } = await setups.read(context, context.actor.locationId);
      const isOffered = ({ id, isArchived }: Service): boolean =>
        !isArchived && (serviceIds.length === 0 || serviceIds.includes(id));
      return { services: [...servicesById.values()].filter(isOffered), isCheckInOn };
    },
    authenticateTicket: tokens.authenticate,
    listOpenTickets: tokens.listOpen,
    purge,
    feed: createQueueFeed({ queueLog, events }),
    clock: queueClock,
    flush: projection.flush,
    async start() {
      projection.start();
      lines.start();
      phones.start();
      purge.start();
      promiseWatch.start();
      notices.start();
      broadcast.start();
      queueClock.start();
      queueLog.start();
    },
    async stop() {
      queueClock.stop();
      broadcast.stop();
      phones.stop();
      notices.stop();
      await purge.stop();
      await promiseWatch.stop();
      await queueLog.stop();
      await lines.stop();
      await promises.flush();
      await projection.stop();
    },
  };
}
