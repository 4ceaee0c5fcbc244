/**
 * What a kiosk shows, as data. A session is one customer: it begins at the attract screen and ends there, and nothing of it is
 * left (QK-8). One decision a screen; `nextScreen` knows which decision is missing.
 */
import type { DeviceHealth, DeviceSelf } from '@frontdesk/protocol/devices';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { IssuedTicket, QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import type { ErrorBody } from '@frontdesk/protocol/result';

export type PrinterCondition = DeviceHealth['printer'];

/**
 * - `attract`: nobody is here; languages, and one thing to do.
 * - `services`, `declare`, `name`, `phone`, `warn`: the decisions of a new ticket, in this order.
 * - `issuing`, `checking-in`: the answer is on its way; nothing can be pressed twice.
 * - `ticket`: the number stands on the screen.
 * - `check-in`: somebody types or scans what they have.
 * - `phone-end`, `line`: whose booking the code is of, and where it waits if that is not plain.
 * - `failed`: what happened, and what to do next.
 */
export type Screen =
  | 'attract'
  | 'services'
  | 'declare'
  | 'name'
  | 'phone'
  | 'warn'
  | 'issuing'
  | 'ticket'
  | 'check-in'
  | 'phone-end'
  | 'line'
  | 'checking-in'
  | 'failed';

/** A ticket as its holder sees it here; `place` is null for one that was handed out without a network. */
export interface ShownTicket {
  readonly label: string;
  readonly serviceNames: IssuedTicket['serviceNames'];
  readonly issuedAt: string;
  readonly place: IssuedTicket['place'] | null;
  /** null where only the customer has the link. */
  readonly url: string | null;
  readonly warnsOfClosing: boolean;
  readonly isCheckIn: boolean;
}

/** `off`: there is no printer, and the screen is the ticket (QK-7). */
export type PrintProgress = 'off' | 'printing' | 'printed' | 'failed';

/** undefined: not asked yet; null: the customer went on without. */
export interface Answers {
  readonly serviceId?: ServiceId | undefined;
  readonly classKey?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly hasSeenWarning?: boolean | undefined;
}

/** A booking that somebody arrives for; stays no longer than they do. */
export interface Arrival {
  /** The booking code, or the whole link. */
  readonly code: string;
  readonly isLink: boolean;
  readonly phoneEnd: string | null;
  readonly queueServiceId: ServiceId | null;
}

export interface Session {
  readonly screen: Screen;
  /** null: the kiosk's own first language. */
  readonly language: Locale | null;
  readonly answers: Answers;
  readonly arrival: Arrival | null;
  readonly ticket: ShownTicket | null;
  readonly print: PrintProgress;
  readonly failure: Failure | null;
  readonly isReadAloud: boolean;
  readonly isLargeText: boolean;
  readonly isHighContrast: boolean;
  /** Seconds until the session ends by itself; null while nobody needs to be asked (QK-9). */
  readonly secondsLeft: number | null;
}

export interface Failure {
  readonly during: 'issue' | 'check-in' | 'booking';
  /** `offline`: no network, and no number left to hand out. */
  readonly code: ErrorBody['code'] | 'offline';
  readonly error: ErrorBody | null;
  /** Server time in epoch milliseconds, for words such as "come back at". */
  readonly atMs: number;
}

/** Behind the PIN. */
export type StaffPanel =
  { readonly kind: 'pin'; readonly problem: 'wrong' | 'wait' | 'offline' | null } | { readonly kind: 'open' };

export interface KioskState {
  readonly self: DeviceSelf | null;
  readonly offer: QueueOffer | null;
  /** Requests are answered, by socket or by HTTP. */
  readonly isOnline: boolean;
  readonly printer: PrinterCondition;
  /** Tickets handed out that the server does not know yet. */
  readonly heldBack: number;
  /** Labels that the server would not take; staff have to know. */
  readonly refusedLabels: readonly string[];
  readonly staff: StaffPanel | null;
  readonly session: Session;
}

export const NEW_SESSION: Session = {
  screen: 'attract',
  language: null,
  answers: {},
  arrival: null,
  ticket: null,
  print: 'off',
  failure: null,
  isReadAloud: false,
  isLargeText: false,
  isHighContrast: false,
  secondsLeft: null,
};

export const INITIAL_KIOSK: KioskState = {
  self: null,
  offer: null,
  isOnline: false,
  printer: 'none',
  heldBack: 0,
  refusedLabels: [],
  staff: null,
  session: NEW_SESSION,
};

export type KioskAction =
  | { readonly type: 'self-read'; readonly self: DeviceSelf }
  | { readonly type: 'offer-read'; readonly offer: QueueOffer }
  | { readonly type: 'link-changed'; readonly isOnline: boolean }
  | { readonly type: 'printer-checked'; readonly printer: PrinterCondition }
  | { readonly type: 'held-back'; readonly count: number; readonly refusedLabels: readonly string[] }
  | { readonly type: 'language-chosen'; readonly language: Locale }
  | { readonly type: 'aid-switched'; readonly aid: Aid; readonly on: boolean }
  | { readonly type: 'answered'; readonly answers: Answers }
  | { readonly type: 'went-back' }
  | { readonly type: 'check-in-opened' }
  | { readonly type: 'arrival-asked'; readonly screen: 'phone-end' | 'line'; readonly arrival: Arrival }
  | { readonly type: 'check-in-started' }
  | { readonly type: 'ticket-shown'; readonly ticket: ShownTicket; readonly print: PrintProgress }
  | { readonly type: 'print-ended'; readonly print: PrintProgress }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'retried' }
  | { readonly type: 'idle-warned'; readonly secondsLeft: number | null }
  | { readonly type: 'session-ended' }
  | { readonly type: 'staff-shown'; readonly staff: StaffPanel | null };

