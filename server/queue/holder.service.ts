/** What the holder of a ticket asks with their phone. Every answer is the ticket as it is then, with its place. */
import { decideCheckIn } from '@frontdesk/domain/queue/decide-issue';
import { decideCancel, decideDefer, decideReturn } from '@frontdesk/domain/queue/decide-serve';
import { allow, refuseState, ticketGone, type Decision, type Situation } from '@frontdesk/domain/queue/decision';
import { estimatePlace } from '@frontdesk/domain/queue/estimate';
import { isOpenTicket, type FloorTicket } from '@frontdesk/domain/queue/floor';
import type { TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { Clock } from '../core/clock.js';
import type { TicketContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { hashInput } from '../core/idempotency.js';
import { rooms } from '../core/rooms.js';
import { keyOf, toQueueActor } from './actors.js';
import { canRate, FEEDBACK_MS, presentHolder } from './holder.presenter.js';
import type { Promises } from './holder.promises.js';
import type { HolderTokens } from './holder.tokens.js';
import type { Phones } from './phone-broadcast.js';
import type { Keeper, PoolLines } from './pool-lines.js';
import type { QueueLog } from './queue-log.js';
import type { FullSetup, QueueHandle, TicketRow } from './queue.types.js';
import type { HolderStore } from './holder.store.js';
import type { TicketStore } from './ticket.store.js';

const hourMs = 60 * 60 * 1_000;

/** Where notices may be sent, as far as a holder must know it. */
export interface PushPort {
  /** What browsers subscribe with; null when push is off. */
  readonly publicKey: string | null;
  /** True for an address at one of the push services that browsers use. */
  accepts(push: NonNullable<TicketRow['push']>): boolean;
  /** The holder gave an address, or took it back. */
  note(queue: QueueHandle, ticketId: TicketId, hasAddress: boolean): void;
}

export interface HolderDeps {
  readonly queueLog: QueueLog;
  readonly lines: PoolLines;
  readonly phones: Pick<Phones, 'current' | 'tell'>;
  readonly promises: Promises;
  readonly tokens: HolderTokens;
  readonly tickets: Pick<TicketStore, 'findRow'>;
  readonly store: Pick<HolderStore, 'rate' | 'putPush'>;
  readonly push: PushPort;
  readonly facts: FactPublisher;
  readonly clock: Clock;
  readonly readBusinessName: (queue: QueueHandle) => Promise<string>;
}

export type HolderService = ReturnType<typeof createHolderService>;

/** When the token of an ended ticket opens nothing any more, also before the sweep removes it. */
export function closesAtMs({ state, endedAtMs }: FloorTicket, { policy }: Pick<FullSetup, 'policy'>): number {
  if (endedAtMs === null) return Infinity;
  return endedAtMs + (state === 'completed' ? FEEDBACK_MS : policy.retentionHours * hourMs);
}

function decideLanguage({ floor }: Situation, ticketId: TicketId, language: Locale): Decision {
  const ticket = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.language === language) return allow();
  if (!isOpenTicket(ticket)) return refuseState(ticket, 'This ticket is closed.');
  return allow({ type: 'ticket-language-set', ticketId, language });
}

export function createHolderService(deps: HolderDeps) {
  const { queueLog, lines, tickets, store, tokens, clock } = deps;
  const queueOf = ({ tenantId, actor }: TicketContext): QueueHandle => ({ tenantId, locationId: actor.locationId });

  /** From the row, when the ticket's day is over; what nobody ended has expired with the day (QP-10). */
  async function readPast(queue: QueueHandle, ticketId: TicketId): Promise<FloorTicket> {
    const row = await tickets.findRow(queue, ticketId);
    if (!row?.isOpen || !row.ticket) throw new AppError('NOT_FOUND');
    return isOpenTicket(row.ticket) || row.ticket.state === 'no-show'
      ? { ...row.ticket, state: 'expired', endedAtMs: row.ticket.endedAtMs ?? clock.now() }
      : row.ticket;
  }

  async function present(queue: QueueHandle, keeper: Keeper, ticket: FloorTicket, isToday: boolean) {
    const { setup } = keeper;
    if (clock.now() >= closesAtMs(ticket, setup)) {
      tokens.forget(ticket.id);
      throw new AppError('NOT_FOUND');
    }
    const businessName = await deps.readBusinessName(queue);
    // What happened while the name was read is in the answer: the floor is read last.
    const now = lines.peek(queue) ?? keeper;
    const isRated = tokens.peek(ticket.id)?.isRated ?? false;
    return presentHolder({
      ticket: (isToday && now.floor.tickets.get(ticket.id)) || ticket,
      floor: isToday ? now.floor : null,
      setup,
      businessName,
      isRated,
      nowMs: clock.now(),
    });
  }

  async function stateOf(queue: QueueHandle, ticketId: TicketId): Promise<HolderState> {
    const keeper = await lines.load(queue);
    const ticket = keeper.floor.tickets.get(ticketId);
    if (!ticket) {
      const past = await readPast(queue, ticketId);
      return { ticket: await present(queue, keeper, past, false), place: null, parameters: null };
    }
    const pool = keeper.poolOf(ticket.serviceId);
    const published = ticket.state === 'waiting' ? await deps.phones.current(keeper, pool, ticket) : null;
    const dto = await present(queue, keeper, ticket, true);
    if (!published || dto.state !== 'waiting') return { ticket: dto, place: null, parameters: null };
    const { order, parameters, atMs } = published;
    const ahead = order.aheadOf(ticketId) ?? order.ids.length;
    const estimate = estimatePlace(parameters, ahead, Math.max(0, clock.now() - atMs) / 1_000);
    const shown = deps.promises.show(queue, ticketId, { ahead, estimate }, parameters.reason);
    return { ticket: dto, place: { ahead, orderRev: order.orderRev, estimate: shown }, parameters };
  }

  /** The phone hears of the order before it is told its place in it, so that it misses no change. */
  async function read(context: TicketContext): Promise<HolderState> {
    const queue = queueOf(context);
    const { ticketId } = context.actor;
    const keeper = await lines.load(queue);
    const ticket = keeper.floor.tickets.get(ticketId);
    if (context.socketId !== undefined && ticket?.state === 'waiting') {
      const room = rooms.poolPhones(queue.tenantId, queue.locationId, keeper.poolOf(ticket.serviceId));
      deps.facts.joinSocket(context.socketId, room);
    }
    return stateOf(queue, ticketId);
  }

  async function change(
    context: TicketContext,
    command: string,
    input: unknown,
    decide: (now: Situation) => Decision,
  ): Promise<HolderState> {
    const queue = queueOf(context);
    const keeper = await lines.load(queue);
    if (!keeper.floor.tickets.has(context.actor.ticketId)) {
      const { state, rev } = await readPast(queue, context.actor.ticketId);
      throw new AppError('CONFLICT', { message: 'The day of this ticket is over.', current: { state, rev } });
    }
    const key = context.idempotencyKey === undefined ? null : keyOf(context);
    const inputHash = key === null ? null : hashInput(command, input);
    await queueLog.run(queue, { actor: toQueueActor(context), key, inputHash, decide });
    return read(context);
  }

  return {
    stateOf,
    read,
    arrive: (context: TicketContext) =>
      change(context, 'ticket:arrive', {}, (now) => decideCheckIn(now, context.actor.ticketId)),
    defer: (context: TicketContext, input: { readonly places: number }) =>
      change(context, 'ticket:defer', input, (now) => decideDefer(now, context.actor.ticketId, input.places)),
    leave: (context: TicketContext) =>
      change(context, 'ticket:leave', {}, (now) => decideCancel(now, context.actor.ticketId, null)),
    comeBack: (context: TicketContext) =>
      change(context, 'ticket:come-back', {}, (now) => decideReturn(now, context.actor.ticketId, false)),
    setLanguage: (context: TicketContext, { language }: { readonly language: Locale }) =>
      change(context, 'ticket:set-language', { language }, (now) =>
        decideLanguage(now, context.actor.ticketId, language),
      ),
    async rate(context: TicketContext, { stars, text }: { readonly stars: number; readonly text: string }) {
      const queue = queueOf(context);
      const { ticketId } = context.actor;
      const { floor } = await lines.load(queue);
      const ticket = floor.tickets.get(ticketId) ?? (await readPast(queue, ticketId));
      const nowMs = clock.now();
      if (nowMs >= closesAtMs(ticket, (await lines.load(queue)).setup)) throw new AppError('NOT_FOUND');
      const isRatable = canRate({ ticket, isRated: false, nowMs });
      const isTaken = isRatable && (await store.rate(queue, ticketId, { stars, text, at: new Date(nowMs) }));
      if (!isTaken) throw new AppError('CONFLICT', { message: 'This visit cannot be rated, or was rated already.' });
      const holder = tokens.peek(ticketId);
      if (holder) holder.isRated = true;
      await deps.phones.tell(queue, ticketId);
      return { accepted: true as const };
    },
    async subscribePush(context: TicketContext, { subscription }: { readonly subscription: TicketRow['push'] }) {
      if (subscription !== null && !deps.push.accepts(subscription)) {
        throw new AppError('VALIDATION', { fields: { 'subscription.endpoint': 'must be at a known push service' } });
      }
      const queue = queueOf(context);
      await lines.load(queue);
      await store.putPush(queue, context.actor.ticketId, subscription);
      deps.push.note(queue, context.actor.ticketId, subscription !== null);
      return { isSubscribed: subscription !== null };
    },
    readPushKey: () => ({ publicKey: deps.push.publicKey }),
  };
}
