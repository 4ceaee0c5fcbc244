/** What is kept of a ticket for a slow start: the last picture, and which call was answered. */
import type { TicketModel } from './ticket-store.js';

export interface TicketSnapshot {
  readonly model: TicketModel;
  readonly asOfMs: number;
  readonly answeredCall: string | null;
}

const VERSION = 1;

export function toSnapshot(snapshot: TicketSnapshot): object {
  return { version: VERSION, ...snapshot };
}

/** null when nothing was kept, or another release kept it. */
export function fromSnapshot(stored: unknown): TicketSnapshot | null {
  const value = stored as (Partial<TicketSnapshot> & { version?: unknown }) | null;
  if (value?.version !== VERSION || typeof value.model?.ticket?.label !== 'string') return null;
  if (typeof value.asOfMs !== 'number') return null;
  return { model: value.model, asOfMs: value.asOfMs, answeredCall: value.answeredCall ?? null };
}
