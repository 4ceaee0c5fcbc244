/**
 * Who came (BK-30). Marks are made on devices that may be offline and arrive late, twice and in any order, so the list only grows and is
 * read: for each person of a party the mark that was made last counts, whenever it arrived.
 */
import type { MembershipId } from '@frontdesk/protocol/ids';
import type { AttendanceMark } from '@frontdesk/protocol/vocabulary';

const minuteMs = 60_000;
/** Who is early may be marked. */
const BEFORE_START_MS = 60 * minuteMs;

export interface MadeMark {
  /** Which of the party, from 0. */
  readonly person: number;
  /** null takes the mark away. */
  readonly mark: AttendanceMark | null;
  readonly markedBy: MembershipId;
  readonly markedAtMs: number;
}

/** The mark that counts for each person; of two of one moment the one that stands later. */
export function readAttendance(marks: readonly MadeMark[], seats: number): (MadeMark | null)[] {
  return Array.from({ length: seats }, (_, person) => {
    const own = marks.filter((made) => made.person === person);
    const last = own.reduce<MadeMark | null>(
      (newest, made) => (newest === null || made.markedAtMs >= newest.markedAtMs ? made : newest),
      null,
    );
    return last?.mark ? last : null;
  });
}

const isSame = (one: MadeMark, other: MadeMark): boolean =>
  one.person === other.person &&
  one.mark === other.mark &&
  one.markedBy === other.markedBy &&
  one.markedAtMs === other.markedAtMs;

/** With a mark that is there already left out: a device sends again what was not acknowledged. */
export function addMark(marks: readonly MadeMark[], made: MadeMark): readonly MadeMark[] {
  return marks.some((known) => isSame(known, made)) ? marks : [...marks, made];
}

/** Whether people may be marked yet. */
export function isMarkable(startMs: number, nowMs: number): boolean {
  return nowMs >= startMs - BEFORE_START_MS;
}
