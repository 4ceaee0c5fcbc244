/** What a customer answered, with the files, as staff ask for it. */
import type { Answers } from '@frontdesk/protocol/booking-fields';
import type { BookingFile } from '@frontdesk/protocol/booking-files';
import type { BookingFileId, BookingId } from '@frontdesk/protocol/ids';
import type { StaffClient } from '../core/client/staff-client.js';
import { toFailure } from './agenda-failure.js';
import type { AgendaAction } from './agenda-store.js';

export interface GivenAnswers {
  readonly bookingId: BookingId;
  readonly answers: Answers;
  readonly files: readonly BookingFile[];
}

type Dispatch = (action: AgendaAction) => void;

export async function readAnswers(client: StaffClient, bookingId: BookingId, dispatch: Dispatch): Promise<void> {
  const [answer, kept] = await Promise.all([
    client.connection.request('booking:read-answers', { bookingId }),
    client.connection.request('booking-file:list', { ownerId: bookingId }),
  ]);
  if (!answer.ok) return dispatch({ type: 'failed', failure: toFailure('booking:read-answers', answer.error) });
  const files = kept.ok ? kept.data.files : [];
  dispatch({ type: 'answers-loaded', bookingId, answers: answer.data.answers, files });
  if (!kept.ok) dispatch({ type: 'failed', failure: toFailure('booking-file:list', kept.error) });
}

/**
 * The address is good for a few minutes, so it is asked for when somebody wants the file; the browser saves it. What the
 * server answers instead of a file is shown beside the desk, which may have something that is not sent yet.
 */
export async function openFile(client: StaffClient, fileId: BookingFileId, dispatch: Dispatch): Promise<void> {
  const answer = await client.connection.request('booking-file:link', { fileId });
  if (!answer.ok) return dispatch({ type: 'failed', failure: toFailure('booking-file:link', answer.error) });
  const link = document.createElement('a');
  link.href = answer.data.url;
  link.download = '';
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
}
