import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  AGENDA_STATES,
  at,
  bookingIdOf,
  BOOKINGS,
  buildBooking,
  READY,
  roomIdOf,
  ROSTER,
  serviceIdOf,
  staffIdOf,
  startsOf,
  TODAY,
} from '@frontdesk/widgets/agenda/agenda-states';
import { legalMarks, type AgendaState } from '@frontdesk/widgets/agenda/agenda-store';
import { addDays } from '@frontdesk/widgets/agenda/agenda-time';
import type { BookingState } from '@frontdesk/protocol/vocabulary';
import { findDeep, findState, openDesk, pierce, readText, type DeskFixture } from './agenda-fixture.js';

const marksOf = ({ desk }: DeskFixture): (string | undefined)[] =>
  [...pierce(desk, 'frontdesk-agenda-panel').shadowRoot!.querySelectorAll<HTMLElement>('[data-mark]')].map(
    ({ dataset }) => dataset['mark'],
  );

/** Yesterday's, so that nobody can still come. */
function withOne(state: BookingState): AgendaState {
  const booking = buildBooking(1, { name: 'Mei Tan', start: at(9, 0, addDays(TODAY, -1)), state });
  return { ...READY, agenda: { bookings: [booking], blocks: [] }, selectedId: booking.id, showsEnded: true };
}

/** The third booking as a visit of two services by two people. */
function withVisit(): AgendaState {
  const bookings = BOOKINGS.map((booking) => {
    const [first] = booking.segments;
    if (booking.id !== bookingIdOf(3) || !first) return booking;
    const second = { ...first, serviceId: serviceIdOf(2), staffId: staffIdOf(2), start: first.end, end: at(11, 30) };
    return { ...booking, end: second.end, segments: [first, second] };
  });
  return { ...READY, agenda: { bookings, blocks: [] }, selectedId: bookingIdOf(3) };
}

async function submit(fixture: DeskFixture): Promise<void> {
  const form = pierce(fixture.desk, 'form') as HTMLFormElement;
  form.requestSubmit();
  await fixture.settle();
}

