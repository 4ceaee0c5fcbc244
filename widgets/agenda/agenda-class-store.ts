/** How what happens changes the classes of the agenda. Pure. */
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { AgendaAction, AgendaState } from './agenda-store.js';

type ClassAction = Extract<
  AgendaAction,
  {
    type:
      'sessions-loaded' | 'session-arrived' | 'session-dropped' | 'roster-arrived' | 'dates-changed' | 'course-listed';
  }
>;

/** An answer to a command may overtake a reading that was asked for before it. */
const keepNewer = (sessions: readonly ClassSessionDto[], known: readonly ClassSessionDto[]): ClassSessionDto[] =>
  sessions.map((one) => known.find(({ id, version }) => id === one.id && version > one.version) ?? one);

function putSession(sessions: readonly ClassSessionDto[], session: ClassSessionDto): ClassSessionDto[] {
  const others = sessions.filter(({ id }) => id !== session.id);
  return [...others, session].sort((one, other) => one.start.localeCompare(other.start));
}

export function reduceClasses(state: AgendaState, action: ClassAction): AgendaState {
  switch (action.type) {
    case 'sessions-loaded':
      return { ...state, sessions: keepNewer(action.sessions, state.sessions) };
    case 'session-arrived':
      return { ...state, sessions: putSession(state.sessions, action.session) };
    case 'session-dropped':
      return { ...state, droppedSession: action.dropped };
    case 'roster-arrived':
      return action.roster.session.id === state.openSessionId ? { ...state, roster: action.roster } : state;
    case 'dates-changed':
      return { ...state, dates: action.dates };
    case 'course-listed':
      return { ...state, course: action.course };
  }
}