export type Aid = 'isReadAloud' | 'isLargeText' | 'isHighContrast';

export function findService({ offer }: KioskState, serviceId: ServiceId | undefined): ServiceOffer | undefined {
  return offer?.services.find(({ id }) => id === serviceId);
}

/** The only service that this kiosk offers: nobody has to choose it. */
export function onlyService({ offer }: KioskState): ServiceOffer | undefined {
  return offer?.services.length === 1 ? offer.services[0] : undefined;
}

export function languageOf({ self, session }: KioskState): Locale {
  return session.language ?? self?.languages[0] ?? 'en';
}

/** The first decision that is missing; `issuing` when there is none. */
export function nextScreen(state: KioskState, answers: Answers): Screen {
  const service = findService(state, answers.serviceId);
  if (!service) return 'services';
  if (service.state.kind === 'closed') return 'services';
  if ((state.offer?.declarations.length ?? 0) > 0 && answers.classKey === undefined) return 'declare';
  if (service.askName !== 'no' && answers.name === undefined) return 'name';
  if (service.askPhone !== 'no' && answers.phone === undefined) return 'phone';
  if (service.state.warnsOfClosing && !answers.hasSeenWarning) return 'warn';
  return 'issuing';
}

/** What each screen asked: going back asks it again. */
const askedBy: Partial<Record<Screen, keyof Answers>> = {
  declare: 'classKey',
  name: 'name',
  phone: 'phone',
  warn: 'hasSeenWarning',
};
const order: readonly Screen[] = ['declare', 'name', 'phone', 'warn'];

