/**
 * The slot engine against stepping through the days (booking.md 7), in one process: ten people, thirty days, eight bookings a day each.
 * Also how the engine grows with bookings, people and days.
 */
import { createBranch, type BusySpan, collectBusy } from '@frontdesk/domain/booking/branch';
import type { SlotSituation } from '@frontdesk/domain/booking/lanes';
import { findSlots } from '@frontdesk/domain/booking/slots';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import { bookableId, buildBookable, buildService, everyDay, minuteMs, open } from '../../domain/support/salon.js';
import type { Goal } from '../goals.js';
import { stepThrough, type ReferenceBooking } from './stepping-reference.js';

const timeZone = 'Asia/Kuala_Lumpur';
const from = '2027-03-01';
const opens = 9;
const closes = 18;
const service = buildService({ intervalMinutes: 15, segments: [{ minutes: 30, needsStaff: true, poolIds: [] }] });

interface Size {
  readonly staff: number;
  readonly days: number;
  readonly bookingsPerDay: number;
}

interface Case {
  readonly size: Size;
  readonly situation: SlotSituation;
  readonly bookings: readonly ReferenceBooking[];
}

const spotsPerDay = 8;
const bookedMinutes = 15;

/** Bookings at eight times of the day, a little different for each person and day; what is more than eight follows right after. */
function buildCase(size: Size): Case {
  const zone = getZone(timeZone);
  const names = Array.from({ length: size.staff }, (_, index) => bookableId(`person-${index}`));
  const spans: BusySpan[] = [];
  const bookings: ReferenceBooking[] = [];
  for (const [staff, resourceId] of names.entries()) {
    for (let day = 0; day < size.days; day += 1) {
      const opening = zone.toInstant(addDays(from, day), opens * 60) / minuteMs;
      for (let index = 0; index < size.bookingsPerDay; index += 1) {
        const spot = (index % spotsPerDay) * 65 + ((staff * 5 + day * 10) % 20);
        const start = opening + spot + Math.floor(index / spotsPerDay) * bookedMinutes;
        const end = start + bookedMinutes;
        spans.push({ resourceId, from: start, to: end });
        const iso = (minute: number) => new Date(minute * minuteMs).toISOString();
        bookings.push({ staff, start: iso(start), end: iso(end) });
      }
    }
  }
  const resources = names.map((name, index) => buildBookable(name, index));
  const branch = createBranch({ zone, hours: everyDay([open('09:00', '18:00')]), resources, pools: [] });
  const nowMs = zone.toInstant(addDays(from, -1), 720);
  return { size, situation: { branch, service, busy: collectBusy(spans), nowMs }, bookings };
}

const runEngine = ({ situation, size }: Case) => findSlots(situation, { staffId: null, from, days: size.days });
const runReference = ({ situation, size, bookings }: Case, conflicts: 'naive' | 'grouped') =>
  stepThrough({
    timeZone,
    from,
    days: size.days,
    staff: size.staff,
    opens,
    closes,
    minutes: 30,
    intervalMinutes: 15,
    nowMs: situation.nowMs,
    bookings,
    conflicts,
  });

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * The middle of several runs, in milliseconds of processor time, so that other work of the machine does not count. Short runs are
 * measured in batches.
 */
function measure(run: () => unknown, runs: number, batch: number): number {
  for (let count = 0; count < Math.min(batch, 200); count += 1) run();
  const times = Array.from({ length: runs }, () => {
    const startedMs = cpuMs();
    for (let count = 0; count < batch; count += 1) run();
    return (cpuMs() - startedMs) / batch;
  });
  return times.toSorted((one, other) => one - other)[Math.floor(runs / 2)] ?? Number.NaN;
}

const standard: Size = { staff: 10, days: 30, bookingsPerDay: 8 };

/** Sizes above each other are measured in turns, so that a busy moment of the machine hits both. */
function scaling(change: Partial<Size>): number {
  const [small, large] = [buildCase(standard), buildCase({ ...standard, ...change })];
  const ratios = Array.from({ length: 9 }, () => {
    const smallMs = measure(() => runEngine(small), 3, 100);
    return measure(() => runEngine(large), 3, 100) / smallMs;
  });
  return ratios.toSorted((one, other) => one - other)[4] ?? Number.NaN;
}

/** Throws when the engine and the reference do not give the same starts. */
export function measureEngine(): { readonly summary: string; readonly goals: readonly Goal[] } {
  const base = buildCase(standard);
  const found = runEngine(base).flat();
  const expected = runReference(base, 'naive');
  const starts = found.map((start) => new Date(start * minuteMs).toISOString());
  if (JSON.stringify(starts) !== JSON.stringify(expected)) throw new Error('the engine and the reference differ');
  const engineMs = measure(() => runEngine(base), 15, 200);
  const groupedMs = measure(() => runReference(base, 'grouped'), 5, 1);
  const naiveMs = measure(() => runReference(base, 'naive'), 3, 1);
  const summary = `engine ${engineMs.toFixed(3)} ms, stepping ${groupedMs.toFixed(1)} ms and ${naiveMs.toFixed(0)} ms, ${found.length} starts`;
  return {
    summary,
    goals: [
      { what: 'stepping, conflicts by person and day, to the engine', measured: groupedMs / engineMs, least: 500 },
      { what: 'stepping, conflicts with all, to the engine', measured: naiveMs / engineMs, least: 5_000 },
      {
        what: 'engine, twice the bookings',
        measured: scaling({ bookingsPerDay: standard.bookingsPerDay * 2 }),
        most: 2.3,
      },
      { what: 'engine, twice the people', measured: scaling({ staff: standard.staff * 2 }), most: 2.3 },
      { what: 'engine, twice the days', measured: scaling({ days: standard.days * 2 }), most: 2.3 },
    ],
  };
}
