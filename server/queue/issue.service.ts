/**
 * New tickets. The look-up row and the person are written first, the event last: until the event is in the log there is no ticket,
 * and a row without one is swept away. The ids come from the command's key, so that every try writes the same things.
 */
import {
  decideCheckIn,
  decideIssue,
  decideOfflineIssue,
  type IssueRequest,
} from '@frontdesk/domain/queue/decide-issue';
import { allow, type Decision, type Situation } from '@frontdesk/domain/queue/decision';
import { isOpenTicket } from '@frontdesk/domain/queue/floor';
import type { DeviceId, LocationId, ServiceId, TicketId, TicketToken } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { CheckedInTicket, IssuedTicket } from '@frontdesk/protocol/queue-device';
import type { TicketPresence, TicketSource } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { TenantContext } from '../core/context.js';
import { deriveSecret } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { hashInput } from '../core/idempotency.js';
import { hashSecret } from '../core/secrets.js';
import { keyOf, ticketIdOf, toQueueActor } from './actors.js';
import type { FoundTicket } from './check-in-code.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { Places } from './places.js';
import type { Committed, QueueLog } from './queue-log.js';
import type { FullSetup, LiveSituation, QueueHandle, Service, Setups } from './queue.types.js';
import type { TicketStore } from './ticket.store.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** What every way of getting a ticket has in common. */
export interface NewTicket {
  readonly serviceId: ServiceId;
  readonly token: TicketToken;
  readonly language: Locale;
  readonly classKey: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly hasConsented: boolean;
}

export interface IssueTerms {
  readonly source: TicketSource;
  readonly presence: TicketPresence;
  readonly isClassConfirmed: boolean;
  readonly overridesLimits: boolean;
  readonly bookedForMs: number | null;
  readonly note: string;
}

export interface IssueDeps {
  readonly queueLog: QueueLog;
  readonly setups: Setups;
  readonly tickets: TicketStore;
  readonly places: Places;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly secret: Buffer;
}

/** A ticket that a kiosk handed out without a network, and what is known of when. */
export interface OfflineTicket extends NewTicket {
  readonly label: string;
  readonly serviceDay: string;
}

export interface OfflineTimes {
  readonly handedOutAtMs: number;
  readonly lastContactMs: number;
}

interface Answers {
  readonly name: string;
  readonly phone: string | null;
  readonly note: string;
}

const OFFLINE_TERMS: IssueTerms = {
  source: 'kiosk',
  presence: 'onsite',
  isClassConfirmed: false,
  overridesLimits: true,
  bookedForMs: null,
  note: '',
};

/** The live ticket's address; the token stands behind the hash, where no server log sees it. */
export function ticketUrl(publicUrl: string, token: TicketToken): string {
  return `${publicUrl}/t#${token}`;
}

function checkAnswers(service: Service, ticket: NewTicket): void {
  const fields: Record<string, string> = {};
  if (service.askName === 'required' && !ticket.name) fields['name'] = 'must not be empty';
  if (service.askPhone === 'required' && !ticket.phone) fields['phone'] = 'must not be empty';
  const givesPerson = ticket.name !== null || ticket.phone !== null;
  // What nobody asked for is not kept, and nothing is kept without consent (QK-8).
  if (givesPerson && !ticket.hasConsented) fields['hasConsented'] = 'must be given for name and phone';
  if (Object.keys(fields).length > 0) throw new AppError('VALIDATION', { fields });
}

function readAnswers(service: Service, ticket: NewTicket, country: string, note: string): Answers {
  checkAnswers(service, ticket);
  return {
    name: service.askName === 'no' ? '' : (ticket.name ?? ''),
    phone: service.askPhone === 'no' ? null : readPhoneNumber(ticket.phone, country),
    note,
  };
}

/** The paper is in the customer's hand: an answer that would have been refused is left out instead. */
function readOfflineAnswers(service: Service, ticket: NewTicket, country: string): Answers {
  try {
    return readAnswers(service, ticket, country, '');
  } catch (error) {
    if (error instanceof AppError) return { name: '', phone: null, note: '' };
    throw error;
  }
}

export type IssueService = ReturnType<typeof createIssueService>;

