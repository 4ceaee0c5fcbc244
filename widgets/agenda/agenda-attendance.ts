/**
 * Who came to a class. Marks are made whether or not there is a network: each has the moment at which it was made, and the server keeps the
 * latest of each person, so that what was marked offline merges with what colleagues marked meanwhile (BK-30).
 */
import { isMarkable } from '@frontdesk/domain/booking/attendance';
import type { AttendanceEntry, ClassSessionDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { ClassSessionId, EnrolmentId } from '@frontdesk/protocol/ids';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { AttendanceMark, EnrolmentState } from '@frontdesk/protocol/vocabulary';
import type { StaffClient } from '../core/client/staff-client.js';
import { isWorthRepeating } from '../staff/send-command.js';

/** A mark that the server has not answered yet. */
export interface UnsentMark extends AttendanceEntry {
  readonly sessionId: ClassSessionId;
}

export interface Person {
  readonly enrolmentId: EnrolmentId;
  /** Which of the party, from 0. */
  readonly person: number;
  readonly seats: number;
  readonly name: string;
  readonly mark: AttendanceMark | null;
  readonly isUnsent: boolean;
}

const SEATED: readonly EnrolmentState[] = ['enrolled'];

const isOf = (mark: UnsentMark, enrolmentId: EnrolmentId, person: number): boolean =>
  mark.enrolmentId === enrolmentId && mark.person === person;

/** Everybody who has a seat, one by one, as they are marked here: what was not sent yet counts. */
export function listPeople({ enrolments }: RosterDto, unsent: readonly UnsentMark[]): Person[] {
  return enrolments
    .filter(({ state }) => SEATED.includes(state))
    .flatMap(({ id, seats, customer, attendance }) =>
      Array.from({ length: seats }, (_, person): Person => {
        const own = unsent.findLast((mark) => isOf(mark, id, person));
        const mark = own ? own.mark : (attendance[person]?.mark ?? null);
        return { enrolmentId: id, person, seats, name: customer.name, mark, isUnsent: own !== undefined };
      }),
    );
}

/** One mark for each person: the one that was made last. */
export function putMarks(unsent: readonly UnsentMark[], marks: readonly UnsentMark[]): UnsentMark[] {
  const kept = unsent.filter(
    (old) => !marks.some((mark) => mark.sessionId === old.sessionId && isOf(mark, old.enrolmentId, old.person)),
  );
  return [...kept, ...marks];
}

export const canMark = ({ start, isCancelled }: ClassSessionDto, nowMs: number): boolean =>
  !isCancelled && isMarkable(Date.parse(start), nowMs);

const ANSWER_MS = 4_000;
const AGAIN_MS = 2_000;
/** As many as a command takes. */
const PER_COMMAND = 300;

export interface AttendanceSenderOptions {
  readonly client: StaffClient;
  unsent(): readonly UnsentMark[];
  handleSent(sent: readonly UnsentMark[], roster: RosterDto | null, error: ErrorBody | null): void;
}

export interface AttendanceSender {
  /** Sends what waits, one session after the other, until nothing does; tries again while there is no answer. */
  flush(): void;
  stop(): void;
}

export function createAttendanceSender({ client, unsent, handleSent }: AttendanceSenderOptions): AttendanceSender {
  const { connection, environment } = client;
  const { clock } = environment;
  let isSending = false;
  let isStopped = false;
  let timer: unknown;

  /** False when nobody knows what became of it: the same marks are sent again, which changes nothing the second time. */
  async function send(): Promise<boolean> {
    const sessionId = unsent()[0]?.sessionId;
    if (sessionId === undefined) return true;
    const batch = unsent()
      .filter((mark) => mark.sessionId === sessionId)
      .slice(0, PER_COMMAND);
    const marks = batch.map(({ sessionId: _ofAll, ...mark }) => mark);
    const answer = await connection.request(
      'attendance:mark',
      { sessionId, marks },
      { idempotencyKey: createIdempotencyKey(), timeoutMs: ANSWER_MS },
    );
    if (!answer.ok && isWorthRepeating(answer.error)) return false;
    if (!isStopped) handleSent(batch, answer.ok ? answer.data.roster : null, answer.ok ? null : answer.error);
    return true;
  }

  async function run(): Promise<void> {
    while (!isStopped && unsent().length > 0) if (!(await send())) break;
    isSending = false;
    if (isStopped || unsent().length === 0) return;
    clock.clearTimeout(timer);
    timer = clock.setTimeout(flush, AGAIN_MS);
  }

  function flush(): void {
    if (isSending || isStopped) return;
    isSending = true;
    void run();
  }

  return {
    flush,
    stop() {
      isStopped = true;
      clock.clearTimeout(timer);
    },
  };
}
