/** What a filled-in sheet asks for. Pure; null when it asks for nothing yet. */
import type { Answers, Question } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingServiceId, ServiceId } from '@frontdesk/protocol/ids';
import { parseWallTime } from '@frontdesk/domain/hours/zone';
import type { AgendaRequest } from './agenda-events.js';
import { locationOf, zoneOf } from './agenda-layout.js';
import { findService, type AgendaState, type VisitSheet } from './agenda-store.js';

const textOf = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();
const textOrNull = (data: FormData, name: string): string | null => textOf(data, name) || null;
const idOf = <Id extends string>(data: FormData, name: string): Id | null => textOrNull(data, name) as Id | null;

/** An instant of the branch's date and wall clock. */
export function readInstant(state: AgendaState, date: string, time: string): string | null {
  const location = locationOf(state);
  if (!location || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}/.test(time)) return null;
  return new Date(zoneOf(location).toInstant(date, parseWallTime(time.slice(0, 5)))).toISOString();
}

/** A time that was typed counts more than one that was chosen. */
function readStart(state: AgendaState, data: FormData): string | null {
  const typed = textOf(data, 'other');
  return typed === '' ? textOrNull(data, 'start') : readInstant(state, textOf(data, 'date'), typed);
}

export function readAnswers(questions: readonly Question[], data: FormData): Answers {
  const answers: Answers = {};
  for (const { key, type } of questions) {
    const name = `answer:${key}`;
    if (type === 'choices') {
      const chosen = data.getAll(name).map(String);
      if (chosen.length > 0) answers[key] = chosen;
    } else if (textOf(data, name) !== '') answers[key] = textOf(data, name);
  }
  return answers;
}

function readVisit(state: AgendaState, data: FormData): AgendaRequest | null {
  const serviceId = idOf<BookingServiceId>(data, 'serviceId');
  const start = readStart(state, data);
  const name = textOf(data, 'name');
  if (serviceId === null || start === null || name === '') return null;
  return {
    type: 'book',
    visit: {
      serviceId,
      staffId: idOf<BookableId>(data, 'staffId'),
      start,
      customer: { name, phone: textOrNull(data, 'phone'), email: textOrNull(data, 'email') },
      answers: readAnswers(findService(state, serviceId)?.questions ?? [], data),
    },
  };
}

export function readForm(sheet: VisitSheet, data: FormData, state: AgendaState): AgendaRequest | null {
  switch (sheet.kind) {
    case 'book':
      return readVisit(state, data);
    case 'move': {
      const start = readStart(state, data);
      const staffId = idOf<BookableId>(data, 'staffId');
      return start === null
        ? null
        : { type: 'move', bookingId: sheet.bookingId, target: { start, staffId }, isUndo: false };
    }
    case 'reason': {
      const reason = textOf(data, 'reason');
      return reason === '' ? null : { type: 'mark', bookingId: sheet.bookingId, mark: sheet.mark, reason };
    }
    case 'block': {
      const resourceId = idOf<BookableId>(data, 'resourceId');
      const start = readInstant(state, textOf(data, 'fromDate'), textOf(data, 'fromTime'));
      const end = readInstant(state, textOf(data, 'toDate'), textOf(data, 'toTime'));
      if (resourceId === null || start === null || end === null) return null;
      return { type: 'block', block: { resourceId, start, end, reason: textOf(data, 'reason') } };
    }
    case 'admit': {
      const queueServiceId = idOf<ServiceId>(data, 'queueServiceId');
      return queueServiceId === null ? null : { type: 'admit', bookingId: sheet.bookingId, queueServiceId };
    }
    case 'number':
      return null;
    case 'sign-out':
      return { type: 'sign-out', isSure: true };
    case 'show-block':
      return { type: 'unblock', blockId: sheet.blockId };
  }
}
