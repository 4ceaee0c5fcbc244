/**
 * Staff who look at an agenda are told what another process wrote. Each process tells its own staff of its own writes at once; once a
 * second it reads how often the agendas changed that somebody here looks at, and tells what it has not told (booking.md 5.5, `rev`).
 */
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { Scoped } from './booking.types.js';
import type { RevisionStore, StaffRevisions } from './revisions.store.js';

/** How late news from another process is at most, besides the read itself. */
const REVISION_INTERVAL_MS = 1_000;

type Subject = 'setup' | LocationId;

export interface AgendaWatch {
  /** Before an agenda is read: whatever changes afterwards is told to the staff of the business here. */
  follow(context: Scoped): Promise<void>;
  /** This process told its staff by itself. */
  noteTold(tenantId: TenantId, subject: Subject, now: StaffRevisions): void;
  start(): void;
  stop(): Promise<void>;
}

const countOf = ({ setup, places }: StaffRevisions, subject: Subject): number =>
  subject === 'setup' ? setup : (places[subject] ?? 0);

export function createAgendaWatch(deps: {
  readonly revisions: Pick<RevisionStore, 'readForStaff'>;
  readonly facts: Pick<FactPublisher, 'toStaff' | 'hasSockets'>;
  readonly log: Logger;
}): AgendaWatch {
  const { revisions, facts, log } = deps;
  /** Of each business that somebody here looks at: what was told, by subject. */
  const told = new Map<TenantId, Map<Subject, number>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  /** True when it is news. */
  function note(tenantId: TenantId, subject: Subject, count: number): boolean {
    const known = told.get(tenantId);
    if (!known || (known.get(subject) ?? 0) >= count) return false;
    known.set(subject, count);
    return true;
  }

  function tell(tenantId: TenantId, now: StaffRevisions): void {
    const room = rooms.tenantStaff(tenantId);
    for (const locationId of Object.keys(now.places) as LocationId[]) {
      if (note(tenantId, locationId, countOf(now, locationId))) facts.toStaff(room, 'agenda:changed', { locationId });
    }
    if (note(tenantId, 'setup', now.setup)) facts.toStaff(room, 'workspace:changed', { what: 'booking' });
  }

  async function look(): Promise<void> {
    for (const tenantId of told.keys()) if (!facts.hasSockets(rooms.tenantStaff(tenantId))) told.delete(tenantId);
    if (told.size === 0) return;
    for (const [tenantId, now] of await revisions.readForStaff([...told.keys()])) tell(tenantId, now);
  }

  return {
    async follow({ tenantId }) {
      if (tenantId === null || told.has(tenantId)) return;
      const now = (await revisions.readForStaff([tenantId])).get(tenantId) ?? { setup: 0, places: {} };
      if (told.has(tenantId)) return;
      const subjects: Subject[] = ['setup', ...(Object.keys(now.places) as LocationId[])];
      told.set(tenantId, new Map(subjects.map((subject) => [subject, countOf(now, subject)])));
    },
    noteTold: (tenantId, subject, now) => void note(tenantId, subject, countOf(now, subject)),
    start() {
      timer = setInterval(() => {
        looking = looking
          .then(look)
          .catch((error: unknown) => log.warn({ err: error }, 'changes of agendas could not be read'));
      }, REVISION_INTERVAL_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
