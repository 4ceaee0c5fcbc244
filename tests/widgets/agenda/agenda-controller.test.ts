/** The agenda's side of the wire, with a connection that answers from a script. One desk, all that is asked of it: longer than 400 lines. */
import { expect } from '@open-wc/testing';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import type { BookingFileId, LocationId } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import { AgendaController } from '@frontdesk/widgets/agenda/agenda-controller';
import { listPeople } from '@frontdesk/widgets/agenda/agenda-attendance';
import type { AgendaRequest } from '@frontdesk/widgets/agenda/agenda-events';
import { shownBookings, shownSessions } from '@frontdesk/widgets/agenda/agenda-layout';
import {
  at,
  bookingIdOf,
  buildBooking,
  DEMO_SESSION,
  LOCATION,
  READY,
  ROSTER,
  SESSION,
  serviceIdOf,
  staffIdOf,
  TODAY,
} from '@frontdesk/widgets/agenda/agenda-states';
import { findBooking } from '@frontdesk/widgets/agenda/agenda-store';
import { addDays } from '@frontdesk/widgets/agenda/agenda-time';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import { createStaffScript, HOST, ok, refuse, settle } from '../staff/staff-script.js';

const BOOKED = buildBooking(3, { name: 'Siti', start: at(10, 30) });
const agendaOf = (...bookings: BookingDto[]): Result<unknown> => ok({ bookings, blocks: [] });
const MOVE: AgendaRequest = {
  type: 'move',
  bookingId: BOOKED.id,
  target: { start: at(11), staffId: staffIdOf(2) },
  isUndo: false,
};
const moved = (version = 3): BookingDto => ({
  ...buildBooking(3, { name: 'Siti', start: at(11), staff: 2 }),
  version,
});

async function openAgenda() {
  const script = createStaffScript();
  script.answer('location:list', () => ok({ locations: [LOCATION] }));
  script.answer('booking:read-setup', () => ok(READY.setup));
  script.answer('queue:read-setup', () => ok({ services: [], counters: [], policy: null }));
  script.answer('agenda:read', () => agendaOf(BOOKED));
  const controller = new AgendaController(HOST, () => ({ locationId: null }));
  controller.enter(script.client, DEMO_SESSION);
  await settle();
  return {
    ...script,
    controller,
    get state() {
      return controller.state;
    },
    async ask(request: AgendaRequest): Promise<void> {
      controller.handle(request);
      await settle();
    },
  };
}

