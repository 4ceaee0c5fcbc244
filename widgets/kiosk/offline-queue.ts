/**
 * What a kiosk must not forget when the network or the power goes: the ticket that is being asked for, the labels that it may hand
 * out by itself, and the tickets that it handed out. One small document, replaced as a whole, so that a label leaves its block
 * and its ticket enters the list in the same write: no label is ever given twice (QK-10, QK-18).
 *
 * Pure: who writes it, and where, is `journal.ts`.
 */
import type { DeviceCommands } from '@frontdesk/protocol/device';
import type { IdempotencyKey, ServiceId, TicketToken } from '@frontdesk/protocol/ids';
import type { NumberBlock } from '@frontdesk/protocol/queue-device';
import type { PrintState } from '@frontdesk/protocol/vocabulary';
import type { TimelineMark } from './timeline.js';

export type TicketRequest = Omit<DeviceCommands['ticket:issue']['input'], 'serviceId' | 'token'> & {
  readonly serviceId: ServiceId;
  readonly token: TicketToken;
};
export type SyncInput = DeviceCommands['ticket:sync-issued']['input'];
export type SyncResults = DeviceCommands['ticket:sync-issued']['output']['results'];

/** One wish of one customer. Key and token are made before the first send, so that every try asks for the same ticket. */
export interface Attempt {
  readonly key: IdempotencyKey;
  readonly request: TicketRequest;
}

export interface PendingIssue extends Attempt {
  /** On the timeline. */
  readonly askedAtMs: number;
}

export interface HandedOut extends Attempt {
  readonly label: string;
  /** `YYYY-MM-DD` of the block that the label is from. */
  readonly serviceDay: string;
  /** On the timeline. */
  readonly handedOutAtMs: number;
  readonly print: PrintState;
  /** The server was asked for it and did not answer: it may have a ticket under this key already. */
  readonly wasAsked: boolean;
}

export interface Block {
  readonly serviceDay: string;
  /** Labels that were not given to anybody, in order. */
  readonly labels: readonly string[];
}

export interface Journal {
  readonly pending: PendingIssue | null;
  readonly blocks: Readonly<Record<string, Block>>;
  /** Oldest first. */
  readonly waiting: readonly HandedOut[];
  readonly mark: TimelineMark | null;
}

export const EMPTY_JOURNAL: Journal = { pending: null, blocks: {}, waiting: [], mark: null };

/** The contract takes this many per request. */
const BATCH_MAX = 50;
const OLDEST_SECONDS = 172_800;

/** What was on disk; anything else than a journal of ours reads as an empty one. */
export function readJournal(stored: unknown): Journal {
  const { pending = null, blocks, waiting, mark = null } = (stored ?? {}) as Partial<Journal>;
  if (typeof blocks !== 'object' || !Array.isArray(waiting)) return EMPTY_JOURNAL;
  return { pending, blocks, waiting, mark };
}

export function countLabels({ blocks }: Journal, serviceId: ServiceId, serviceDay: string | null): number {
  const block = blocks[serviceId];
  return block && (serviceDay === null || block.serviceDay === serviceDay) ? block.labels.length : 0;
}

/** Labels of a new day replace those of the day before, which nobody may hand out any more. */
export function addBlock(journal: Journal, { serviceId, serviceDay, labels }: NumberBlock): Journal {
  const known = journal.blocks[serviceId];
  if (known && known.serviceDay > serviceDay) return journal;
  const kept = known?.serviceDay === serviceDay ? known.labels : [];
  const blocks = { ...journal.blocks, [serviceId]: { serviceDay, labels: [...new Set([...kept, ...labels])] } };
  return { ...journal, blocks };
}

export interface HandOut {
  readonly attempt: Attempt;
  readonly atMs: number;
  readonly wasAsked: boolean;
  /** Whether labels of a service day may still be given. */
  isDayUsable(serviceDay: string): boolean;
}

/** The next label of the service's block goes to this customer; null when there is none left. */
export function handOut(
  journal: Journal,
  { attempt, atMs, wasAsked, isDayUsable }: HandOut,
): { readonly journal: Journal; readonly ticket: HandedOut } | null {
  const known = journal.waiting.find(({ key }) => key === attempt.key);
  if (known) return { journal, ticket: known };
  const { serviceId } = attempt.request;
  const block = journal.blocks[serviceId];
  const [label, ...labels] = block?.labels ?? [];
  if (!block || label === undefined || !isDayUsable(block.serviceDay)) return null;
  const { serviceDay } = block;
  const { key, request } = attempt;
  const ticket: HandedOut = { key, request, label, serviceDay, handedOutAtMs: atMs, print: 'none', wasAsked };
  return {
    ticket,
    journal: {
      ...journal,
      pending: journal.pending?.key === key ? null : journal.pending,
      blocks: { ...journal.blocks, [serviceId]: { serviceDay, labels } },
      waiting: [...journal.waiting, ticket],
    },
  };
}

export function notePrint(journal: Journal, key: IdempotencyKey, print: PrintState): Journal {
  const waiting = journal.waiting.map((ticket) => (ticket.key === key ? { ...ticket, print } : ticket));
  return { ...journal, waiting };
}

/** The oldest tickets as the server takes them, with their ages of this moment. */
export function describeBatch({ waiting }: Journal, nowMs: number, max = BATCH_MAX): SyncInput {
  const tickets = waiting.slice(0, max).map(({ key, request, label, serviceDay, handedOutAtMs }) => ({
    ...request,
    idempotencyKey: key,
    label,
    serviceDay,
    ageSeconds: Math.min(Math.max(nowMs - handedOutAtMs, 0) / 1_000, OLDEST_SECONDS),
  }));
  return { tickets };
}

/** What was answered leaves the list, stored or refused: asking again would bring the same answer. */
export function settleBatch(
  journal: Journal,
  results: SyncResults,
): { readonly journal: Journal; readonly settled: readonly Settled[] } {
  const byLabel = new Map(results.map((result) => [result.label, result]));
  const settled = journal.waiting.flatMap((ticket) => {
    const result = byLabel.get(ticket.label);
    return result ? [{ ticket, result }] : [];
  });
  const waiting = journal.waiting.filter(({ label }) => !byLabel.has(label));
  return { journal: { ...journal, waiting }, settled };
}

export interface Settled {
  readonly ticket: HandedOut;
  readonly result: SyncResults[number];
}
