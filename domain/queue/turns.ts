/**
 * Turns: what calling again and again makes of a ranked line. Two rules need to know who was called before: where the law allows it,
 * one of the others is called after `maxConsecutive` statutory tickets in a row; and whoever asked for more time, or pays for a
 * missed call, lets exactly that many tickets pass that stand behind.
 */
import type { TicketId } from '@frontdesk/protocol/ids';
import type { Ranked } from './ranking.js';

export interface Turn {
  readonly entry: Ranked;
  /** Called before a statutory ticket, because enough of those were called in a row. */
  readonly isAlternation: boolean;
}

type LaneName = 'front' | 'statutory' | 'other';

interface Step extends Turn {
  readonly lane: LaneName;
  readonly place: number;
}

/** Tickets of one kind in order; one is taken from near the beginning in constant time. */
class Lane {
  readonly #entries: readonly Ranked[];
  /** Those before `#next` that let others pass and are still here. */
  readonly #passed: Ranked[] = [];
  #next = 0;

  constructor(entries: readonly Ranked[]) {
    this.#entries = entries;
  }

  peek(place: number): Ranked | undefined {
    const beyond = place - this.#passed.length;
    return beyond < 0 ? this.#passed[place] : this.#entries[this.#next + beyond];
  }

  take(place: number): void {
    const beyond = place - this.#passed.length;
    if (beyond < 0) {
      this.#passed.splice(place, 1);
      return;
    }
    this.#passed.push(...this.#entries.slice(this.#next, this.#next + beyond));
    this.#next += beyond + 1;
  }
}

type Lanes = Readonly<Record<LaneName, Lane>>;

function splitLanes(ranked: readonly Ranked[]): Lanes {
  const lanes: Record<LaneName, Ranked[]> = { front: [], statutory: [], other: [] };
  for (const entry of ranked) {
    lanes[entry.layer === 'front' || entry.layer === 'statutory' ? entry.layer : 'other'].push(entry);
  }
  return { front: new Lane(lanes.front), statutory: new Lane(lanes.statutory), other: new Lane(lanes.other) };
}

/** Statutory tickets in a row after this one. */
export function runAfter({ priority }: Pick<Ranked, 'priority'>, run: number): number {
  return priority?.kind === 'statutory' ? run + 1 : 0;
}

function* walk(lanes: Lanes, runSoFar: number): Generator<Step> {
  const places: Record<LaneName, number> = { front: 0, statutory: 0, other: 0 };
  let run = runSoFar;
  for (;;) {
    const front = lanes.front.peek(places.front);
    const statutory = lanes.statutory.peek(places.statutory);
    const other = lanes.other.peek(places.other);
    const most = statutory?.priority?.maxConsecutive ?? Infinity;
    const isAlternation = !front && statutory !== undefined && other !== undefined && run >= most;
    const entry = front ?? (isAlternation ? other : (statutory ?? other));
    if (!entry) return;
    const lane = entry === front ? 'front' : entry === statutory ? 'statutory' : 'other';
    yield { entry, isAlternation, lane, place: places[lane] };
    places[lane] += 1;
    run = runAfter(entry, run);
  }
}

/** The line as if nobody let others pass. `ranked` is sorted; `run` is the counter's row of statutory tickets so far. */
export function* takeNaturalTurns(ranked: readonly Ranked[], run: number): Generator<Turn> {
  yield* walk(splitLanes(ranked), run);
}

/**
 * The line as it is called. Each turn goes to the first that lets nobody pass any more, or to the last one when all of them still
 * would; those that stand before it have let one more pass. O(n + places).
 */
export function* takeTurns(ranked: readonly Ranked[], runSoFar: number): Generator<Turn> {
  const lanes = splitLanes(ranked);
  const placesLeft = new Map<TicketId, number>();
  for (const { ticket } of ranked) if (ticket.placesBehind > 0) placesLeft.set(ticket.id, ticket.placesBehind);
  if (placesLeft.size === 0) return yield* walk(lanes, runSoFar);
  let run = runSoFar;
  for (;;) {
    const steps: Step[] = [];
    for (const step of walk(lanes, run)) {
      steps.push(step);
      if (!placesLeft.get(step.entry.ticket.id)) break;
    }
    const chosen = steps.pop();
    if (!chosen) return;
    for (const { entry } of steps) placesLeft.set(entry.ticket.id, (placesLeft.get(entry.ticket.id) ?? 1) - 1);
    lanes[chosen.lane].take(chosen.place);
    run = runAfter(chosen.entry, run);
    yield chosen;
  }
}
