/** Use cases of displays and kiosks. A device acts at its own location and nowhere else: what is not there is unknown to it. */
import { decideBlock } from '@frontdesk/domain/queue/decide-issue';
import { allow, ticketGone } from '@frontdesk/domain/queue/decision';
import type { NumberBlock as ReservedBlock } from '@frontdesk/domain/queue/floor';
import { labelsOfBlock } from '@frontdesk/domain/queue/numbering';
import type { IdempotencyKey, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Board, CheckedInTicket, IssuedTicket, NumberBlock, QueueOffer } from '@frontdesk/protocol/queue-device';
import { isTransient } from '@frontdesk/protocol/result';
import type { PrintState } from '@frontdesk/protocol/vocabulary';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import type { DeviceContext } from '../core/context.js';
import { AppError, toAppError } from '../core/errors.js';
import { hashInput } from '../core/idempotency.js';
import { keyOf, toQueueActor } from './actors.js';
import type { Boards } from './boards.js';
import { findByCode } from './check-in-code.js';
import type { IssueService, NewTicket } from './issue.service.js';
import { buildOffer } from './offer.js';
import type { Places } from './places.js';
import type { QueueLog } from './queue-log.js';
import type { DevicePort, LoggedEvent, QueueHandle } from './queue.types.js';
import type { Receipts } from './receipts.js';
import type { TicketStore } from './ticket.store.js';

export interface DeviceServiceDeps {
  readonly queueLog: QueueLog;
  readonly issue: IssueService;
  readonly tickets: Pick<TicketStore, 'findByToken' | 'findTicketsOfPhone'>;
  readonly devices: DevicePort;
  readonly places: Places;
  readonly boards: Boards;
  readonly receipts: Receipts;
  readonly bus: EventBus;
  readonly clock: Clock;
}

export interface HandedOut extends NewTicket {
  readonly idempotencyKey: string;
  readonly label: string;
  readonly serviceDay: string;
  readonly ageSeconds: number;
}

type SyncResult =
  | { readonly state: 'stored'; readonly label: string; readonly ticketId: TicketId }
  | { readonly state: 'refused'; readonly label: string; readonly reason: string };

const accepted = { accepted: true } as const;

function queueOf({ tenantId, actor }: DeviceContext): QueueHandle {
  return { tenantId, locationId: actor.locationId };
}

function findBlock(event: LoggedEvent | null): ReservedBlock {
  const block = event?.changes.find((change) => change.type === 'block-reserved');
  if (!block) throw new Error('a block was reserved without an event');
  return block;
}

export type DeviceService = ReturnType<typeof createDeviceService>;

