/** Sessions by their id, and their entries: making one, finding one, and a list with one of them changed. */
import type { ClassSessionId, EnrolmentId } from '@frontdesk/protocol/ids';
import { deriveId } from '../core/derived.js';
import { createSecret } from '../core/secrets.js';
import type { Write } from './booking.types.js';
import type { Enrolment, EnrolmentChange, Session } from './class.types.js';
import { hasWritten } from './requests.js';

type Given = Pick<Enrolment, 'state' | 'seats' | 'expiresAtMs' | 'holder' | 'address'>;

export function createEnrolment({
  write,
  nowMs,
  ...given
}: Given & { readonly write: Write; readonly nowMs: number }): Enrolment {
  return {
    ...given,
    id: deriveId<EnrolmentId>(createSecret()),
    isExtended: false,
    customer: null,
    locale: null,
    customerZone: null,
    answers: {},
    sealedAnswers: null,
    consents: [],
    salt: createSecret(),
    marks: [],
    history: [],
    writes: [write],
    createdAt: new Date(nowMs),
  };
}

export const sessionIdOf = ({ id }: Session): ClassSessionId => id as string as ClassSessionId;

export function findEntry({ session }: Session, id: EnrolmentId): Enrolment | undefined {
  return session.entries.find((entry) => entry.id === id);
}

/** The entry that this request wrote already. */
export function findWritten({ session }: Session, write: Write): Enrolment | undefined {
  return session.entries.find((entry) => hasWritten(entry, write));
}

export function replaceEntry({ session }: Session, id: EnrolmentId, fields: Partial<Enrolment>): Enrolment[] {
  return session.entries.map((entry) => (entry.id === id ? { ...entry, ...fields } : entry));
}

export function customerChange(to: Enrolment['state'], nowMs: number, reason = ''): EnrolmentChange {
  return { at: new Date(nowMs), by: 'customer', memberId: null, to, reason };
}