describe('agenda controller', () => {
  it('BK-18 shows the only branch, and reads again when its agenda changed and not when another one did', async () => {
    const agenda = await openAgenda();
    expect(agenda.state.agenda?.bookings.map(({ id }) => id)).to.deep.equal([BOOKED.id]);
    const read = agenda.asked('agenda:read').length;
    agenda.tell('agenda:changed', { locationId: 'f'.repeat(24) as LocationId });
    await agenda.clock.pass(500);
    expect(agenda.asked('agenda:read')).to.have.length(read);
    agenda.tell('agenda:changed', { locationId: LOCATION.id });
    agenda.tell('agenda:changed', { locationId: LOCATION.id });
    await agenda.clock.pass(500);
    expect(agenda.asked('agenda:read')).to.have.length(read + 1);
    agenda.controller.leave();
  });

  it('BK-8 a visit stands where it was dropped, and goes back with the reason and other times when refused', async () => {
    const agenda = await openAgenda();
    let answer: (result: Result<unknown>) => void = () => undefined;
    agenda.answer('booking:move', () => new Promise((resolve) => (answer = resolve)));
    await agenda.ask(MOVE);
    expect(shownBookings(agenda.state)[0]?.start).to.equal(at(11));
    answer(refuse('SLOT_TAKEN', { current: { alternatives: [at(12)] } }));
    await settle();
    expect(shownBookings(agenda.state)[0]?.start).to.equal(at(10, 30));
    expect(agenda.state.failure).to.deep.include({ alternatives: [at(12)], bookingId: BOOKED.id });
    agenda.controller.leave();
  });

  it('BK-7 a lost answer is asked for again with the same key, and a second press meanwhile sends nothing', async () => {
    const agenda = await openAgenda();
    let tries = 0;
    agenda.answer('booking:move', () => {
      tries += 1;
      return tries < 3 ? createUnknownOutcome('lost') : ok(moved());
    });
    agenda.controller.handle(MOVE);
    agenda.controller.handle({ ...MOVE, target: { start: at(12), staffId: staffIdOf(1) } });
    await agenda.clock.pass(2_000);
    const asked = agenda.asked('booking:move');
    expect(asked).to.have.length(3);
    expect(asked[0]?.key).to.be.a('string');
    expect(new Set(asked.map(({ key }) => key)).size).to.equal(1);
    expect(asked[0]?.input).to.deep.include({ version: 2, start: at(11), staffId: staffIdOf(2) });
    expect(agenda.state.notice).to.deep.include({ kind: 'moved' });
    agenda.controller.leave();
  });

  it('BK-22 somebody else was first: what is there now is shown, and nothing is overwritten', async () => {
    const agenda = await openAgenda();
    const theirs = { ...buildBooking(3, { name: 'Siti', start: at(14) }), version: 5 };
    agenda.answer('booking:move', () => refuse('CONFLICT', { current: theirs }));
    await agenda.ask(MOVE);
    expect(findBooking(agenda.state, BOOKED.id)).to.deep.equal(theirs);
    expect(agenda.state.failure?.error.code).to.equal('CONFLICT');
    expect(agenda.asked('booking:move')).to.have.length(1);
    agenda.controller.leave();
  });

  it('BK-22 a move is taken back with the version that it made, and only once', async () => {
    const agenda = await openAgenda();
    agenda.answer('booking:move', () => ok(moved()));
    await agenda.ask(MOVE);
    const { notice } = agenda.state;
    const back = notice?.kind === 'moved' ? notice.back : null;
    expect(back).to.deep.equal({ start: at(10, 30), staffId: staffIdOf(1) });
    agenda.answer('booking:move', () => ok({ ...BOOKED, version: 4 }));
    await agenda.ask({ ...MOVE, target: back ?? { start: '', staffId: null }, isUndo: true });
    expect(agenda.asked('booking:move')[1]?.input).to.deep.include({ version: 3, start: at(10, 30) });
    expect(agenda.state.notice).to.deep.include({ kind: 'moved', back: null });
    agenda.controller.leave();
  });

  it('BK-19 an older reading undoes no answer, and one of another day is dropped', async () => {
    const agenda = await openAgenda();
    agenda.answer('booking:move', () => ok(moved()));
    await agenda.ask(MOVE);
    agenda.tell('agenda:changed', { locationId: LOCATION.id });
    await agenda.clock.pass(500);
    expect(findBooking(agenda.state, BOOKED.id)?.version).to.equal(3);
    const waiting: ((result: Result<unknown>) => void)[] = [];
    agenda.answer('agenda:read', () => new Promise((resolve) => waiting.push(resolve)));
    await agenda.ask({ type: 'show', view: 'day', date: addDays(TODAY, 1) });
    await agenda.ask({ type: 'show', view: 'day', date: addDays(TODAY, 2) });
    waiting[1]?.(agendaOf(buildBooking(8, { name: 'Second', start: at(9) })));
    waiting[0]?.(agendaOf(buildBooking(7, { name: 'First', start: at(9) })));
    await settle();
    expect(agenda.state.agenda?.bookings.map(({ id }) => id)).to.deep.equal([bookingIdOf(8)]);
    agenda.controller.leave();
  });

  it('BK-20 without an answer it says so and sends nothing; back, it reads at once', async () => {
    const agenda = await openAgenda();
    agenda.lifecycle.emit('offline');
    expect(agenda.state.link).to.equal('lost');
    await agenda.ask(MOVE);
    expect(agenda.asked('booking:move')).to.have.length(0);
    agenda.answer('agenda:read', () => createUnknownOutcome('no network'));
    await agenda.clock.pass(10_000);
    expect(agenda.state.link).to.equal('lost');
    agenda.answer('agenda:read', () => agendaOf(moved(9)));
    agenda.lifecycle.emit('wake');
    await settle();
    expect(agenda.state.link).to.equal('live');
    expect(findBooking(agenda.state, BOOKED.id)?.version).to.equal(9);
    agenda.controller.leave();
  });

  it('BK-22 who calls is booked, and free times of a question that was replaced are dropped', async () => {
    const agenda = await openAgenda();
    const waiting: ((result: Result<unknown>) => void)[] = [];
    agenda.answer('agenda:list-starts', () => new Promise((resolve) => waiting.push(resolve)));
    const question = { serviceId: serviceIdOf(1), staffId: null, date: TODAY, moving: null };
    await agenda.ask({ type: 'list-starts', question });
    await agenda.ask({ type: 'list-starts', question: { ...question, staffId: staffIdOf(1) } });
    waiting[1]?.(ok({ starts: [at(12)] }));
    waiting[0]?.(ok({ starts: [at(9)] }));
    await settle();
    expect(agenda.state.starts?.starts).to.deep.equal([at(12)]);
    agenda.answer('booking:create', () => ok(buildBooking(20, { name: 'A caller', start: at(12) })));
    const customer = { name: 'A caller', phone: null, email: null };
    const visit = { serviceId: serviceIdOf(1), staffId: null, start: at(12), customer, answers: {} };
    await agenda.ask({ type: 'book', visit });
    expect(findBooking(agenda.state, bookingIdOf(20))?.customer.name).to.equal('A caller');
    agenda.controller.leave();
  });

  it('QK-14 who has arrived gets a number, once', async () => {
    const agenda = await openAgenda();
    agenda.answer('booking:admit', () =>
      ok({ booking: { ...BOOKED, version: 3, state: 'arrived' }, ticket: { label: 'A018' }, url: null }),
    );
    const queueServiceId = 'a'.repeat(24) as never;
    agenda.controller.handle({ type: 'admit', bookingId: BOOKED.id, queueServiceId });
    agenda.controller.handle({ type: 'admit', bookingId: BOOKED.id, queueServiceId });
    await settle();
    expect(agenda.asked('booking:admit')).to.have.length(1);
    expect(agenda.state.sheet).to.deep.include({ kind: 'number', label: 'A018', url: null });
    expect(findBooking(agenda.state, BOOKED.id)?.state).to.equal('arrived');
    agenda.controller.leave();
  });

  it('BK-32: a file is saved beside the desk, so that an answer that is none takes nothing away', async () => {
    const agenda = await openAgenda();
    const url = 'https://files.example/booking-files/token';
    agenda.answer('booking-file:link', () => ok({ url, expiresAt: at(11) }));
    const links: HTMLAnchorElement[] = [];
    const click = function click(this: HTMLAnchorElement): void {
      links.push(this);
    };
    Object.assign(HTMLAnchorElement.prototype, { click });
    try {
      await agenda.ask({ type: 'open-file', fileId: 'f'.repeat(24) as BookingFileId });
    } finally {
      Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
    }
    agenda.controller.leave();
    expect(links.map(({ href, target, rel }) => ({ href, target, rel }))).to.deep.equal([
      { href: url, target: '_blank', rel: 'noopener' },
    ]);
  });
});

