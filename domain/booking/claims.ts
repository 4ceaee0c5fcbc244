/**
 * Claims: time as numbers that a unique index can keep apart (booking.md 5.4). A booking claims one key for each quantum of each
 * resource that it takes; two bookings that overlap on a resource share a key, so that the second cannot be stored.
 *
 * Key = `rseq · 2^26 + floor(epochMinute / quantum)`, a whole number below 2^53, which a double holds exactly:
 * a quantum of 5 minutes counts to 2^26 in the year 2608, and `rseq < 2^27` leaves 134 million resources to a tenant. Sums and
 * products of whole numbers below 2^53 are exact in IEEE 754, so a key is one number whichever of them wrote it, and MongoDB compares
 * doubles and longs by value.
 *
 * Spans are epoch minutes, half open, and are rounded outwards: what touches a quantum claims all of it.
 */
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';

/** Keys of one resource; a power of two, so that their parts can be told apart again. */
const KEYS_PER_RESOURCE = 2 ** 26;
const MAX_RSEQ = 2 ** 27 - 1;

/** A document with more index entries than this is refused rather than stored slowly. */
export const MAX_CLAIM_KEYS = 512;

/** What one resource is taken for. */
export interface ClaimedSpan {
  /** The small number of the resource: unique in its tenant and never given again. */
  readonly rseq: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The keys of all spans, each once and in ascending order. Throws a RangeError when there is none to claim, when there are more than
 * {@link MAX_CLAIM_KEYS}, and for numbers out of range: such a booking must not be stored, because it would own no time.
 */
export function claimKeys(spans: readonly ClaimedSpan[]): number[] {
  const keys = new Set<number>();
  for (const { rseq, from, to } of spans) {
    const first = Math.floor(from / BOOKING_QUANTUM_MINUTES);
    const end = Math.ceil(to / BOOKING_QUANTUM_MINUTES);
    if (!Number.isInteger(rseq) || rseq < 0 || rseq > MAX_RSEQ) throw new RangeError(`rseq ${rseq} is out of range`);
    // Not a comparison with `<`, so that a NaN is refused too.
    if (!(first >= 0 && first < end && end <= KEYS_PER_RESOURCE)) throw new RangeError(`no span: ${from} to ${to}`);
    if (end - first > MAX_CLAIM_KEYS) throw new RangeError(`a booking claims at most ${MAX_CLAIM_KEYS} quanta`);
    for (let quantum = first; quantum < end; quantum += 1) keys.add(rseq * KEYS_PER_RESOURCE + quantum);
  }
  if (keys.size === 0) throw new RangeError('a booking claims something');
  if (keys.size > MAX_CLAIM_KEYS) throw new RangeError(`a booking claims at most ${MAX_CLAIM_KEYS} quanta`);
  return [...keys].sort((one, other) => one - other);
}

/** What a key says, for people who read an index: the resource's number, and the quantum's first minute. */
export function readClaimKey(key: number): ClaimedSpan {
  const rseq = Math.floor(key / KEYS_PER_RESOURCE);
  const from = (key % KEYS_PER_RESOURCE) * BOOKING_QUANTUM_MINUTES;
  return { rseq, from, to: from + BOOKING_QUANTUM_MINUTES };
}

/** The inverse of {@link claimKeys}: what is taken of which resource, rounded outwards to quanta. Keys come in ascending order. */
export function readClaims(keys: readonly number[]): ClaimedSpan[] {
  const spans: ClaimedSpan[] = [];
  for (const key of keys) {
    const next = readClaimKey(key);
    const last = spans.at(-1);
    const isNext = last?.rseq === next.rseq && last.to === next.from;
    if (isNext) spans[spans.length - 1] = { ...last, to: next.to };
    else spans.push(next);
  }
  return spans;
}

/** The most keys that one booking of a service can claim; a service above {@link MAX_CLAIM_KEYS} could never be booked. */
export function countClaimKeys(
  service: Pick<BookingServiceDto, 'segments' | 'bufferBeforeMinutes' | 'bufferAfterMinutes'>,
): number {
  const last = service.segments.length - 1;
  return service.segments.reduce((sum, { minutes, needsStaff, poolIds }, at) => {
    const before = at === 0 ? service.bufferBeforeMinutes : 0;
    const after = at === last ? service.bufferAfterMinutes : 0;
    const resources = new Set(poolIds).size + (needsStaff ? 1 : 0);
    return sum + (resources * (before + minutes + after)) / BOOKING_QUANTUM_MINUTES;
  }, 0);
}
