/**
 * Lists of starts as they travel: the server encodes what `findSlots` found, the browser decodes it. Numbers are quanta. The first of a
 * date counts from the first of the date before it that has any (`base`, for the first of all); each further one is the difference to
 * the start before it, and a negative number repeats the difference before it so many times more. A month of slots is a few hundred
 * bytes, where ISO texts are thirty thousand.
 */
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import type { SlotDays } from './slots.js';

type SlotHeader = Pick<SlotList, 'rev' | 'timeZone' | 'from'>;

/** Repeating once is no shorter than saying it again. */
const LEAST_REPEATS = 2;

function encodeDay(day: readonly number[], base: number): number[] {
  const [first] = day;
  if (first === undefined) return [];
  const encoded = [(first - base) / BOOKING_QUANTUM_MINUTES];
  let repeats = 0;
  let last = 0;
  const flush = () => {
    if (repeats >= LEAST_REPEATS) encoded.push(-repeats);
    else for (; repeats > 0; repeats -= 1) encoded.push(last);
    repeats = 0;
  };
  for (let at = 1; at < day.length; at += 1) {
    const difference = ((day[at] as number) - (day[at - 1] as number)) / BOOKING_QUANTUM_MINUTES;
    if (difference === last) {
      repeats += 1;
      continue;
    }
    flush();
    encoded.push(difference);
    last = difference;
  }
  flush();
  return encoded;
}

/** Starts are epoch minutes, whole quanta apart, ascending and each once within their date. */
export function encodeSlots(days: SlotDays, header: SlotHeader): SlotList {
  const base = days.find((day) => day.length > 0)?.[0] ?? 0;
  let previous = base;
  const encoded = days.map((day) => {
    const numbers = encodeDay(day, previous);
    previous = day[0] ?? previous;
    return numbers;
  });
  return { ...header, base, days: encoded };
}

function decodeDay([first, ...rest]: readonly number[], base: number): number[] {
  if (first === undefined) return [];
  let start = base + first * BOOKING_QUANTUM_MINUTES;
  let difference = 0;
  const starts = [start];
  for (const number of rest) {
    if (number > 0) difference = number;
    for (let left = number > 0 ? 1 : -number; left > 0; left -= 1) {
      start += difference * BOOKING_QUANTUM_MINUTES;
      starts.push(start);
    }
  }
  return starts;
}

export function decodeSlots({ base, days }: Pick<SlotList, 'base' | 'days'>): number[][] {
  let previous = base;
  return days.map((day) => {
    const starts = decodeDay(day, previous);
    previous = starts[0] ?? previous;
    return starts;
  });
}