describe('dates of classes', () => {
  const roster = { ...ROSTER, session: SESSION };
  const changed = (change: object) => ({ ...roster, session: { ...SESSION, version: 2, ...change } });
  const resize = (capacity: number, isUndo = false): AgendaRequest => ({
    type: 'class',
    act: { do: 'resize', sessionId: SESSION.id, capacity, isUndo },
  });
  const move = (start: string, isUndo = false): AgendaRequest => ({
    type: 'class',
    act: { do: 'move', sessionId: SESSION.id, target: { start, staffId: staffIdOf(2) }, isUndo },
  });

  async function openClass() {
    const agenda = await openAgenda();
    agenda.answer('class-session:agenda', () => ok({ sessions: [SESSION] }));
    agenda.answer('class-session:read', () => ok(roster));
    agenda.lifecycle.emit('wake');
    await agenda.ask({ type: 'open-session', sessionId: SESSION.id });
    return agenda;
  }

  it('BK-4 what is in the way is asked for before dates are set, once for each question, and an answer to an older one is dropped', async () => {
    const agenda = await openClass();
    const waiting: ((result: Result<unknown>) => void)[] = [];
    agenda.answer('class-session:preview', () => new Promise((resolve) => waiting.push(resolve)));
    const question = {
      serviceId: serviceIdOf(3),
      staffId: null,
      date: TODAY,
      time: '17:00',
      weeks: null,
      moving: null,
    };
    await agenda.ask({ type: 'foresee-dates', question });
    await agenda.ask({ type: 'foresee-dates', question });
    await agenda.ask({ type: 'foresee-dates', question: { ...question, weeks: 2 } });
    expect(agenda.asked('class-session:preview')).to.have.length(2);
    const free = { date: TODAY, start: at(17), outlook: 'free', alternatives: [] };
    waiting[1]?.(ok({ timeZone: LOCATION.timeZone, dates: [free, free] }));
    waiting[0]?.(ok({ timeZone: LOCATION.timeZone, dates: [] }));
    await settle();
    expect(agenda.state.dates?.dates).to.have.length(2);
    agenda.answer('class-session:create', () =>
      ok({ sessions: [{ ...SESSION, id: 'd'.repeat(24) }], problems: [{ date: TODAY, problem: 'taken' }] }),
    );
    const weekly = { weeks: 2, except: [] };
    const dates = { serviceId: serviceIdOf(3), staffId: null, date: TODAY, time: '17:00', weekly, capacity: null };
    await agenda.ask({ type: 'class', act: { do: 'create', dates } });
    expect(agenda.state.sessions).to.have.length(2);
    expect(agenda.state.notice).to.deep.include({ kind: 'classes-set', problems: [{ date: TODAY, problem: 'taken' }] });
    agenda.controller.leave();
  });

  it('BK-22 a class stands where it was dropped, goes back when refused, and a move is taken back once', async () => {
    const agenda = await openClass();
    let answer: (result: Result<unknown>) => void = () => undefined;
    agenda.answer('class-session:move', () => new Promise((resolve) => (answer = resolve)));
    await agenda.ask(move(at(14)));
    expect(shownSessions(agenda.state)[0]).to.include({ start: at(14), end: at(15), staffId: staffIdOf(2) });
    answer(refuse('SLOT_TAKEN', { current: { alternatives: [at(12)] } }));
    await settle();
    expect(shownSessions(agenda.state)[0]?.start).to.equal(SESSION.start);
    expect(agenda.state.failure).to.deep.include({ sessionId: SESSION.id, alternatives: [at(12)] });
    agenda.answer('class-session:move', () => ok(changed({ start: at(14), staffId: staffIdOf(2) })));
    await agenda.ask(move(at(14)));
    const { notice } = agenda.state;
    expect(notice).to.deep.include({ kind: 'class-moved', back: { start: SESSION.start, staffId: SESSION.staffId } });
    agenda.answer('class-session:move', () => ok(changed({ version: 3 })));
    await agenda.ask(move(SESSION.start, true));
    expect(agenda.asked('class-session:move').at(-1)?.input).to.deep.include({ version: 2, start: SESSION.start });
    expect(agenda.state.notice).to.deep.include({ kind: 'class-moved', back: null });
    agenda.controller.leave();
  });

  it('BK-28 of two who change one class the second is shown what is there now; too few seats are no such case', async () => {
    const agenda = await openClass();
    agenda.answer('class-session:resize', () =>
      refuse('CONFLICT', { current: changed({ capacity: 12, enrolled: 9 }) }),
    );
    await agenda.ask(resize(10));
    expect(agenda.state.failure).to.deep.include({ sessionId: SESSION.id, isChanged: true });
    expect(agenda.state.sessions[0]).to.include({ capacity: 12, version: 2 });
    expect(agenda.state.roster?.session).to.include({ capacity: 12, enrolled: 9 });
    agenda.answer('class-session:resize', () =>
      refuse('CONFLICT', { current: changed({ capacity: 12, enrolled: 9 }) }),
    );
    await agenda.ask(resize(5));
    expect(agenda.state.failure).to.deep.include({ isChanged: false });
    expect(agenda.asked('class-session:resize').at(-1)?.input).to.deep.include({ version: 2 });
    agenda.answer('class-session:resize', () => ok(changed({ capacity: 20, version: 3 })));
    await agenda.ask(resize(20));
    expect(agenda.state.notice).to.deep.include({ kind: 'class-resized', back: 12 });
    agenda.controller.leave();
  });

  it('BK-4 who calls is enrolled or put in line, and a lost answer is asked for again with the same key', async () => {
    const agenda = await openClass();
    const customer = { name: 'A caller', phone: null, email: null };
    const mine = { ...ROSTER.enrolments[0]!, id: 'c'.repeat(24), customer };
    let tries = 0;
    agenda.answer('seat:enrol', () => {
      tries += 1;
      return tries < 3
        ? createUnknownOutcome('lost')
        : ok({ ...roster, enrolments: [...roster.enrolments, { ...mine, state: 'waiting' }] });
    });
    const enrolment = { sessionId: SESSION.id, seats: 1, customer, answers: {}, orWaits: true };
    agenda.controller.handle({ type: 'class', act: { do: 'enrol', enrolment } });
    await agenda.clock.pass(2_000);
    expect(new Set(agenda.asked('seat:enrol').map(({ key }) => key)).size).to.equal(1);
    expect(agenda.asked('seat:enrol')).to.have.length(3);
    expect(agenda.state.notice).to.deep.equal({ kind: 'queued', name: 'A caller' });
    agenda.answer('seat:remove', () => ok(roster));
    await agenda.ask({
      type: 'class',
      act: { do: 'remove', sessionId: SESSION.id, enrolmentId: mine.id as never, reason: '' },
    });
    expect(agenda.state.notice).to.deep.equal({ kind: 'removed', name: 'A caller' });
    agenda.controller.leave();
  });
});

