/** Use cases at a counter. Each is a rule of the domain run against the log; the answer is the console as it is afterwards. */
import {
  decideCall,
  decideCallHeld,
  decideCallNext,
  decideRecall,
  decideUndoCall,
} from '@frontdesk/domain/queue/decide-call';
import {
  decideCloseCounter,
  decideOpenCounter,
  decidePauseCounter,
  decideResumeCounter,
} from '@frontdesk/domain/queue/decide-location';
import {
  decideCancel,
  decideComplete,
  decideHold,
  decideNoShow,
  decideReturn,
  decideSetClass,
  decideStart,
  decideTransfer,
  decideWalkIn,
} from '@frontdesk/domain/queue/decide-serve';
import type { Decision, Situation } from '@frontdesk/domain/queue/decision';
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { HoldScope, TransferMode } from '@frontdesk/protocol/vocabulary';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { hashInput } from '../core/idempotency.js';
import { canRole } from '../core/permissions.js';
import { rooms } from '../core/rooms.js';
import { keyOf, ticketIdOf, toQueueActor } from './actors.js';
import { hidePerson, type CounterViews } from './counter-view.js';
import type { QueueLog } from './queue-log.js';
import type { Counter, QueueHandle } from './queue.types.js';
import type { SetupStore } from './setup.store.js';

export interface CounterServiceDeps {
  readonly queueLog: QueueLog;
  readonly store: Pick<SetupStore, 'findCounter'>;
  readonly views: CounterViews;
  readonly facts: FactPublisher;
}

interface AtCounter {
  readonly counterId: CounterId;
}
interface OnTicket extends AtCounter {
  readonly ticketId: TicketId;
}

export type CounterService = ReturnType<typeof createCounterService>;

export function createCounterService({ queueLog, store, views, facts }: CounterServiceDeps) {
  async function find(context: StaffContext, id: CounterId): Promise<Counter> {
    const counter = await store.findCounter(context, id);
    if (!counter) throw new AppError('NOT_FOUND');
    return counter;
  }

  const queueOf = ({ tenantId }: StaffContext, { locationId }: Counter): QueueHandle => ({ tenantId, locationId });

  /** One command: decide, write, show. */
  async function act(
    context: StaffContext,
    command: string,
    input: AtCounter,
    decide: (situation: Situation) => Decision,
  ): Promise<CounterView> {
    const counter = await find(context, input.counterId);
    const queue = queueOf(context, counter);
    const { situation } = await queueLog.run(queue, {
      actor: toQueueActor(context),
      key: keyOf(context),
      inputHash: hashInput(command, input),
      decide,
    });
    return views(queue, counter, situation);
  }

  const memberOf = ({ actor }: StaffContext) => ({ memberId: actor.membershipId, memberName: actor.name });

  return {
    /** Whoever reads a console over a socket hears of its changes from before the answer on. */
    async read(context: StaffContext, { counterId }: AtCounter): Promise<CounterView> {
      const counter = await find(context, counterId);
      const { tenantId, socketId } = context;
      const mayServe = canRole(context.actor.role, 'queue:serve');
      const roomOf = mayServe ? rooms.counterConsoles : rooms.counterWatchers;
      if (socketId) facts.joinSocket(socketId, roomOf(tenantId, counterId));
      const queue = queueOf(context, counter);
      const view = await views(queue, counter, await queueLog.read(queue));
      return mayServe ? view : hidePerson(view);
    },
    open: (context: StaffContext, input: AtCounter) =>
      act(context, 'counter:open', input, (now) => decideOpenCounter(now, { ...input, ...memberOf(context) })),
    pause: (context: StaffContext, input: AtCounter & { reason: string; resumeAfterMinutes: number | null }) =>
      act(context, 'counter:pause', input, (now) => decidePauseCounter(now, input)),
    resume: (context: StaffContext, input: AtCounter) =>
      act(context, 'counter:resume', input, (now) => decideResumeCounter(now, input.counterId)),
    close: (context: StaffContext, input: AtCounter) =>
      act(context, 'counter:close', input, (now) => decideCloseCounter(now, input.counterId)),
    callNext: (context: StaffContext, input: AtCounter) =>
      act(context, 'ticket:call-next', input, (now) => decideCallNext(now, input.counterId)),
    call: (context: StaffContext, input: OnTicket & { reason: string }) =>
      act(context, 'ticket:call', input, (now) => decideCall(now, { ...input, note: input.reason })),
    recall: (context: StaffContext, input: OnTicket) =>
      act(context, 'ticket:recall', input, (now) => decideRecall(now, input)),
    start: (context: StaffContext, input: OnTicket) =>
      act(context, 'ticket:start', input, (now) => decideStart(now, input)),
    complete: (context: StaffContext, input: OnTicket & { outcome: string | null }) =>
      act(context, 'ticket:complete', input, (now) => decideComplete(now, input)),
    markNoShow: (context: StaffContext, input: OnTicket) =>
      act(context, 'ticket:mark-no-show', input, (now) => decideNoShow(now, input)),
    undoCall: (context: StaffContext, input: OnTicket) =>
      act(context, 'ticket:undo-call', input, (now) => decideUndoCall(now, input)),
    transfer: (
      context: StaffContext,
      input: OnTicket & {
        serviceId: ServiceId;
        mode: TransferMode;
        toCounterId: CounterId | null;
        note: string | null;
      },
    ) => act(context, 'ticket:transfer', input, (now) => decideTransfer(now, input)),
    hold: (context: StaffContext, input: OnTicket & { scope: HoldScope; minutes: number | null }) =>
      act(context, 'ticket:hold', input, (now) => decideHold(now, { ...input, ...memberOf(context) })),
    callHeld: (context: StaffContext, input: OnTicket) =>
      act(context, 'ticket:call-held', input, (now) => decideCallHeld(now, { ...input, ...memberOf(context) })),
    takeBack: (context: StaffContext, input: OnTicket) =>
      act(context, 'ticket:return', input, (now) => decideReturn(now, input.ticketId, true)),
    cancel: (context: StaffContext, input: OnTicket & { reason: string }) =>
      act(context, 'ticket:cancel', input, (now) => decideCancel(now, input.ticketId, input.reason)),
    setClass: (context: StaffContext, input: OnTicket & { classKey: string | null }) =>
      act(context, 'ticket:set-class', input, (now) => decideSetClass(now, input.ticketId, input.classKey)),
    /** Somebody without paper and without a phone page: the ticket lives in the log alone. */
    serveWalkIn: (context: StaffContext, input: AtCounter & { serviceId: ServiceId }) =>
      act(context, 'ticket:serve-walk-in', input, (now) =>
        decideWalkIn(now, input.counterId, {
          ticketId: ticketIdOf(context, keyOf(context)),
          serviceId: input.serviceId,
          source: 'staff',
          presence: 'onsite',
          classKey: null,
          isClassConfirmed: true,
          language: 'en',
          bookedForMs: null,
          overridesLimits: true,
          hasOpenTicket: false,
        }),
      ),
  };
}
