/**
 * Logs as places like these write them, with what makes them hard: a crowd before an opening that is never on time, one room, people
 * who are called in another order, calls of the same person again, no-shows, breaks, callers who hang up, rows that lack their end.
 */
import { createRandom, type Random } from '../reliability/random.js';
import type { LogRow } from './csv.js';
import { exponential, lognormal, normal } from './distributions.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A Monday. */
const firstDayMs = Date.UTC(2026, 0, 5);

interface Person {
  readonly ticket: string;
  readonly arriveMs: number;
  readonly className: string;
  readonly firstMs: number;
  readonly patienceMs: number;
}

interface Place {
  readonly pool: string;
  readonly servers: number;
  readonly opensMs: number;
  readonly serviceMs: () => number;
  /** Index in the line of the one who is called. */
  readonly pick: (line: readonly Person[]) => number;
  readonly random: Random;
  readonly breakMs: () => number;
  readonly noShow: number;
  /** Share that is called again by the same server: half of them right after, the others when they have rested, before the line. */
  readonly again: number;
}

/** Serves the people, who are in order of arrival, and returns their rows. */
function serve(place: Place, people: readonly Person[]): LogRow[] {
  const { random, pool } = place;
  const rows: LogRow[] = [];
  const line: Person[] = [];
  const freeMs = Array.from({ length: place.servers }, () => Math.round(place.opensMs));
  const waiting = [...people];
  const resting: (Person & { readonly backMs: number })[] = [];
  const row = (person: Person, more: Partial<LogRow>): LogRow => ({
    ticket: person.ticket,
    arriveMs: person.arriveMs,
    callMs: null,
    startMs: null,
    endMs: null,
    pool,
    className: person.className,
    outcome: 'served',
    counter: '',
    ...more,
  });
  while (waiting.length > 0 || line.length > 0) {
    const server = freeMs.indexOf(Math.min(...freeMs));
    const nowMs = Math.max(freeMs[server] ?? 0, line.length === 0 ? (waiting[0]?.arriveMs ?? 0) : 0);
    while (waiting[0] && waiting[0].arriveMs <= nowMs) line.push(...waiting.splice(0, 1));
    for (const person of line.filter(({ arriveMs, patienceMs }) => arriveMs + patienceMs <= nowMs)) {
      line.splice(line.indexOf(person), 1);
      rows.push(row(person, { endMs: person.arriveMs + person.patienceMs, outcome: 'abandoned' }));
    }
    const rested = resting.findIndex(({ backMs }) => backMs <= nowMs);
    const [back] = rested < 0 ? [] : resting.splice(rested, 1);
    if (back) {
      const againMs = Math.round(nowMs + place.serviceMs() / 2);
      rows.push(row(back, { callMs: nowMs, startMs: nowMs, endMs: againMs }));
      freeMs[server] = againMs;
      continue;
    }
    const [person] = line.splice(place.pick(line), 1);
    if (!person) continue;
    if (random.chance(place.noShow)) {
      freeMs[server] = nowMs + 45_000;
      rows.push(row(person, { callMs: nowMs, endMs: nowMs + 45_000, outcome: 'no-show' }));
      continue;
    }
    const startMs = nowMs + random.int(5, 40) * 1_000;
    const endMs = Math.round(startMs + place.serviceMs());
    rows.push(row(person, { callMs: nowMs, startMs, endMs }));
    freeMs[server] = Math.round(endMs + place.breakMs());
    if (!random.chance(place.again)) continue;
    if (random.chance(0.5)) {
      resting.push({ ...person, arriveMs: endMs, backMs: Math.round(endMs + random.int(2, 9) * minuteMs) });
      continue;
    }
    const againMs = Math.round(endMs + place.serviceMs() / 2);
    rows.push(row(person, { arriveMs: endMs, callMs: endMs + 2_000, startMs: endMs + 2_000, endMs: againMs }));
    freeMs[server] = Math.round(againMs + place.breakMs());
  }
  return rows;
}

function* workingDays(days: number): Generator<number> {
  for (let day = 0, found = 0; found < days; day += 1) {
    if (day % 7 >= 5) continue;
    found += 1;
    yield firstDayMs + day * dayMs;
  }
}

function arrive(random: Random, name: string, dayStartMs: number, arrivals: readonly number[]): Person[] {
  return [...arrivals]
    .sort((one, other) => one - other)
    .map((atMs, at) => ({
      ticket: `${name}${at + 1}`,
      arriveMs: Math.round(dayStartMs + atMs),
      className: random.chance(0.1) ? 'priority' : '',
      firstMs: 0,
      patienceMs: Infinity,
    }));
}