describe('attendance of a class', () => {
  const session = { ...ROSTER.session, id: SESSION.id };
  const roster = { ...ROSTER, session };
  const [mei, siti] = ROSTER.enrolments.map(({ id }) => id);
  const people = [{ enrolmentId: mei!, person: 0 }];

  async function openClass() {
    const agenda = await openAgenda();
    agenda.answer('class-session:agenda', () => ok({ sessions: [SESSION] }));
    agenda.answer('class-session:read', () => ok(roster));
    agenda.answer('attendance:mark', () => ok({ roster, ignored: [] }));
    await agenda.ask({ type: 'open-session', sessionId: SESSION.id });
    return agenda;
  }

  it('BK-30 marks made offline are shown, wait with their time, and are sent when the network is back', async () => {
    const agenda = await openClass();
    agenda.answer('attendance:mark', () => createUnknownOutcome('no network'));
    agenda.lifecycle.emit('offline');
    await agenda.ask({ type: 'attend', people, mark: 'present' });
    await agenda.ask({ type: 'attend', people, mark: 'absent' });
    expect(agenda.state.unsent).to.have.length(1);
    const madeAt = agenda.state.unsent[0]?.at;
    await agenda.clock.pass(30_000);
    await agenda.ask({ type: 'attend', people: [{ enrolmentId: siti!, person: 1 }], mark: 'late' });
    expect(listPeople(roster, agenda.state.unsent).map(({ mark }) => mark)).to.deep.equal([
      'absent',
      null,
      'late',
      'late',
      null,
    ]);
    agenda.answer('attendance:mark', () => ok({ roster, ignored: [] }));
    await agenda.clock.pass(3_000);
    const last = agenda.asked('attendance:mark').at(-1)?.input as { marks: { at: string; mark: string }[] };
    expect(last.marks.map(({ at: made }) => made)).to.include(madeAt);
    expect(last.marks.map(({ mark }) => mark)).to.deep.equal(['absent', 'late']);
    expect(agenda.state.unsent).to.deep.equal([]);
    agenda.controller.leave();
  });

  it('BK-30 marks that were not sent wait for the member who made them, and for nobody else', async () => {
    const agenda = await openClass();
    const signIn = async (id: string): Promise<void> => {
      const membership = { ...DEMO_SESSION.membership, id: id as typeof DEMO_SESSION.membership.id };
      agenda.controller.enter(agenda.client, { ...DEMO_SESSION, membership });
      await agenda.clock.pass(3_000);
    };
    const markOffline = async (): Promise<void> => {
      agenda.answer('attendance:mark', () => createUnknownOutcome('no network'));
      await agenda.ask({ type: 'open-session', sessionId: SESSION.id });
      await agenda.ask({ type: 'attend', people, mark: 'present' });
      agenda.controller.leave();
      agenda.answer('attendance:mark', () => ok({ roster, ignored: [] }));
    };
    await markOffline();
    const sent = agenda.asked('attendance:mark').length;
    await signIn(DEMO_SESSION.membership.id);
    expect(agenda.asked('attendance:mark').length).to.be.above(sent);
    expect(agenda.state.unsent).to.deep.equal([]);
    await markOffline();
    const before = agenda.asked('attendance:mark').length;
    await signIn('f'.repeat(24));
    expect([agenda.asked('attendance:mark').length, agenda.state.unsent]).to.deep.equal([before, []]);
    agenda.controller.leave();
    await signIn(DEMO_SESSION.membership.id);
    expect(agenda.asked('attendance:mark')).to.have.length(before);
    agenda.controller.leave();
  });

  it('BK-30 of two marks of one person the later is sent, and all others are marked in one command', async () => {
    const agenda = await openClass();
    let answer: (result: Result<unknown>) => void = () => undefined;
    agenda.answer('attendance:mark', () => new Promise((resolve) => (answer = resolve)));
    await agenda.ask({ type: 'attend', people, mark: 'absent' });
    await agenda.ask({ type: 'attend', people, mark: 'late' });
    await agenda.ask({
      type: 'attend',
      people: [0, 1].map((person) => ({ enrolmentId: siti!, person })),
      mark: 'present',
    });
    answer(ok({ roster, ignored: [] }));
    await settle();
    const [first, second] = agenda.asked('attendance:mark').map(({ input }) => (input as { marks: object[] }).marks);
    expect(first).to.have.length(1);
    expect(second?.map((mark) => (mark as { mark: string }).mark)).to.deep.equal(['late', 'present', 'present']);
    agenda.controller.leave();
  });

  it('BK-30 a slow reading of the class does not take a mark back', async () => {
    const agenda = await openClass();
    let answer: (result: Result<unknown>) => void = () => undefined;
    agenda.answer('class-session:read', () => new Promise((resolve) => (answer = resolve)));
    await agenda.ask({ type: 'open-session', sessionId: SESSION.id });
    const [first] = roster.enrolments;
    agenda.answer('attendance:mark', () => ok({ roster: { ...roster, enrolments: [first] }, ignored: [] }));
    await agenda.ask({ type: 'attend', people, mark: 'present' });
    answer(ok(roster));
    await settle();
    expect(agenda.state.roster?.enrolments).to.deep.equal([first]);
    agenda.controller.leave();
  });

  it('BK-30 a refusal is said, and what was refused is not sent for ever', async () => {
    const agenda = await openClass();
    agenda.answer('attendance:mark', () => refuse('TOO_SOON'));
    await agenda.ask({ type: 'attend', people, mark: 'present' });
    await agenda.clock.pass(10_000);
    expect(agenda.asked('attendance:mark')).to.have.length(1);
    expect(agenda.state.unsent).to.deep.equal([]);
    expect(agenda.state.failure?.error.code).to.equal('TOO_SOON');
    agenda.controller.leave();
  });
});
