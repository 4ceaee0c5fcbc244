/**
 * Tickets as rows of a file (QA-11): what happened and when, and nothing that a person wrote or that leads to one. CSV as in RFC 4180.
 */
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { toInstant } from './queue.presenter.js';
import type { FullSetup } from './queue.types.js';

/** Cells that begin so are formulas to a spreadsheet; the wide ones too, which some take for the same (INJ-07). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export type ExportRow = Readonly<Record<(typeof EXPORT_COLUMNS)[number], string | number | null>>;

export const EXPORT_COLUMNS = [
  'serviceDay',
  'label',
  'service',
  'counter',
  'source',
  'presence',
  'class',
  'language',
  'state',
  'issuedAt',
  'queuedAt',
  'bookedFor',
  'arrivedAt',
  'firstCalledAt',
  'startedAt',
  'endedAt',
  'waitSeconds',
  'serviceSeconds',
  'transfers',
  'returns',
] as const;

function secondsBetween(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : Math.max(0, Math.round((toMs - fromMs) / 1_000));
}

/** One row per ticket; wait and service are those of its first visit. */
export function toExportRow(ticket: FloorTicket, serviceDay: string, setup: FullSetup): ExportRow {
  const first = ticket.legs[0];
  const counterId = ticket.legs.at(-1)?.counterId;
  return {
    serviceDay,
    label: ticket.label,
    service: setup.servicesById.get(ticket.serviceId)?.names.en ?? '',
    counter: counterId ? (setup.countersById.get(counterId)?.label ?? '') : '',
    source: ticket.source,
    presence: ticket.presence,
    class: ticket.classKey,
    language: ticket.language,
    state: ticket.state,
    issuedAt: toInstant(ticket.issuedAtMs),
    queuedAt: toInstant(ticket.firstQueuedAtMs),
    bookedFor: toInstant(ticket.bookedForMs),
    arrivedAt: toInstant(ticket.arrivedAtMs),
    firstCalledAt: toInstant(first?.calledAtMs ?? null),
    startedAt: toInstant(first?.startedAtMs ?? null),
    endedAt: toInstant(ticket.endedAtMs),
    waitSeconds: first ? secondsBetween(first.queuedAtMs, first.calledAtMs) : null,
    serviceSeconds: first ? secondsBetween(first.startedAtMs, first.endedAtMs) : null,
    transfers: ticket.transferCount,
    returns: ticket.returnCount,
  };
}

function toCell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const CSV_HEADER = `${EXPORT_COLUMNS.join(',')}\r\n`;

export function toCsvLine(row: ExportRow): string {
  return `${EXPORT_COLUMNS.map((column) => toCell(row[column])).join(',')}\r\n`;
}

export function toJsonLine(row: ExportRow): string {
  return `${JSON.stringify(row)}\n`;
}
