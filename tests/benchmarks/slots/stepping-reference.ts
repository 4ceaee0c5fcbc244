/**
 * How slots are often worked out: step through each day in wall time, build a date for each step, and compare it with every booking.
 * Zones are asked of `Intl` by way of formatted text, as date libraries do. It gives the same starts as the engine for plain hours and
 * one segment; what it costs is what the engine is measured against.
 */
export interface ReferenceBooking {
  readonly staff: number;
  /** ISO 8601 in UTC. */
  readonly start: string;
  readonly end: string;
}

export interface ReferenceQuestion {
  readonly timeZone: string;
  readonly from: string;
  readonly days: number;
  readonly staff: number;
  /** Hours of the day on the wall. */
  readonly opens: number;
  readonly closes: number;
  readonly minutes: number;
  readonly intervalMinutes: number;
  readonly nowMs: number;
  readonly bookings: readonly ReferenceBooking[];
  /** `naive` compares with all bookings, `grouped` with those of the person and day only. */
  readonly conflicts: 'naive' | 'grouped';
}

const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  return format;
}

/** The offset as libraries without a table find it: format the instant in the zone and read the text back. */
function toDate(wall: string, timeZone: string): Date {
  const guess = new Date(`${wall}:00Z`);
  const shown = new Date(`${formatIn(timeZone).format(guess).replace(' ', 'T')}Z`);
  return new Date(guess.getTime() * 2 - shown.getTime());
}

function wallText(date: string, minutes: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs).toISOString().slice(0, 16);
}

function groupBookings(bookings: readonly ReferenceBooking[]): Map<string, ReferenceBooking[]> {
  const groups = new Map<string, ReferenceBooking[]>();
  for (const booking of bookings) {
    const key = `${booking.staff} ${booking.start.slice(0, 10)}`;
    groups.set(key, [...(groups.get(key) ?? []), booking]);
  }
  return groups;
}

/** ISO starts, in order. */
export function stepThrough(question: ReferenceQuestion): string[] {
  const { timeZone, from, days, staff, opens, closes, minutes, intervalMinutes, nowMs, bookings, conflicts } = question;
  const groups = groupBookings(bookings);
  const found = new Set<string>();
  for (let day = 0; day < days; day += 1) {
    const date = wallText(from, day * 1_440).slice(0, 10);
    for (let person = 0; person < staff; person += 1) {
      const closing = toDate(wallText(date, closes * 60), timeZone);
      for (let step = opens * 60; step < closes * 60; step += intervalMinutes) {
        const start = toDate(wallText(date, step), timeZone);
        const end = new Date(start.getTime() + minutes * minuteMs);
        if (start.getTime() < nowMs || end > closing) continue;
        const rivals =
          conflicts === 'naive' ? bookings : (groups.get(`${person} ${start.toISOString().slice(0, 10)}`) ?? []);
        const isTaken = rivals.some(
          (booking) => booking.staff === person && new Date(booking.start) < end && new Date(booking.end) > start,
        );
        if (!isTaken) found.add(start.toISOString());
      }
    }
  }
  return [...found].sort();
}