/** A clinic's ultrasound room and its review room, which half of the people are sent on to. Opening is posted for 08:00. */
export function createClinicLog(seed: number, days = 30): LogRow[] {
  const random = createRandom(seed);
  const rows: LogRow[] = [];
  for (const dayStartMs of workingDays(days)) {
    const crowd = Array.from({ length: random.int(3, 7) }, () => 7 * hourMs + exponential(random, 25 * minuteMs));
    const later = Array.from({ length: random.int(10, 17) }, () => (8 + 3.5 * random.next()) * hourMs);
    const people = arrive(random, 'U', dayStartMs, [...crowd, ...later]);
    const pace = lognormal(random, 1, 0.15);
    const ultrasound = serve(
      {
        pool: 'ultrasound',
        servers: 1,
        opensMs: dayStartMs + 8 * hourMs + normal(random, 8, 7) * minuteMs,
        serviceMs: () => lognormal(random, 5.2 * pace, 0.5) * minuteMs,
        pick: (line) => {
          const first = line.findIndex(({ className }) => className === 'priority');
          return Math.max(0, first);
        },
        random,
        breakMs: () => (random.chance(0.02) ? exponential(random, 8 * minuteMs) : 0),
        noShow: 0.05,
        again: 0.25,
      },
      people,
    );
    rows.push(...ultrasound, ...review(random, dayStartMs, ultrasound));
  }
  return rows;
}

/** Half come straight from the ultrasound room and are mixed in by when they first came; a third are called out of turn. */
function review(random: Random, dayStartMs: number, before: readonly LogRow[]): LogRow[] {
  const sent = before
    .filter(({ outcome, endMs }) => outcome === 'served' && endMs !== null && random.chance(0.5))
    .map((row) => ({ ...row, pool: 'review' }));
  const own = arrive(
    random,
    'R',
    dayStartMs,
    Array.from({ length: random.int(9, 14) }, () => (7.5 + 3.5 * random.next()) * hourMs),
  );
  const people: Person[] = [
    ...own.map((person) => ({ ...person, firstMs: person.arriveMs })),
    ...sent.map((row) => ({
      ticket: row.ticket,
      arriveMs: (row.endMs ?? 0) + 30_000,
      className: row.className,
      firstMs: row.arriveMs ?? 0,
      patienceMs: Infinity,
    })),
  ].sort((one, other) => one.arriveMs - other.arriveMs);
  const pace = lognormal(random, 1, 0.25);
  return serve(
    {
      pool: 'review',
      servers: 1,
      opensMs: dayStartMs + 9 * hourMs + normal(random, 5, 12) * minuteMs,
      serviceMs: () => lognormal(random, 5 * pace, 0.8) * minuteMs,
      pick: (line) => {
        if (random.chance(0.3)) return random.int(0, line.length - 1);
        return line.reduce((best, { firstMs }, at) => (firstMs < (line[best]?.firstMs ?? 0) ? at : best), 0);
      },
      random,
      breakMs: () => (random.chance(0.08) ? exponential(random, 12 * minuteMs) : 0),
      noShow: 0.06,
      again: 0.1,
    },
    people,
  );
}

/** A call centre: short waits, agents that come and go, callers who hang up, one class that gets a head start. */
export function createCallCentreLog(seed: number, days = 20): LogRow[] {
  const random = createRandom(seed);
  const rows: LogRow[] = [];
  for (const dayStartMs of workingDays(days)) {
    const people: Person[] = [];
    const busy = lognormal(random, 1, 0.12);
    for (let atMs = 7 * hourMs; atMs < 20 * hourMs;) {
      const hour = atMs / hourMs;
      const perHour = busy * (60 + 50 * Math.exp(-((hour - 10.5) ** 2) / 3) + 35 * Math.exp(-((hour - 15) ** 2) / 4));
      atMs += exponential(random, hourMs / perHour);
      people.push({
        ticket: `C${people.length + 1}`,
        arriveMs: Math.round(dayStartMs + atMs),
        className: random.chance(0.3) ? 'gold' : 'regular',
        firstMs: 0,
        patienceMs: Math.round(exponential(random, 8 * minuteMs)),
      });
    }
    rows.push(
      ...serve(
        {
          pool: 'bank',
          servers: 6,
          opensMs: dayStartMs + 7 * hourMs,
          serviceMs: () => lognormal(random, 2.9, 1.1) * minuteMs,
          pick: (line) => {
            const creditOf = ({ arriveMs, className }: Person): number =>
              arriveMs - (className === 'gold' ? 90_000 : 0);
            return line.reduce((best, person, at) => {
              const leader = line[best];
              return leader && creditOf(person) < creditOf(leader) ? at : best;
            }, 0);
          },
          random,
          breakMs: () => (random.chance(0.06) ? exponential(random, 6 * minuteMs) : 0),
          noShow: 0,
          again: 0,
        },
        people,
      ),
    );
  }
  return rows;
}

/** What people and machines do to a log: lost ends, lost calls, a clock that is off, rows in any order. */
export function makeMessy(rows: readonly LogRow[], seed: number): LogRow[] {
  const random = createRandom(seed);
  const spoiled = rows.map((row) => {
    const kind = random.int(0, 99);
    if (kind < 3) return { ...row, endMs: null };
    if (kind < 5) return { ...row, callMs: null };
    if (kind < 7) return { ...row, callMs: null, startMs: null, endMs: null };
    if (kind < 8 && row.callMs !== null) return { ...row, callMs: (row.arriveMs ?? 0) - random.int(1, 90) * 1_000 };
    if (kind < 9 && row.endMs !== null) return { ...row, endMs: row.endMs - 3 * hourMs };
    return row;
  });
  return spoiled
    .map((row) => ({ row, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ row }) => row);
}