function goBack(state: KioskState): Session {
  const { session } = state;
  // A number that was given stays until its holder is done with it.
  if (session.screen === 'ticket' || session.screen === 'attract') return session;
  const isOfBooking = session.screen === 'phone-end' || session.screen === 'line';
  const isArriving = session.screen === 'failed' && session.failure?.during !== 'issue';
  if (isOfBooking || isArriving) return { ...session, screen: 'check-in', arrival: null, failure: null };
  const at =
    session.screen === 'failed' && session.failure?.during === 'issue' ? order.length : order.indexOf(session.screen);
  // From the end: the last decision before this screen that was really asked.
  for (const screen of order.slice(0, Math.max(at, 0)).reverse()) {
    const answer = askedBy[screen];
    if (answer === undefined || session.answers[answer] === undefined) continue;
    const answers = { ...session.answers, [answer]: undefined };
    return { ...session, screen, answers, failure: null };
  }
  const isChoosing = at >= 0 && onlyService(state) === undefined;
  const screen: Screen = isChoosing ? 'services' : 'attract';
  return { ...session, screen, answers: {}, failure: null };
}

function patchSession(state: KioskState, change: Partial<Session>): KioskState {
  return { ...state, session: { ...state.session, ...change } };
}

/** The answer that the server found wrong is asked again; everything else is told. */
function fail(state: KioskState, failure: Failure): KioskState {
  const wrong = failure.code === 'VALIDATION' ? failure.error?.fields : undefined;
  const screen = wrong?.['phone'] ? 'phone' : wrong?.['name'] ? 'name' : null;
  if (screen === null) return patchSession(state, { screen: 'failed', failure });
  const answers = { ...state.session.answers, [screen]: undefined };
  return patchSession(state, { screen, answers, failure });
}

function reduceSession(state: KioskState, action: KioskAction): KioskState {
  const { session } = state;
  switch (action.type) {
    case 'language-chosen':
      return patchSession(state, { language: action.language });
    case 'aid-switched':
      return patchSession(state, { [action.aid]: action.on });
    case 'answered': {
      const answers = { ...session.answers, ...action.answers };
      return patchSession(state, { answers, screen: nextScreen(state, answers), failure: null });
    }
    case 'went-back':
      return { ...state, session: goBack(state) };
    case 'check-in-opened':
      return patchSession(state, { screen: 'check-in', failure: null });
    case 'arrival-asked':
      return patchSession(state, { screen: action.screen, arrival: action.arrival, failure: null });
    case 'check-in-started':
      return patchSession(state, { screen: 'checking-in' });
    case 'ticket-shown':
      return patchSession(state, { screen: 'ticket', ticket: action.ticket, print: action.print, failure: null });
    case 'print-ended':
      return session.ticket === null ? state : patchSession(state, { print: action.print });
    case 'failed':
      return fail(state, action.failure);
    case 'retried':
      return patchSession(state, {
        failure: null,
        arrival: null,
        screen: session.failure?.during === 'issue' ? 'issuing' : 'check-in',
      });
    case 'idle-warned':
      return session.secondsLeft === action.secondsLeft
        ? state
        : patchSession(state, { secondsLeft: action.secondsLeft });
    case 'session-ended':
      return { ...state, session: NEW_SESSION, staff: null };
    default:
      return state;
  }
}

export function reduceKiosk(state: KioskState, action: KioskAction): KioskState {
  switch (action.type) {
    case 'self-read':
      return { ...state, self: action.self };
    case 'offer-read':
      return { ...state, offer: action.offer };
    case 'link-changed':
      return state.isOnline === action.isOnline ? state : { ...state, isOnline: action.isOnline };
    case 'printer-checked':
      return state.printer === action.printer ? state : { ...state, printer: action.printer };
    case 'held-back':
      return { ...state, heldBack: action.count, refusedLabels: action.refusedLabels };
    case 'staff-shown':
      return { ...state, staff: action.staff };
    default:
      return reduceSession(state, action);
  }
}

/** True while a customer's step would be lost, or somebody else's would be kept: the idle clock runs. */
export function isInUse({ session, staff }: KioskState): boolean {
  const { screen, language, isReadAloud, isLargeText, isHighContrast } = session;
  return screen !== 'attract' || language !== null || isReadAloud || isLargeText || isHighContrast || staff !== null;
}

/** Nobody can press anything, and nobody is asked whether they are still there. */
export function isBusy({ session }: KioskState): boolean {
  return session.screen === 'issuing' || session.screen === 'checking-in';
}
