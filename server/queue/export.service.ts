/** Tickets of a period as a file, from the log (QA-11). */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import { AppError } from '../core/errors.js';
import type { EventStore } from './event.store.js';
import { CSV_HEADER, toCsvLine, toExportRow, toJsonLine } from './export.rows.js';
import type { FullSetup, Scoped, Setups } from './queue.types.js';
import { listDates, readEvents, type Period } from './report.service.js';

const MOST_DAYS = 31;
const MOST_TICKETS = 50_000;

export interface ExportRequest extends Period {
  readonly format: 'csv' | 'json';
}

export type ExportService = ReturnType<typeof createExportService>;

const formats = {
  csv: { mediaType: 'text/csv; charset=utf-8; header=present', extension: 'csv', head: CSV_HEADER, toLine: toCsvLine },
  json: { mediaType: 'application/x-ndjson', extension: 'jsonl', head: '', toLine: toJsonLine },
} as const;

export function createExportService(deps: { readonly events: Pick<EventStore, 'readDays'>; readonly setups: Setups }) {
  async function writeLines(context: Scoped, request: ExportRequest, setup: FullSetup): Promise<string[]> {
    const { toLine, head } = formats[request.format];
    const lines: string[] = [head];
    let floor = createFloor();
    /** Who is served over the change of day stands with the day in which that ends. */
    const write = (isLast: boolean): void => {
      for (const ticket of floor.tickets.values()) {
        if (!isLast && (ticket.state === 'called' || ticket.state === 'serving')) continue;
        lines.push(toLine(toExportRow(ticket, floor.serviceDay, setup)));
      }
      if (lines.length <= MOST_TICKETS) return;
      throw new AppError('VALIDATION', { fields: { to: `must be within ${MOST_TICKETS} tickets` } });
    };
    const dates = listDates(request, MOST_DAYS);
    for await (const event of readEvents(deps.events, context, request.locationId, dates)) {
      if (event.changes.some(({ type }) => type === 'day-began')) {
        write(false);
        floor = createFloor();
      }
      floor.apply(event);
    }
    write(true);
    return lines;
  }

  return {
    async export(context: Scoped, request: ExportRequest) {
      const setup = await deps.setups.read(context, request.locationId);
      const { mediaType, extension } = formats[request.format];
      const text = (await writeLines(context, request, setup)).join('');
      return { fileName: `tickets-${request.from}-${request.to}.${extension}`, mediaType, text };
    },
  };
}
