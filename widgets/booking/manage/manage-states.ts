/** Every state of a booking's own page worth looking at; otherwise as states.ts. */
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import type { Locale } from '@frontdesk/protocol/locales';
import { slotRangeOf } from '../slots-store.js';
import {
  at,
  buildBooked,
  buildCatalogue,
  buildList,
  buildStarts,
  EXAMPLE_NOW_MS,
  EXAMPLE_START,
  EXAMPLE_ZONE,
} from '../states.js';
import { buildFollowing } from '../parts/parts-states.js';
import { createManageState, reduceManage, type ManageEvent, type ManageState } from './manage-store.js';

export interface ManageExample {
  readonly id: string;
  readonly state: ManageState;
  readonly locale?: Locale;
}

export function playManage(events: readonly ManageEvent[], booked: BookedDto | null = buildBooked()): ManageState {
  let state = createManageState(EXAMPLE_NOW_MS, EXAMPLE_ZONE, booked ? 'loading' : 'find');
  const first: ManageEvent[] = booked
    ? [
        { type: 'arrived', booked, news: null },
        { type: 'catalogue-arrived', catalogue: buildCatalogue() },
      ]
    : [];
  for (const event of [...first, ...events]) {
    state = reduceManage(state, event);
    if (state.mode === 'move' && state.slots === null) {
      const { from, days } = slotRangeOf(state);
      state = reduceManage(state, { type: 'slots-asked', ask: 1 });
      state = reduceManage(state, {
        type: 'slots-arrived',
        ask: 1,
        list: buildList(from, days, buildStarts(state.month)),
      });
    }
  }
  return state;
}

const MOVE: ManageEvent = { type: 'mode-chosen', mode: 'move' };
const OTHER_DAY: ManageEvent = { type: 'date-chosen', date: '2027-03-05' };
const OTHER_START: ManageEvent = { type: 'start-chosen', start: at('2027-03-05', 15) };

export const MANAGE_STATES: readonly ManageExample[] = [
  { id: 'manage-find', state: playManage([], null) },
  { id: 'manage-gone', state: playManage([{ type: 'lost', phase: 'gone' }], null) },
  { id: 'manage-unavailable', state: playManage([{ type: 'lost', phase: 'unavailable' }], null) },
  { id: 'manage-read', state: playManage([]) },
  { id: 'manage-visit', state: playManage([], buildBooked({ followedBy: buildFollowing(EXAMPLE_START) })) },
  { id: 'manage-too-late', state: playManage([], buildBooked({ rescheduleUntil: null, cancelUntil: null })) },
  { id: 'manage-cancel', state: playManage([{ type: 'mode-chosen', mode: 'cancel' }]) },
  { id: 'manage-move', state: playManage([MOVE, OTHER_DAY, OTHER_START]) },
  {
    id: 'manage-taken',
    state: playManage([MOVE, OTHER_DAY, OTHER_START, { type: 'refused', code: 'SLOT_TAKEN', alternatives: [] }]),
  },
  { id: 'manage-moved', state: playManage([{ type: 'arrived', booked: buildBooked({ version: 2 }), news: 'moved' }]) },
  {
    id: 'manage-cancelled',
    state: playManage([
      { type: 'arrived', booked: buildBooked({ state: 'cancelled-by-customer' }), news: 'cancelled' },
    ]),
  },
  { id: 'manage-arabic', state: playManage([MOVE, OTHER_DAY, OTHER_START]), locale: 'ar' },
];
