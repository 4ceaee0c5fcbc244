/** The log of a queue on a real store. `startNode` opens the same store again, which is what a second process is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIdempotencyKey, type CounterId, type MembershipId, type ServiceId } from '@frontdesk/protocol/ids';
import type { TenantId, TicketId } from '@frontdesk/protocol/ids';
import { decideIssue } from '@frontdesk/domain/queue/decide-issue';
import { decideCallNext } from '@frontdesk/domain/queue/decide-call';
import { decideOpenCounter } from '@frontdesk/domain/queue/decide-location';
import type { Decision, Situation } from '@frontdesk/domain/queue/decision';
import { buildIndexes, openStore } from '@frontdesk/server/core/store/connect';
import { createLogger } from '@frontdesk/server/core/logger';
import { createLocationModel } from '@frontdesk/server/locations/locations.model';
import { createLocationStore } from '@frontdesk/server/locations/locations.store';
import { createEventModel } from '@frontdesk/server/queue/event.model';
import { createEventStore, type EventStore } from '@frontdesk/server/queue/event.store';
import { createQueueLog, type Committed, type QueueLog } from '@frontdesk/server/queue/queue-log';
import type { LoggedEvent, QueueHandle } from '@frontdesk/server/queue/queue.types';
import { createSetupModels } from '@frontdesk/server/queue/setup.model';
import { createSetupStore } from '@frontdesk/server/queue/setup.store';
import { createSetups } from '@frontdesk/server/queue/setups';
import type { FakeClock } from './core.js';
import { startTestDatabase } from './database.js';

export interface QueueNode {
  readonly queueLog: QueueLog;
  readonly events: EventStore;
  /** What the listeners of this process were told, in order. */
  readonly told: LoggedEvent[];
  run(command: QueueStep): Promise<Committed>;
  close(): Promise<void>;
}

export interface QueueStep {
  readonly key?: string | null;
  readonly hash?: string;
  readonly decide: (situation: Situation) => Decision;
}

export interface TestQueue {
  readonly queue: QueueHandle;
  readonly clock: FakeClock;
  readonly serviceId: ServiceId;
  readonly counterIds: readonly CounterId[];
  /** `wrap` may put something between the log and its store. */
  startNode(wrap?: (store: EventStore) => EventStore): Promise<QueueNode>;
  /** The whole log as it stands in the store. */
  readLog(): Promise<LoggedEvent[]>;
  close(): Promise<void>;
}

const tenantId = '0123456789abcdef00000001' as TenantId;
const always = { from: '00:00', to: '24:00' };

let made = 0;

export const nextTicketId = (): TicketId => (made += 1).toString(16).padStart(24, '0') as TicketId;

export function issue(serviceId: ServiceId, ticketId: TicketId = nextTicketId()): QueueStep {
  return {
    decide: (now) =>
      decideIssue(now, {
        ticketId,
        serviceId,
        source: 'kiosk',
        presence: 'onsite',
        classKey: null,
        isClassConfirmed: false,
        language: 'en',
        bookedForMs: null,
        overridesLimits: false,
        hasOpenTicket: false,
      }),
  };
}

export const callNext = (counterId: CounterId): QueueStep => ({ decide: (now) => decideCallNext(now, counterId) });

export function openCounter(counterId: CounterId): QueueStep {
  const memberId = counterId as string as MembershipId;
  return { decide: (now) => decideOpenCounter(now, { counterId, memberId, memberName: 'Mei' }) };
}

export async function startTestQueue(counterCount = 50): Promise<TestQueue> {
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-queue-'));
  const log = createLogger({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  // Noon, so that a test that lets hours pass decides itself when the day changes.
  let nowMs = Date.parse('2026-03-02T04:00:00Z');
  const clock: FakeClock = {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
  const nodes: QueueNode[] = [];

  async function open() {
    const { connection, ...store } = await openStore({ uri: database.uri, dataDir, log });
    const locations = createLocationStore(createLocationModel(connection));
    const setup = createSetupStore(createSetupModels(connection));
    const events = createEventStore(createEventModel(connection));
    await buildIndexes(connection);
    return { locations, setup, events, close: () => store.close() };
  }

  const owner = await open();
  const location = await owner.locations.insert(
    { tenantId },
    {
      name: 'Branch',
      address: '',
      timeZone: 'Asia/Kuala_Lumpur',
      nextTimeZone: null,
      dayStart: '04:00',
      hours: { weekly: Array.from({ length: 7 }, () => [always]), specialDays: [], holidays: [] },
      languages: ['en'],
      country: 'MY',
      geofence: null,
      phone: null,
      isArchived: false,
    },
    new Date(nowMs),
  );
  const service = await owner.setup.insertService(
    { tenantId },
    location.id,
    {
      names: { en: 'General' },
      series: { prefix: 'A', width: 4, first: 1, last: 9_999 },
      pool: 'main',
      typicalMinutes: 5,
      targetWaitMinutes: 20,
      capPerDay: null,
      maxWaiting: null,
      stopAt: null,
      askName: 'no',
      askPhone: 'no',
      consentText: '',
      isRemoteJoinAllowed: false,
      isArchived: false,
    },
    new Date(nowMs),
  );
  if (service === 'taken') throw new Error('the series is taken');
  const counterIds: CounterId[] = [];
  for (let at = 1; at <= counterCount; at += 1) {
    const fields = { label: `Counter ${at}`, group: '', serviceIds: [service.id], isArchived: false };
    counterIds.push((await owner.setup.insertCounter({ tenantId }, location.id, fields, new Date(nowMs))).id);
  }
  const queue: QueueHandle = { tenantId, locationId: location.id };

  return {
    queue,
    clock,
    serviceId: service.id,
    counterIds,
    readLog: () => owner.events.readAfter(queue, queue.locationId, 0, Number.MAX_SAFE_INTEGER),
    async startNode(wrap = (store) => store) {
      const { locations, setup, events, close } = await open();
      const setups = createSetups({
        store: setup,
        locations: { ...locations, applyNextTimeZone: async () => undefined } as never,
        clock,
      });
      const queueLog = createQueueLog({ store: wrap(events), setups, clock, log });
      const told: LoggedEvent[] = [];
      queueLog.subscribe((_queue, event) => told.push(event));
      const node: QueueNode = {
        queueLog,
        events,
        told,
        run: ({ decide, key = createIdempotencyKey(), hash = 'hash' }) =>
          queueLog.run(queue, {
            actor: { kind: 'system', id: 'test', name: 'test' },
            key,
            inputHash: key === null ? null : hash,
            decide,
          }),
        async close() {
          await queueLog.stop();
          await close();
        },
      };
      nodes.push(node);
      return node;
    },
    async close() {
      for (const node of nodes) await node.close();
      await owner.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