export function createDeviceService(deps: DeviceServiceDeps) {
  const { queueLog, issue, tickets, devices, clock } = deps;

  /** A service that the kiosk does not offer is as unknown to it as one of another location. */
  async function requireOffered(context: DeviceContext, serviceId: ServiceId): Promise<void> {
    const { serviceIds } = await devices.findKiosk(context, context.actor.deviceId);
    if (serviceIds.length > 0 && !serviceIds.includes(serviceId)) throw new AppError('NOT_FOUND');
  }

  /** One ticket that is on paper already: stored, or refused for good. What may work later fails the whole request. */
  async function syncOne(context: DeviceContext, ticket: HandedOut, since: SyncTimes): Promise<SyncResult> {
    const { label } = ticket;
    const keyed = { ...context, idempotencyKey: ticket.idempotencyKey as IdempotencyKey };
    const handedOutAtMs = since.receivedAtMs - ticket.ageSeconds * 1_000;
    try {
      const ticketId = await issue.issueOffline(keyed, context.actor, ticket, { ...since, handedOutAtMs });
      return { state: 'stored', label, ticketId };
    } catch (error) {
      const { code } = toAppError(error);
      if (!(error instanceof AppError) || isTransient(code)) throw error;
      return { state: 'refused', label, reason: code };
    }
  }

  return {
    async readBoard(context: DeviceContext): Promise<Board> {
      const queue = queueOf(context);
      const display = await devices.findDisplay(context, context.actor.deviceId);
      return deps.boards(queue, await queueLog.read(queue))(display);
    },
    /** Only what is called now counts; a late receipt of an old call says nothing to anybody. */
    async noteShown(context: DeviceContext, calls: readonly { readonly sequence: number }[]) {
      const queue = queueOf(context);
      const { floor } = await queueLog.read(queue);
      const shown = calls.map(({ sequence }) => sequence);
      if (deps.receipts.note(queue, floor, context.actor.deviceId, shown))
        deps.bus.publish('queue:receipts-changed', queue);
      return accepted;
    },
    async readOffer(context: DeviceContext): Promise<QueueOffer> {
      const queue = queueOf(context);
      const { serviceIds } = await devices.findKiosk(context, context.actor.deviceId);
      await deps.places.load(queue);
      const situation = await queueLog.read(queue);
      return buildOffer(queue, situation, deps.places, { serviceIds, isRemote: false }, null);
    },
    async issue(context: DeviceContext, ticket: NewTicket): Promise<IssuedTicket> {
      await requireOffered(context, ticket.serviceId);
      return issue.issue(context, context.actor.locationId, 'ticket:issue', ticket, {
        source: 'kiosk',
        presence: 'onsite',
        isClassConfirmed: false,
        overridesLimits: false,
        bookedForMs: null,
        note: '',
      });
    },
    async reserveBlock(
      context: DeviceContext,
      input: { readonly serviceId: ServiceId; readonly count: number },
    ): Promise<NumberBlock> {
      const { serviceId } = input;
      await requireOffered(context, serviceId);
      const { event, situation } = await queueLog.run(queueOf(context), {
        actor: toQueueActor(context),
        key: keyOf(context),
        inputHash: hashInput('ticket:reserve-block', input),
        decide: (now) => decideBlock(now, { ...input, deviceId: context.actor.deviceId }),
      });
      const width = situation.setup.services.get(serviceId)?.series.width ?? 0;
      const { serviceDay } = event ?? situation.floor;
      return { serviceId, serviceDay, labels: labelsOfBlock(findBlock(event), width) };
    },
    /** One after the other, so that they join the line in the order in which they were handed out (QK-10). */
    async syncIssued(context: DeviceContext, handedOut: readonly HandedOut[]) {
      const receivedAtMs = clock.now();
      const lastContactMs = await devices.lastContactMs(context, context.actor.deviceId);
      const results: SyncResult[] = [];
      for (const ticket of handedOut) results.push(await syncOne(context, ticket, { receivedAtMs, lastContactMs }));
      return { results };
    },
    async checkIn(
      context: DeviceContext,
      input: { readonly code: string; readonly language: Locale },
    ): Promise<CheckedInTicket> {
      const queue = queueOf(context);
      const { isCheckInOn } = await devices.findKiosk(context, context.actor.deviceId);
      if (!isCheckInOn) throw new AppError('FORBIDDEN');
      const found = await findByCode(tickets, queue, await queueLog.read(queue), input.code);
      if (!found) throw new AppError('NOT_FOUND');
      return issue.checkIn(context, queue, found, input);
    },
    /** Paper that did not come out is the staff's to mend: it shows in their console (QK-6). */
    async reportPrint(
      context: DeviceContext,
      { ticketId, print }: { readonly ticketId: TicketId; readonly print: PrintState },
    ) {
      await queueLog.run(queueOf(context), {
        actor: toQueueActor(context),
        key: null,
        inputHash: null,
        decide({ floor }) {
          const ticket = floor.tickets.get(ticketId);
          if (!ticket) return ticketGone;
          return ticket.print === print ? allow() : allow({ type: 'ticket-printed', ticketId, print });
        },
      });
      return accepted;
    },
  };
}

interface SyncTimes {
  readonly receivedAtMs: number;
  readonly lastContactMs: number;
}
