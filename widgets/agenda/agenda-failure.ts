/** A refusal: what was asked, and what the server says is there instead. Pure. */
import type { RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { StaffCommandName } from '@frontdesk/protocol/staff';
import type { Failure } from './agenda-store.js';

export function toFailure(command: StaffCommandName, error: ErrorBody): Failure {
  return { command, error, bookingId: null, sessionId: null, isChanged: false, alternatives: [], staffId: null };
}

/** What a refusal says is there instead: the booking as it is now, or other free starts. */
export function readCurrent({ current, code }: ErrorBody): { booking?: BookingDto; alternatives: readonly string[] } {
  if (typeof current !== 'object' || current === null) return { alternatives: [] };
  if (code === 'CONFLICT' && 'version' in current) return { booking: current as BookingDto, alternatives: [] };
  if (!('alternatives' in current) || !Array.isArray(current.alternatives)) return { alternatives: [] };
  return { alternatives: current.alternatives.filter((start): start is string => typeof start === 'string') };
}

/** The class as it is now, where a refusal says so. */
export function readCurrentRoster({ current, code }: ErrorBody): RosterDto | null {
  const isRoster = typeof current === 'object' && current !== null && 'session' in current && 'enrolments' in current;
  return code === 'CONFLICT' && isRoster ? (current as RosterDto) : null;
}
