/** The queue as it stands at the end: asked of the server while it lives, then read from its store. */
import { join } from 'node:path';
import { createEventModel } from '@frontdesk/server/queue/event.model';
import { createEventStore } from '@frontdesk/server/queue/event.store';
import { createTicketModels } from '@frontdesk/server/queue/ticket.model';
import { createTicketStore } from '@frontdesk/server/queue/ticket.store';
import { createLogger } from '@frontdesk/server/core/logger';
import { openStore } from '@frontdesk/server/core/store/connect';
import type { TicketId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { DayBranch } from './branch.js';
import type { Client } from './client.js';
import type { DayHistory } from './day-history.js';
import { openPhone } from './people.js';
import type { Stage } from './stage.js';

const AT_ONCE = 8;

/** Applies `read` to all, a few at a time, and keeps the order. */
async function mapInSteps<Item, Answer>(
  items: readonly Item[],
  read: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(read))));
  }
  return answers;
}

export async function readPhones(stage: Stage): Promise<DayHistory['phones']> {
  const random = stage.random.fork();
  return mapInSteps(stage.holders, async (holder) => {
    const phone = openPhone(stage, holder, random);
    const answer = await phone.read<HolderState>('ticket:read', {});
    phone.close();
    const { ticketId } = holder;
    if (!answer.ok) return { ticketId, label: holder.label, state: answer.error.code, rev: 0 };
    const { label, state, rev } = answer.data.ticket;
    return { ticketId, label, state, rev };
  });
}

export async function readCounters(
  { branch }: Stage,
  clients: ReadonlyMap<string, Client>,
): Promise<DayHistory['counters']> {
  return mapInSteps(branch.counters, async ({ id }) => {
    const answer = await clients.get(id)?.read<CounterView>('counter:read', { counterId: id });
    if (!answer?.ok) throw new Error(`The counter ${id} cannot be read.`);
    return { counterId: id, ticketId: answer.data.current?.ticket.id ?? null, rev: answer.data.rev };
  });
}

/** Only after the server has let go of the folder. */
export async function readStore(dataDir: string, { tenantId, locationId }: DayBranch) {
  const log = createLogger({ level: 'silent' });
  const { connection, close } = await openStore({ uri: null, dataDir: join(dataDir, 'store'), log });
  try {
    const context = { tenantId };
    const events = createEventStore(createEventModel(connection));
    const tickets = createTicketStore(createTicketModels(connection));
    const written = await events.readAfter(context, locationId, 0, Number.MAX_SAFE_INTEGER);
    const ids = new Set(written.flatMap(({ changes }) => changes.flatMap((change) => ticketOf(change))));
    const rows = await mapInSteps([...ids], async (ticketId) => {
      const row = await tickets.findRow(context, ticketId);
      const { label = 'none', state = 'nothing' } = row?.ticket ?? {};
      return { ticketId, label, state, rev: row?.rev ?? 0, endpoint: row?.push?.endpoint ?? null };
    });
    return { log: written, rows };
  } finally {
    await close();
  }
}

const ticketOf = (change: object): TicketId[] => ('ticketId' in change ? [change.ticketId as TicketId] : []);
