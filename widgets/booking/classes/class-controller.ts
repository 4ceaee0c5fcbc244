/** Does what somebody who joins a class asks for: lists dates, holds seats, takes them, joins the line. Framework-free. */
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { OfferedSession, SeatAnswer, SeatHold, SessionList } from '@frontdesk/protocol/booking-class';
import type { CourseAnswer, CourseHold } from '@frontdesk/protocol/booking-course';
import type { OfferedService } from '@frontdesk/protocol/booking-visitor';
import type { ClassSessionId, CourseId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { BookingClient, BookingLive } from '../../core/client/booking-client.js';
import { createNamedTimers } from '../../core/client/clock.js';
import { createStore, type ReadableStore } from '../../core/client/store.js';
import { FrontdeskBookingErrorEvent } from '../booking-events.js';
import {
  FrontdeskBookingBeforeSubmitEvent,
  FrontdeskBookingBookedEvent,
  FrontdeskBookingHoldEvent,
  FrontdeskBookingHoldExpiredEvent,
} from '../visit-events.js';
import { checkDraft, readRefusal, toInput, type Draft } from '../booking-form.js';
import { FrontdeskBookingWaitlistedEvent } from './class-events.js';
import { createSubmitter } from '../details/booking-submit.js';
import { createRequester } from '../requester.js';
import {
  createClassState,
  findSession,
  PAGE_DAYS,
  pageStart,
  reduceClass,
  splitCourse,
  type ClassEvent,
  type ClassState,
} from './class-store.js';

const TICK_MS = 1_000;
/** Without a socket the list is asked for again this often. */
const POLL_MS = 20_000;
/** Seats in all dates of a course change one after the other. */
const GATHER_MS = 500;
const MAX_HOLD_MS = 15 * 60_000;
const USUAL_HOLD_MS = 5 * 60_000;

export interface ClassControllerOptions {
  readonly client: BookingClient;
  readonly service: OfferedService;
  readonly timeZone: string;
  readonly draft: Draft;
  /** What the website's server signed about the customer. */
  readonly prefill?: string | null;
  /** False takes seats only when the form is sent. */
  readonly isHolding: boolean;
  readonly getLocale: () => Locale;
  /** Tells the page; false when it does not want it to happen. */
  readonly emit: (event: Event) => boolean;
}

interface Sent {
  readonly ref: string;
  readonly result: Result<SeatAnswer>;
}

export interface ClassController extends ReadableStore<ClassState> {
  start(): void;
  stop(): void;
  /** What is out of sight is not asked for; seats that are kept stay kept. */
  setVisible(isVisible: boolean): void;
  showPage(page: number): void;
  chooseParty(seats: number): void;
  /** Takes seats where there are enough, and leads to the line where there are not. */
  join(sessionId: ClassSessionId): void;
  /** Takes all dates of a course that have room. */
  joinCourse(courseId: CourseId): void;
  extend(): void;
  /** Back from the code to the form. */
  unverify(): void;
  goBack(): void;
  type(draft: Draft): void;
  submit(): void;
  retry(): void;
}

/** Its first date, with the link that holds all of them. */
function toSeatAnswer(answer: Result<CourseAnswer>): Result<SeatAnswer> | null {
  if (!answer.ok) return answer;
  const [first] = answer.data.dates;
  return first ? { ok: true, data: { seat: first.seat, seatToken: answer.data.seatToken } } : null;
}

export function createClassController(options: ClassControllerOptions): ClassController {
  const { client, service, timeZone, emit } = options;
  const { clock } = client.environment;
  const store = createStore<ClassState>(createClassState(clock.now(), options.draft, options.prefill));
  const timers = createNamedTimers<'tick' | 'poll' | 'courses'>(clock);
  const requester = createRequester(client);
  const submitter = createSubmitter(requester);
  let live: BookingLive | null = null;
  let isOnline = false;
  let isStopped = false;
  let isVisible = true;
  let asked = 0;
  /** Seats asked for; an answer about others than the last ones is too late. */
  let choices = 0;
  let stops: (() => void)[] = [];
  let release: (() => void) | null = null;

  function dispatch(event: ClassEvent): void {
    if (!isStopped) store.patch(reduceClass(store.getState(), event));
  }

  async function list(): Promise<void> {
    if (!isVisible) return;
    const { page } = store.getState();
    const today = getZone(timeZone).toWall(clock.now()).date;
    const question = { serviceId: service.id, from: addDays(today, pageStart(page)), days: PAGE_DAYS };
    asked += 1;
    const mine = asked;
    timers.start('poll', POLL_MS, () => void (isOnline || list()));
    const result =
      live && isOnline
        ? await live.connection.request('class-session:watch', question, { via: 'socket' })
        : await client.request('class-session:list', question);
    // An answer that another question has overtaken is old.
    if (isStopped || mine !== asked) return;
    if (!result.ok) return dispatch({ type: 'list-failed' });
    dispatch({ type: 'listed', list: result.data });
    await readCourses(result.data);
    await goLive();
  }

  function connect(): void {
    if (isVisible) release ??= live?.connection.acquire() ?? null;
  }

  function disconnect(): void {
    release?.();
    release = null;
  }

  async function readCourses({ sessions }: SessionList): Promise<void> {
    const ids = [...new Set(sessions.flatMap(({ courseId }) => courseId ?? []))];
    if (ids.length === 0) return;
    const answers = await Promise.all(ids.map((courseId) => client.request('course:read', { courseId })));
    dispatch({ type: 'courses-read', courses: answers.flatMap((one) => (one.ok ? [one.data] : [])) });
  }

  function readCoursesSoon(): void {
    if (timers.has('courses')) return;
    timers.start('courses', GATHER_MS, () => {
      const { list: listed } = store.getState();
      if (listed && isVisible) void readCourses(listed);
    });
  }

  /** After the first answer, because a socket is for those who stay. */
  async function goLive(): Promise<void> {
    if (live) return connect();
    try {
      const loaded = await client.loadLive();
      if (isStopped || live) return loaded.connection.close();
      live = loaded;
      const { connection } = loaded;
      stops = [
        connection.subscribe(({ phase }) => {
          const wasOnline = isOnline;
          isOnline = phase === 'online';
          if (isOnline !== wasOnline) void list();
        }),
        connection.on('class-sessions:changed', (change) => {
          const isNext = store.getState().list?.rev === change.prev && change.seatsLeft !== null;
          if (!isNext) return void list();
          dispatch({ type: 'seats-changed', change });
          readCoursesSoon();
        }),
      ];
      connect();
    } catch {
      // Without the code of the socket the list is asked for again now and then.
    }
  }

  function tick(): void {
    timers.start('tick', TICK_MS, () => {
      dispatch({ type: 'ticked', nowMs: clock.now() });
      const { held, busy } = store.getState();
      if (!held) return;
      if (held.endsAtMs > clock.now() || busy === 'confirming') return tick();
      dispatch({ type: 'hold-expired' });
      emit(new FrontdeskBookingHoldExpiredEvent());
    });
  }

  function keep(hold: SeatHold, course: ClassState['course'] = null): void {
    const leftMs = Date.parse(hold.expiresAt) - clock.now();
    const isPlausible = leftMs > 0 && leftMs <= MAX_HOLD_MS;
    dispatch({ type: 'ticked', nowMs: clock.now() });
    dispatch({ type: 'held', course, held: { hold, endsAtMs: clock.now() + (isPlausible ? leftMs : USUAL_HOLD_MS) } });
    emit(new FrontdeskBookingHoldEvent(hold.start, hold.expiresAt));
    tick();
  }

  function refuse(error: ErrorBody): void {
    const errors = readRefusal(error);
    if (errors) return dispatch({ type: 'checked', errors });
    if (error.code === 'VERIFICATION_REQUIRED') return void verify();
    dispatch({ type: 'refused', code: error.code });
    emit(new FrontdeskBookingErrorEvent(error.code));
    if (store.getState().step === 'sessions') void list();
  }

  const letGo = ({ id }: Pick<SeatHold, 'id'>, isCourse = store.getState().course !== null): void =>
    void client.request(isCourse ? 'course:release' : 'seat:release', { enrolmentId: id });

  /** As the form shows it: by its first date. */
  function keepCourse(hold: CourseHold): void {
    const [first] = hold.dates;
    if (!first) return refuse({ code: 'SLOT_CLOSED', message: '', requestId: '' });
    const { id, seats, expiresAt } = hold;
    const { sessionId, start, end } = first;
    keep({ id, seats, expiresAt, sessionId, start, end, serviceId: service.id, canExtend: false }, hold);
  }

  function holdCourse(courseId: CourseId): Promise<Result<CourseHold>> {
    const { courses, seats } = store.getState();
    const { full } = splitCourse(courses.find((one) => one.courseId === courseId) ?? { dates: [] }, { seats });
    return requester.request('course:hold', { courseId, seats, without: full.map(({ sessionId }) => sessionId) });
  }

  async function joinCourse(courseId: CourseId): Promise<void> {
    const { busy, list: listed, courses } = store.getState();
    const session = listed?.sessions.find((one) => one.courseId === courseId);
    if (!session || busy !== null) return;
    dispatch({ type: 'started', what: 'holding', session });
    const mine = (choices += 1);
    const result = await holdCourse(courseId);
    const isLate = isStopped || mine !== choices || store.getState().busy !== 'holding';
    if (isLate) return void (result.ok && letGo(result.data, true));
    if (result.ok) return keepCourse(result.data);
    const dates = courses.find((one) => one.courseId === courseId)?.dates ?? [];
    dispatch({ type: 'course-chosen', course: { courseId, dates } });
    refuse(result.error);
  }

  async function sendCourse({ course, held, draft, prefill }: ClassState): Promise<Result<CourseAnswer> | null> {
    if (!course) return null;
    const input = { ...toInput(service, draft), locale: options.getLocale(), ...(prefill && { prefill }) };
    if (held) return submitter.send('course:confirm', { enrolmentId: held.hold.id, ...input });
    const fresh = await holdCourse(course.courseId);
    return fresh.ok ? submitter.send('course:confirm', { enrolmentId: fresh.data.id, ...input }) : fresh;
  }
  /** The code takes its time, so the seats are kept longer without being asked. */
  async function verify(): Promise<void> {
    const { held, draft } = store.getState();
    try {
      const { createVerification } = await import('../verify/define.js');
      const whose = { serviceId: service.id, address: draft.email.trim(), locale: options.getLocale() };
      const verified = (): void => {
        dispatch({ type: 'verifying', verification: null });
        void submit(false);
      };
      dispatch({
        type: 'verifying',
        verification: createVerification({ ...whose, clock, requester, submitter, verified }),
      });
      if (held?.hold.canExtend) await extend();
    } catch {
      dispatch({ type: 'refused', code: 'INTERNAL' });
    }
  }

  async function join(sessionId: ClassSessionId): Promise<void> {
    const state = store.getState();
    const session = findSession(state, sessionId) ?? state.session;
    if (!session || state.busy !== null) return;
    const isWaiting = session.seatsLeft < state.seats && !state.held;
    if (isWaiting || !options.isHolding) return dispatch({ type: 'session-chosen', session, isWaiting });
    dispatch({ type: 'started', what: 'holding', session });
    const mine = (choices += 1);
    const result = await requester.request('seat:hold', { sessionId, seats: state.seats });
    const isLate = isStopped || mine !== choices || store.getState().busy !== 'holding';
    if (isLate) return void (result.ok && letGo(result.data));
    if (result.ok) keep(result.data);
    else refuse(result.error);
  }

  async function extend(): Promise<void> {
    const { held, busy } = store.getState();
    if (!held || busy !== null) return;
    dispatch({ type: 'started', what: 'extending' });
    const result = await requester.request('seat:extend', { enrolmentId: held.hold.id });
    // Whoever went back meanwhile has given them to others.
    if (isStopped || store.getState().busy !== 'extending') return;
    if (result.ok) keep(result.data);
    else refuse(result.error);
  }

  /** Also of which seats it is the answer; nobody waits in the line with seats. */
  async function send(state: ClassState, { id: sessionId }: OfferedSession): Promise<Sent> {
    const { seats, isWaiting, held, draft, prefill } = state;
    const input = { ...toInput(service, draft), locale: options.getLocale(), ...(prefill && { prefill }) };
    if (isWaiting) return { ref: '', result: await submitter.send('seat:wait', { sessionId, seats, ...input }) };
    const hold = held
      ? ({ ok: true, data: held.hold } as const)
      : await requester.request('seat:hold', { sessionId, seats });
    if (!hold.ok) return { ref: '', result: hold };
    const { id: enrolmentId } = hold.data;
    return { ref: enrolmentId, result: await submitter.send('seat:confirm', { enrolmentId, ...input }) };
  }

  async function submit(isAsking = true): Promise<void> {
    const state = store.getState();
    if (state.busy !== null || !state.session) return;
    const errors = checkDraft(service, state.draft);
    dispatch({ type: 'checked', errors });
    if (Object.keys(errors).length > 0 || (isAsking && !emit(new FrontdeskBookingBeforeSubmitEvent()))) return;
    dispatch({ type: 'started', what: 'confirming' });
    const whole = state.course ? await sendCourse(state) : null;
    const { ref, result } = whole
      ? { ref: state.held?.hold.id ?? '', result: toSeatAnswer(whole) }
      : await send(state, state.session);
    if (isStopped || !result) return;
    if (!result.ok) return refuse(result.error);
    dispatch({ type: 'answered', answer: result.data, together: whole?.ok ? whole.data.dates : [] });
    const { serviceId, start, timeZone: zone, state: seatState } = result.data.seat;
    const detail = { ref, service: serviceId, start, zone };
    const isIn = seatState === 'enrolled';
    emit(
      isIn
        ? new FrontdeskBookingBookedEvent({ ...detail, status: 'confirmed' })
        : new FrontdeskBookingWaitlistedEvent(detail),
    );
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: () => void list(),
    stop() {
      const { held, busy } = store.getState();
      // What is being sent is taken as it was sent.
      if (held && busy !== 'confirming') letGo(held.hold);
      isStopped = true;
      timers.stopAll();
      requester.stop();
      disconnect();
      for (const stop of stops.splice(0)) stop();
      live?.connection.close();
    },
    setVisible(next) {
      if (next === isVisible) return;
      isVisible = next;
      if (next) return void list();
      // An answer that is on its way is old when somebody looks again.
      asked += 1;
      timers.stop('poll');
      disconnect();
    },
    showPage(page) {
      dispatch({ type: 'page-shown', page });
      void list();
    },
    chooseParty: (seats) => dispatch({ type: 'party-chosen', seats }),
    join: (sessionId) => void join(sessionId),
    joinCourse: (courseId) => void joinCourse(courseId),
    extend: () => void extend(),
    unverify: () => dispatch({ type: 'verifying', verification: null }),
    goBack() {
      const { held, busy } = store.getState();
      // What is being sent is taken as it was sent.
      if (busy === 'confirming') return;
      if (held) letGo(held.hold);
      dispatch({ type: 'gone-back' });
      void list();
    },
    type(draft) {
      dispatch({ type: 'typed', draft });
      submitter.prepare();
    },
    submit: () => void submit(),
    retry: () => void list(),
  };
}