export function createIssueService(deps: IssueDeps) {
  const { queueLog, setups, tickets, clock, publicUrl } = deps;

  function findService(setup: FullSetup, id: ServiceId): Service {
    const service = setup.servicesById.get(id);
    if (!service) throw new AppError('NOT_FOUND');
    return service;
  }

  async function prepare(
    context: TenantContext,
    { location }: FullSetup,
    ticket: NewTicket,
    { name, phone, note }: Answers,
  ): Promise<TicketId> {
    const ticketId = ticketIdOf(context, keyOf(context));
    const now = new Date(clock.now());
    const tokenHash = hashSecret(ticket.token);
    const spareUntil = new Date(now.getTime() + dayMs);
    const row = { ticketId, locationId: location.id, tokenHash, spareUntil, now };
    if ((await tickets.insertRow(context, row)) === 'taken') throw new AppError('IDEMPOTENCY_MISMATCH');
    if (name !== '' || phone !== null || note !== '') {
      await tickets.putPerson(context, ticketId, {
        locationId: location.id,
        name,
        phone,
        note,
        consentAt: ticket.hasConsented ? now : null,
        serviceDay: '',
        purgeAt: spareUntil,
      });
    }
    return ticketId;
  }

  /** One open ticket per phone number and service (5.2). */
  async function findRivals(
    context: TenantContext,
    locationId: LocationId,
    ticketId: TicketId,
    phone: string | null,
  ): Promise<TicketId[]> {
    if (phone === null) return [];
    const ids = await tickets.findTicketsOfPhone(context, locationId, phone);
    return ids.filter((id) => id !== ticketId);
  }

  function toRequest(ticket: NewTicket, terms: IssueTerms, ticketId: TicketId): Omit<IssueRequest, 'hasOpenTicket'> {
    const { serviceId, classKey, language } = ticket;
    const { source, presence, isClassConfirmed, bookedForMs, overridesLimits } = terms;
    return {
      ticketId,
      serviceId,
      source,
      presence,
      classKey,
      isClassConfirmed,
      language,
      bookedForMs,
      overridesLimits,
    };
  }

  function run(
    context: TenantContext,
    queue: QueueHandle,
    command: string,
    input: unknown,
    decide: (now: Situation) => Decision,
  ): Promise<Committed> {
    const inputHash = hashInput(command, input);
    return queueLog.run(queue, { actor: toQueueActor(context), key: keyOf(context), inputHash, decide });
  }

  function present(situation: LiveSituation, ticketId: TicketId, queue: QueueHandle): Omit<IssuedTicket, 'url'> {
    const ticket = situation.floor.tickets.get(ticketId);
    const service = ticket && situation.setup.servicesById.get(ticket.serviceId);
    if (!ticket || !service) throw new AppError('NOT_FOUND');
    return {
      ticketId,
      label: ticket.label,
      serviceNames: service.names,
      issuedAt: new Date(ticket.issuedAtMs).toISOString(),
      place: deps.places.placeOf(queue, situation, ticket),
      warnsOfClosing: deps.places.warnsOfClosing(queue, situation, ticket.serviceId),
    };
  }

  return {
    /** As its holder sees it. */
    async present(
      situation: LiveSituation,
      ticketId: TicketId,
      queue: QueueHandle,
    ): Promise<Omit<IssuedTicket, 'url'>> {
      await deps.places.load(queue);
      return present(situation, ticketId, queue);
    },
    async issue(
      context: TenantContext,
      locationId: LocationId,
      command: string,
      ticket: NewTicket,
      terms: IssueTerms,
    ): Promise<IssuedTicket> {
      const queue = { tenantId: context.tenantId, locationId };
      const setup = await setups.read(context, locationId);
      const service = findService(setup, ticket.serviceId);
      const answers = readAnswers(service, ticket, setup.location.country, terms.note);
      const ticketId = await prepare(context, setup, ticket, answers);
      await deps.places.load(queue);
      const rivals = await findRivals(context, locationId, ticketId, answers.phone);
      const request = toRequest(ticket, terms, ticketId);
      const { situation } = await run(context, queue, command, ticket, (now) => {
        const refused = terms.overridesLimits ? undefined : deps.places.refuseLate(queue, now, ticket.serviceId);
        if (refused) return refused;
        const hasOpenTicket = rivals.some((id) => {
          const other = now.floor.tickets.get(id);
          return other !== undefined && isOpenTicket(other) && other.serviceId === ticket.serviceId;
        });
        return decideIssue(now, { ...request, hasOpenTicket });
      });
      return { ...present(situation, ticketId, queue), url: ticketUrl(publicUrl, ticket.token) };
    },
    /** Throws CONFLICT for a ticket of another day, VALIDATION for a number that was never reserved for the device. */
    async issueOffline(
      context: TenantContext,
      { deviceId, locationId }: { readonly deviceId: DeviceId; readonly locationId: LocationId },
      ticket: OfflineTicket,
      { handedOutAtMs, lastContactMs }: OfflineTimes,
    ): Promise<TicketId> {
      const queue = { tenantId: context.tenantId, locationId };
      const setup = await setups.read(context, locationId);
      const service = findService(setup, ticket.serviceId);
      const answers = readOfflineAnswers(service, ticket, setup.location.country);
      const ticketId = await prepare(context, setup, ticket, answers);
      const { label, serviceDay } = ticket;
      const request = { ...toRequest(ticket, OFFLINE_TERMS, ticketId), hasOpenTicket: false };
      const { serviceId, token } = ticket;
      // What is asked twice is the same ticket, however old it says that it is by then.
      await run(context, queue, 'ticket:sync-issued', { serviceId, label, serviceDay, token }, (now) => {
        const ageMs = now.nowMs - handedOutAtMs;
        return decideOfflineIssue(now, { request, deviceId, label, serviceDay, ageMs, lastContactMs });
      });
      return ticketId;
    },
    async checkIn(
      context: TenantContext,
      queue: QueueHandle,
      { ticketId, token }: FoundTicket,
      input: { readonly code: string; readonly language: Locale },
    ): Promise<CheckedInTicket> {
      await deps.places.load(queue);
      const { language } = input;
      // It may be a phone number, and the log keeps the hash for good: without the secret nobody finds it by trying them all.
      const code = deriveSecret(deps.secret, input.code).toString('base64url');
      const { event, situation } = await run(context, queue, 'ticket:check-in', { code, language }, (now) => {
        const decision = decideCheckIn(now, ticketId);
        if (!decision.ok || now.floor.tickets.get(ticketId)?.language === language) return decision;
        return allow(...decision.changes, { type: 'ticket-language-set', ticketId, language });
      });
      // Asked again, a phone number may name the next of its owner's tickets; the answer is about the first.
      const arrived = event?.changes.find((change) => change.type === 'ticket-checked-in')?.ticketId ?? ticketId;
      return { ...present(situation, arrived, queue), url: token && ticketUrl(publicUrl, token) };
    },
  };
}
