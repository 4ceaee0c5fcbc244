/** Days, weeks and their numbers. The dates here are local: their UTC fields are what the clock of the zone shows. */
const dayMs = 86_400_000;

export interface IsoWeek {
  readonly year: number;
  readonly week: number;
  /** Monday is 1. */
  readonly day: number;
}

/** Days since 1970-01-01. */
export const dayNumber = (local: Date): number => Math.floor(local.getTime() / dayMs);

function startOfYear(year: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 1);
  return dayNumber(date);
}

/** January 1st is 1. */
export const dayOfYear = (local: Date): number => dayNumber(local) - startOfYear(local.getUTCFullYear()) + 1;

/** Sunday is 1. */
export const dayOfWeek = (local: Date): number => local.getUTCDay() + 1;

export const isoDayOfWeek = (local: Date): number => local.getUTCDay() || 7;

/** Weeks begin on Sundays; the days before the first Sunday are in week 0. */
export const weekOfYear = (local: Date): number => Math.floor((dayOfYear(local) - dayOfWeek(local) + 7) / 7);

/** The week belongs to the year that has its Thursday. */
export function isoWeek(local: Date): IsoWeek {
  const day = isoDayOfWeek(local);
  const thursday = new Date((dayNumber(local) + 4 - day) * dayMs);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7), day };
}

/** The day number of an ISO week date; weeks and days beyond their range carry over. */
export function dayOfIsoWeek(year: number, week: number, day: number): number {
  const fourth = startOfYear(year) + 3;
  const monday = fourth - ((((fourth + 3) % 7) + 7) % 7);
  return monday + (week - 1) * 7 + day - 1;
}

export const daysInMonth = (year: number, month: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month + 1, 0);
  return date.getUTCDate();
};