function setField(fixture: DeskFixture, name: string, value: string): void {
  const field = pierce(fixture.desk, `form [name="${name}"]`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('agenda desk', () => {
  it('BK-31 offers the marks that are legal in each state, and no other', async () => {
    const offered: Record<string, readonly (string | undefined)[]> = {};
    for (const state of ['requested', 'confirmed', 'arrived', 'completed', 'no-show', 'declined'] as const) {
      offered[state] = marksOf(await openDesk(withOne(state)));
    }
    expect(offered).to.deep.equal({
      requested: ['approve', 'decline', 'move', 'cancel'],
      confirmed: ['arrive', 'no-show', 'move', 'cancel'],
      arrived: ['complete', 'undo', 'cancel'],
      completed: ['undo'],
      'no-show': ['undo'],
      declined: [],
    });
  });

  it('BK-31 nobody has failed to come before they should have', () => {
    const booking = buildBooking(1, { name: 'Mei Tan', start: at(9) });
    expect(legalMarks(booking, Date.parse(at(8)))).to.not.include('no-show');
    expect(legalMarks(booking, Date.parse(at(9)))).to.include('no-show');
  });

  it('BK-31 cancelling asks for a reason first, and nothing is sent without one', async () => {
    const fixture = await openDesk(findState('details'));
    pierce(fixture.desk, '[data-mark=cancel]').click();
    expect(fixture.requests).to.deep.equal([
      { type: 'show-sheet', sheet: { kind: 'reason', bookingId: bookingIdOf(3), mark: 'cancel' } },
    ]);
    await fixture.set(findState('sheet-cancel'));
    await submit(fixture);
    expect(fixture.requests).to.have.length(1);
    setField(fixture, 'reason', '  The doctor is ill ');
    await submit(fixture);
    expect(fixture.requests[1]).to.deep.equal({
      type: 'mark',
      bookingId: bookingIdOf(3),
      mark: 'cancel',
      reason: 'The doctor is ill',
    });
  });

  it('BK-31 while something is under way, or nobody answers, nothing can be pressed', async () => {
    const pending = { command: 'booking:mark', bookingId: bookingIdOf(3) } as const;
    for (const more of [{ pending }, { link: 'lost' } as const]) {
      const fixture = await openDesk({ ...findState('details'), ...more });
      pierce(fixture.desk, '[data-mark=arrive]').click();
      pierce(fixture.desk, '[data-mark=move]').click();
      expect(fixture.requests).to.deep.equal([]);
    }
  });

  it('BK-31 the second half of a double press finds another button, and does nothing', async () => {
    const fixture = await openDesk(findState('details'));
    const bookings = READY.agenda?.bookings ?? [];
    const arrived = bookings.map((booking) =>
      booking.id === bookingIdOf(3) ? { ...booking, state: 'arrived' as const, version: 3 } : booking,
    );
    pierce(fixture.desk, '[data-mark=arrive]').click();
    await fixture.set({ ...findState('details'), agenda: { bookings: arrived, blocks: [] } });
    pierce(fixture.desk, '[data-mark=complete]').click();
    expect(fixture.requests.map((request) => (request.type === 'mark' ? request.mark : request.type))).to.deep.equal([
      'arrive',
    ]);
  });

  it('BK-30 a double press marks once and takes nothing away', async () => {
    const fixture = await openDesk(findState('roster'));
    const mark = pierce(fixture.desk, '.people li:last-child .mark--absent');
    mark.click();
    mark.click();
    expect(fixture.requests).to.have.length(1);
  });

  it('QK-14 whoever has arrived today may be sent into the queue, where there is one', async () => {
    expect(marksOf(await openDesk(findState('arrived')))).to.include('admit');
    expect(marksOf(await openDesk({ ...findState('arrived'), queueServices: [] }))).to.not.include('admit');
    const fixture = await openDesk(findState('sheet-admit'));
    await submit(fixture);
    expect(fixture.requests).to.deep.equal([
      { type: 'admit', bookingId: bookingIdOf(2), queueServiceId: READY.queueServices[0]?.id },
    ]);
  });

  it('BK-22 a move can be taken back, and another time is a press away', async () => {
    const fixture = await openDesk(findState('moved'));
    pierce(fixture.desk, '[data-undo]').click();
    await fixture.set(findState('taken'));
    pierce(fixture.desk, '.others button').click();
    const bookingId = bookingIdOf(3);
    expect(fixture.requests).to.deep.equal([
      { type: 'move', bookingId, target: { start: at(11), staffId: staffIdOf(2) }, isUndo: true },
      { type: 'move', bookingId, target: { start: at(10), staffId: staffIdOf(1) }, isUndo: false },
    ]);
  });

  it('BK-35 what was done and what was refused is announced politely', async () => {
    const fixture = await openDesk(READY);
    const region = fixture.desk.shadowRoot!.querySelector('[role=status]');
    expect(region?.getAttribute('aria-live')).to.equal('polite');
    await fixture.set(findState('moved'));
    expect(region?.textContent).to.include('is now on');
    await fixture.set(findState('conflict'));
    expect(region?.textContent).to.include('Somebody else changed this first');
  });

  it('BK-9 details of a visit name each service with its time and who gives it', async () => {
    const { desk } = await openDesk(withVisit());
    const panel = pierce(desk, 'frontdesk-agenda-panel').shadowRoot!;
    const parts = [...panel.querySelectorAll('.parts li')].map(({ textContent }) =>
      textContent.replaceAll(/\s+/g, ' '),
    );
    expect(parts).to.have.length(2);
    const [first, second] = READY.setup!.services.slice(0, 2).map(({ names }) => names.en);
    const [one, other] = [staffIdOf(1), staffIdOf(2)].map(
      (id) => READY.setup!.resources.find((resource) => resource.id === id)!.name,
    );
    expect(parts[0]).to.match(/10:30/).and.include(`${first} ${one}`);
    expect(parts[1]).to.match(/11:30/).and.include(`${second} ${other}`);
    expect(panel.querySelector('.what')!.textContent).to.include(first).and.include(second);
  });

  it('BK-35 details take the focus, Escape closes them, and the focus goes back to the card', async () => {
    const fixture = await openDesk(READY);
    await fixture.set(findState('details'));
    const panel = pierce(fixture.desk, 'frontdesk-agenda-panel');
    expect(panel.shadowRoot?.activeElement?.tagName).to.equal('H2');
    await sendKeys({ press: 'Escape' });
    expect(fixture.requests.at(-1)).to.deep.equal({ type: 'select', bookingId: null });
    await fixture.set(READY);
    const board = pierce(fixture.desk, 'frontdesk-agenda-board');
    expect(board.shadowRoot?.activeElement?.getAttribute('data-id')).to.equal(bookingIdOf(3));
  });

  it('BK-22 books for a caller at a free time, with the answers to what the service asks', async () => {
    const fixture = await openDesk(findState('sheet-book'));
    setField(fixture, 'name', 'Ravi Kumar');
    setField(fixture, 'phone', '012-345 6789');
    (pierce(fixture.desk, '[name="answer:first-visit"]') as HTMLInputElement).checked = true;
    setField(fixture, 'answer:allergies', 'Peanuts');
    await submit(fixture);
    expect(fixture.requests.at(-1)).to.deep.equal({
      type: 'book',
      visit: {
        serviceId: serviceIdOf(1),
        staffId: null,
        start: at(10),
        customer: { name: 'Ravi Kumar', phone: '012-345 6789', email: null },
        answers: { 'first-visit': 'true', allergies: 'Peanuts' },
      },
    });
  });

  it('BK-22 a time that is typed counts, and is one of the branch', async () => {
    const fixture = await openDesk({
      ...findState('sheet-move'),
      starts: startsOf(1, 1, bookingIdOf(3)),
    });
    setField(fixture, 'other', '15:05');
    await submit(fixture);
    expect(fixture.requests.at(-1)).to.deep.equal({
      type: 'move',
      bookingId: bookingIdOf(3),
      target: { start: at(15, 5), staffId: staffIdOf(1) },
      isUndo: false,
    });
  });

  it('BK-22 another day or person asks for other free times', async () => {
    const fixture = await openDesk(findState('sheet-move'));
    setField(fixture, 'date', addDays(TODAY, 1));
    await fixture.settle();
    const question = {
      serviceId: serviceIdOf(1),
      staffId: staffIdOf(1),
      date: addDays(TODAY, 1),
      moving: bookingIdOf(3),
    };
    expect(fixture.requests.at(-1)).to.deep.equal({ type: 'list-starts', question });
  });

  it('BK-12 time off ends after it starts, and only who manages may close or open time', async () => {
    const fixture = await openDesk(findState('sheet-block'));
    setField(fixture, 'toTime', '11:00');
    await submit(fixture);
    expect(fixture.requests).to.deep.equal([]);
    expect(readText(fixture.desk)).to.include('The end must be after the start');
    setField(fixture, 'toTime', '14:00');
    await submit(fixture);
    const block = { resourceId: staffIdOf(1), start: at(12), end: at(14), reason: '' };
    expect(fixture.requests).to.deep.equal([{ type: 'block', block }]);
    const agent = await openDesk(findState('sheet-show-block'), { role: 'agent' });
    expect(findDeep(agent.desk, 'button[type=submit]') === null).to.equal(true);
  });

  it('BK-17 times are those of the branch, and an hour that comes twice is drawn twice', async () => {
    const location = { ...READY.locations![0]!, timeZone: 'America/New_York' };
    // On 1 November 2026 the clocks of New York go back at two.
    const hours = {
      weekly: location.hours.weekly.map(() => [{ from: '00:00', to: '04:00' }]),
      specialDays: [],
      holidays: [],
    };
    const booking = {
      ...buildBooking(1, { name: 'Mei', start: '2026-11-01T06:30:00.000Z' }),
      timeZone: 'America/New_York',
    };
    const fixture = await openDesk({
      ...READY,
      locations: [{ ...location, hours }],
      date: '2026-11-01',
      agenda: { bookings: [booking], blocks: [] },
    });
    const board = pierce(fixture.desk, '.board');
    const labels = [...board.querySelectorAll('.hour')].map((hour) => hour.textContent?.trim());
    expect(labels).to.deep.equal(['12 AM', '1 AM', '1 AM', '2 AM', '3 AM']);
    const card = board.querySelector<HTMLElement>('.card');
    expect(card?.textContent).to.include('1:30');
    expect(Math.round(parseFloat(card?.style.insetBlockStart ?? ''))).to.equal(2.5 * 84);
  });

  it('BK-30 a press marks somebody, the same press again takes it away, and one press marks all others', async () => {
    const fixture = await openDesk(findState('roster'));
    const roster = pierce(fixture.desk, 'frontdesk-agenda-roster');
    const rows = [...roster.shadowRoot!.querySelectorAll('.people li')];
    expect(rows.map((row) => row.querySelector('.name')?.textContent?.trim())).to.deep.equal([
      'Mei Tan',
      'Siti Nurhaliza binti Abdullah (1 of 2)',
      'Siti Nurhaliza binti Abdullah (2 of 2)',
      'Ravi Kumar',
      'முத்து செல்வி',
    ]);
    rows[1]?.querySelector<HTMLElement>('.mark--late')?.click();
    rows[0]?.querySelector<HTMLElement>('.mark--present')?.click();
    const all = roster.shadowRoot?.querySelector<HTMLElement>('[data-all]');
    all?.focus();
    all?.click();
    // Its button goes, and the focus must not go with it.
    expect(roster.shadowRoot?.activeElement?.localName).to.equal('h2');
    const [, siti, , tamil] = ROSTER.enrolments.map(({ id }) => id);
    const [mei] = ROSTER.enrolments.map(({ id }) => id);
    expect(fixture.requests).to.deep.equal([
      { type: 'attend', people: [{ enrolmentId: siti, person: 0 }], mark: 'late' },
      { type: 'attend', people: [{ enrolmentId: mei, person: 0 }], mark: null },
      {
        type: 'attend',
        people: fixture.requests[2]?.type === 'attend' ? fixture.requests[2].people : [],
        mark: 'present',
      },
    ]);
    const marked = fixture.requests[2]?.type === 'attend' ? fixture.requests[2].people : [];
    expect(marked.map(({ enrolmentId, person }) => [enrolmentId, person])).to.deep.equal([
      [siti, 0],
      [siti, 1],
      [tamil, 0],
    ]);
  });

  it('BK-30 nobody is marked long before the class, and a viewer marks nobody', async () => {
    for (const fixture of [
      await openDesk(findState('roster-early')),
      await openDesk(findState('roster'), { role: 'viewer' }),
    ]) {
      const roster = pierce(fixture.desk, 'frontdesk-agenda-roster');
      roster.shadowRoot?.querySelector<HTMLElement>('.mark')?.click();
      expect(roster.shadowRoot?.querySelector('[data-all]') === null).to.equal(true);
      expect(fixture.requests).to.deep.equal([]);
    }
  });

  it('BK-30 offline people are marked all the same, and it says what waits', async () => {
    const fixture = await openDesk(findState('roster-offline'));
    expect(readText(fixture.desk)).to.include('1 mark waits for a connection');
    pierce(fixture.desk, '.mark--present').click();
    expect(fixture.requests).to.have.length(1);
  });

  it('BK-18 a room shows who takes it, and a visit is counted once for each column', async () => {
    const fixture = await openDesk(READY);
    const room = [...pierce(fixture.desk, '.board').querySelectorAll('.column')].find((column) =>
      column.querySelector('h2')?.textContent?.includes('Room 1'),
    );
    expect(room?.getAttribute('aria-label')).to.equal('Room 1, 2 bookings');
    expect(READY.setup?.resources.some(({ id }) => id === roomIdOf(1))).to.equal(true);
    expect(Object.keys(AGENDA_STATES)).to.include('sheet-number');
  });
});
