/**
 * A branch as a kiosk sees it, played by a script: the same rules as the server's for keys, labels and blocks, and a network whose failures
 * the test decides.
 */
import type { DeviceCommands } from '@frontdesk/protocol/device';
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { ConnectionState, RequestOptions } from '@frontdesk/widgets/core/client/connection-types';
import type { DeviceConnection } from '@frontdesk/widgets/core/client/device-client';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import { createStore } from '@frontdesk/widgets/core/client/store';
import { DEMO_OFFER, DEMO_SELF, DEMO_SERVICE } from '@frontdesk/widgets/kiosk/kiosk-states';

type Name = keyof DeviceCommands;
type Handler = (input: never, options: RequestOptions) => unknown;

type BookingInput = DeviceCommands['booking:check-in']['input'];

export interface Call {
  readonly name: Name;
  readonly input: unknown;
  readonly key: string | undefined;
}

export interface KnownTicket {
  readonly key: string;
  readonly label: string;
  readonly id: string;
  readonly input: unknown;
  readonly ageSeconds: number | null;
}

export interface ScriptedBranch {
  readonly connection: DeviceConnection;
  readonly calls: Call[];
  /** In the order in which they joined the line. */
  readonly tickets: KnownTicket[];
  readonly prints: { readonly ticketId: string; readonly print: string }[];
  self: DeviceSelf;
  offer: QueueOffer;
  /** Answers of the next requests are lost after the server has acted. */
  loseAnswers: number;
  /** Code of the errors that the next issues are answered with. */
  refusals: ErrorBody[];
  /** Requests do not arrive. */
  setDown(isDown: boolean): void;
  countOf(name: Name): number;
  emit(name: string, fact: unknown): void;
}

export function buildError(code: ErrorBody['code'], more: Partial<ErrorBody> = {}): ErrorBody {
  return { code, message: code, requestId: 'scripted', ...more };
}

const ONLINE: ConnectionState = {
  phase: 'online',
  reason: null,
  revocation: null,
  instance: 'one',
  isReachable: false,
  clockOffsetMs: 0,
};

export function createScriptedBranch(pin = '2468'): ScriptedBranch {
  const state = createStore<ConnectionState>(ONLINE);
  const listeners = new Map<string, Set<(fact: never) => void>>();
  const blocks: string[] = [];
  let isDown = false;

  const place = { ahead: 3, orderRev: 1, estimate: { kind: 'position-only' } } as const;
  const findByKey = (key: string): KnownTicket | undefined => branch.tickets.find((ticket) => ticket.key === key);

  function add(key: string, label: string, input: unknown, ageSeconds: number | null): KnownTicket {
    const ticket = { key, label, id: `ticket-${label}`, input, ageSeconds };
    branch.tickets.push(ticket);
    return ticket;
  }

  const handlers: Record<Name, Handler> = {
    'device:read': () => branch.self,
    'device:report': () => ({ serverTime: branch.offer.serverTime }),
    'device:check-pin': ({ pin: typed }: { pin: string }) => ({ isRight: typed === pin }),
    'board:read': () => null,
    'call:shown': () => ({ accepted: true }),
    'queue:offer': () => branch.offer,
    'ticket:issue': (input: { token: string }, { idempotencyKey = '' }) => {
      const refusal = findByKey(idempotencyKey) ? undefined : branch.refusals.shift();
      if (refusal) return { error: refusal };
      const number = branch.tickets.filter(({ label }) => label.startsWith('A')).length + 1;
      const known =
        findByKey(idempotencyKey) ?? add(idempotencyKey, `A${String(number).padStart(3, '0')}`, input, null);
      return {
        ticketId: known.id,
        label: known.label,
        serviceNames: DEMO_SERVICE.names,
        issuedAt: branch.offer.serverTime,
        place,
        url: `https://desk.example/t#${input.token}`,
        warnsOfClosing: false,
      };
    },
    'ticket:reserve-block': ({ serviceId, count }: { serviceId: string; count: number }) => {
      const from = blocks.length + 101;
      const labels = Array.from({ length: count }, (_, index) => `KA${from + index}`);
      blocks.push(...labels);
      return { serviceId, serviceDay: '2026-11-20', labels };
    },
    'ticket:sync-issued': ({
      tickets,
    }: {
      tickets: { idempotencyKey: string; label: string; ageSeconds: number }[];
    }) => ({
      results: tickets.map((ticket) => {
        const known = findByKey(ticket.idempotencyKey);
        if (known && known.label !== ticket.label) {
          return { state: 'refused', label: ticket.label, reason: 'IDEMPOTENCY_MISMATCH' };
        }
        const isReserved = blocks.includes(ticket.label);
        if (!isReserved) return { state: 'refused', label: ticket.label, reason: 'VALIDATION' };
        const stored = known ?? add(ticket.idempotencyKey, ticket.label, ticket, ticket.ageSeconds);
        return { state: 'stored', label: ticket.label, ticketId: stored.id };
      }),
    }),
    'ticket:check-in': ({ code }: { code: string }) => {
      if (code === 'EARLY') return { error: buildError('OUTSIDE_WINDOW', { retryAfterMs: 40 * 60_000 }) };
      if (code !== 'A050') return { error: buildError('NOT_FOUND') };
      return {
        ticketId: 'ticket-A050',
        label: 'A050',
        serviceNames: DEMO_SERVICE.names,
        issuedAt: branch.offer.serverTime,
        place,
        url: null,
        warnsOfClosing: false,
      };
    },
    'booking:check-in': ({ code, phoneEnd, queueServiceId }: BookingInput) => {
      if (phoneEnd !== '6789' && !code.includes('#')) return { error: buildError('NOT_FOUND') };
      if (queueServiceId === null && branch.offer.services.length > 1) {
        return { error: buildError('VALIDATION', { fields: { queueServiceId: 'must be chosen' } }) };
      }
      return handlers['ticket:check-in']({ code: 'A050' } as never, {});
    },
    'ticket:report-print': (report: { ticketId: string; print: string }) => {
      branch.prints.push(report);
      return { accepted: true };
    },
  };

  async function request(name: Name, input: unknown, options: RequestOptions = {}): Promise<Result<unknown>> {
    branch.calls.push({ name, input, key: options.idempotencyKey });
    await Promise.resolve();
    if (isDown) return createUnknownOutcome('The network is down.');
    const answer = handlers[name](input as never, options) as { error?: ErrorBody } | null;
    if (branch.loseAnswers > 0) {
      branch.loseAnswers -= 1;
      return createUnknownOutcome('The answer was lost.');
    }
    return answer?.error ? { ok: false, error: answer.error } : { ok: true, data: answer };
  }

  const branch: ScriptedBranch = {
    connection: {
      getState: state.getState,
      subscribe: state.subscribe,
      request: request as DeviceConnection['request'],
      on(name, listener) {
        const group = listeners.get(name) ?? new Set();
        listeners.set(name, group.add(listener));
        return () => void group.delete(listener);
      },
      acquire: () => () => {},
      reconnect() {},
      probe: () => Promise.resolve(!isDown),
      close() {},
    },
    calls: [],
    tickets: [],
    prints: [],
    self: DEMO_SELF,
    offer: { ...DEMO_OFFER, services: [DEMO_SERVICE] },
    loseAnswers: 0,
    refusals: [],
    setDown(next) {
      isDown = next;
      state.patch({ phase: next ? 'offline' : 'online' });
    },
    countOf: (name) => branch.calls.filter((call) => call.name === name).length,
    emit(name, fact) {
      for (const listener of listeners.get(name) ?? []) listener(fact as never);
    },
  };
  return branch;
}
