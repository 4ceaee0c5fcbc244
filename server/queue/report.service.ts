/**
 * What happened at a branch, from its log (QA-9, QA-10). Days are read one after the other and folded in slices, so that neither
 * memory nor the others on this process feel how long the period is.
 */
import { createFigures } from '@frontdesk/domain/queue/figures';
import { addDays, parseDate } from '@frontdesk/domain/hours/zone';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { HonestyWeek, QueueReport } from '@frontdesk/protocol/queue-reports';
import { AppError } from '../core/errors.js';
import type { EventStore } from './event.store.js';
import type { LoggedEvent, Scoped, Setups } from './queue.types.js';
import { createWeeks, judge } from './report.honesty.js';
import type { ReportStore } from './report.store.js';

const MOST_DAYS = 92;
const SLICE_SIZE = 200;
const dayMs = 86_400_000;

export interface Period {
  readonly locationId: LocationId;
  readonly from: string;
  readonly to: string;
}

/** Every date from `from` to `to`. Throws VALIDATION for a period that is empty or too long. */
export function listDates({ from, to }: Pick<Period, 'from' | 'to'>, mostDays: number): string[] {
  const count = Math.round((parseDate(to) - parseDate(from)) / dayMs) + 1;
  if (count < 1) throw new AppError('VALIDATION', { fields: { to: 'must not be before the first day' } });
  if (count > mostDays) throw new AppError('VALIDATION', { fields: { to: `must be within ${mostDays} days` } });
  return Array.from({ length: count }, (_, at) => addDays(from, at));
}

/** The events of these days in their order; between two slices others get their turn. */
export async function* readEvents(
  events: Pick<EventStore, 'readDays'>,
  context: Scoped,
  locationId: LocationId,
  dates: readonly string[],
): AsyncGenerator<LoggedEvent> {
  for (const date of dates) {
    const day = await events.readDays(context, locationId, date, date);
    for (const [at, event] of day.entries()) {
      if (at % SLICE_SIZE === SLICE_SIZE - 1) await new Promise((resolve) => setImmediate(resolve));
      yield event;
    }
  }
}

export interface ReportDeps {
  readonly events: Pick<EventStore, 'readDays'>;
  readonly store: ReportStore;
  readonly setups: Setups;
}

export type ReportService = ReturnType<typeof createReportService>;

export function createReportService({ events, store, setups }: ReportDeps) {
  return {
    async read(context: Scoped, period: Period): Promise<QueueReport> {
      const dates = listDates(period, MOST_DAYS);
      const { services } = await setups.read(context, period.locationId);
      const figures = createFigures(services);
      for await (const event of readEvents(events, context, period.locationId, dates)) figures.observe(event);
      return { from: period.from, to: period.to, ...figures.summarize() };
    },
    async readHonesty(context: Scoped, period: Period): Promise<{ weeks: HonestyWeek[] }> {
      const dates = listDates(period, MOST_DAYS);
      await setups.read(context, period.locationId);
      const weeks = createWeeks();
      for (const date of dates) weeks.add(date, judge(await store.readPromised(context, period.locationId, date)));
      return { weeks: weeks.list() };
    },
  };
}
