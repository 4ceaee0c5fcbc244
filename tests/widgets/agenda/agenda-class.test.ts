/** Classes in the agenda: what is shown of them, asked about them, and said when somebody else was faster. */
import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { at, ROSTER, SESSION, serviceIdOf, staffIdOf, TODAY } from '@frontdesk/widgets/agenda/agenda-states';
import { weeksUntil } from '@frontdesk/widgets/agenda/agenda-class';
import { addDays } from '@frontdesk/widgets/agenda/agenda-time';
import { findDeep, findState, openDesk, pierce, readText, type DeskFixture } from './agenda-fixture.js';

const sheetOf = ({ desk }: DeskFixture) => pierce(desk, 'frontdesk-agenda-class-sheet');

async function submit(fixture: DeskFixture): Promise<void> {
  (pierce(sheetOf(fixture), 'form') as HTMLFormElement).requestSubmit();
  await fixture.settle();
}

async function setField(fixture: DeskFixture, name: string, value: string): Promise<void> {
  const field = pierce(sheetOf(fixture), `[name="${name}"]`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await fixture.settle();
}

const actsOf = ({ requests }: DeskFixture) => requests.flatMap((one) => (one.type === 'class' ? [one.act] : []));
const buttonsOf = ({ desk }: DeskFixture) =>
  [...pierce(desk, 'frontdesk-agenda-roster').shadowRoot!.querySelectorAll<HTMLElement>('[data-class]')].map(
    ({ dataset }) => dataset['class'],
  );

describe('classes in the agenda', () => {
  afterEach(async () => resetMouse());

  it('BK-30 owners plan dates, staff enrol and take out, and a viewer looks', async () => {
    const offered: Record<string, unknown[]> = {};
    for (const role of ['owner', 'agent', 'viewer'] as const) {
      const fixture = await openDesk(findState('class-open'), { role });
      offered[role] = [...buttonsOf(fixture), findDeep(fixture.desk, '[data-remove]') !== null];
    }
    expect(offered).to.deep.equal({
      owner: ['class-enrol', 'class-move', 'class-resize', 'class-cancel', true],
      agent: ['class-enrol', true],
      viewer: [false],
    });
    expect(buttonsOf(await openDesk(findState('class-off')))).to.deep.equal([]);
  });

  it('BK-29 dates in the way are shown with what it is before any is set, and are left out with those that staff leave out', async () => {
    const fixture = await openDesk(findState('sheet-class-weekly'));
    expect(readText(sheetOf(fixture)))
      .to.include('2 of 5 dates')
      .and.include('free at');
    const boxes = [...sheetOf(fixture).shadowRoot!.querySelectorAll<HTMLInputElement>('.date input')];
    expect(boxes.map(({ checked, disabled }) => [checked, disabled])).to.deep.equal([
      [false, true],
      [true, false],
      [false, true],
      [false, true],
      [true, false],
    ]);
    boxes[1]?.click();
    await fixture.settle();
    expect(readText(sheetOf(fixture))).to.include('1 of 5 dates');
    await setField(fixture, 'capacity', '12');
    pierce(sheetOf(fixture), '[name=isCourse]').click();
    await fixture.settle();
    await submit(fixture);
    const weeksOf = (...weeks: number[]) => weeks.map((week) => addDays(TODAY, week * 7));
    expect(actsOf(fixture)).to.deep.equal([
      {
        do: 'create',
        dates: {
          serviceId: serviceIdOf(3),
          staffId: staffIdOf(1),
          date: TODAY,
          time: '17:30',
          weekly: { weeks: 5, except: weeksOf(0, 1, 2, 3), isCourse: true },
          capacity: 12,
        },
      },
    ]);
  });

  it('BK-29 how many times and until when are one thing, and each change asks what is in the way', async () => {
    const fixture = await openDesk(findState('sheet-class'));
    await submit(fixture);
    expect(actsOf(fixture)).to.deep.equal([]);
    await setField(fixture, 'time', '17:00');
    await setField(fixture, 'often', 'weekly');
    await setField(fixture, 'until', addDays(TODAY, 20));
    expect((pierce(sheetOf(fixture), '[name=weeks]') as HTMLInputElement).value).to.equal('3');
    const asked = fixture.requests.flatMap((one) => (one.type === 'foresee-dates' ? [one.question.weeks] : []));
    expect(asked).to.deep.equal([null, 8, 3]);
    expect([weeksUntil('2027-03-01', '2027-03-08'), weeksUntil('2027-03-01', '2029-01-01')]).to.deep.equal([2, 60]);
  });

  it('BK-29 one date that is taken says so, and another time is a press away', async () => {
    const fixture = await openDesk(findState('sheet-class-once'));
    expect(readText(sheetOf(fixture))).to.include('Its teacher or room is not free');
    pierce(sheetOf(fixture), '.others button').click();
    await fixture.settle();
    expect((pierce(sheetOf(fixture), '[name=time]') as HTMLInputElement).value).to.equal('16:30');
    await submit(fixture);
    expect(actsOf(fixture)).to.deep.equal([]);
  });

  it('BK-22 a class is dragged as a visit is, and by keyboard M opens the form that moves it', async () => {
    const fixture = await openDesk(findState('class-open'));
    const card = pierce(fixture.desk, `.card[data-id="${SESSION.id}"]`);
    card.scrollIntoView({ block: 'center' });
    const { left, top, width } = card.getBoundingClientRect();
    const [x, y] = [Math.round(left + width / 2), Math.round(top + 20)];
    await sendMouse({ type: 'move', position: [x, y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [x, y - 42] });
    await sendMouse({ type: 'move', position: [x, y - 84] });
    await sendMouse({ type: 'up' });
    await fixture.settle();
    const start = at(15, 0, addDays(TODAY, 1));
    const target = { start, staffId: staffIdOf(1) };
    expect(actsOf(fixture)).to.deep.equal([{ do: 'move', sessionId: SESSION.id, target, isUndo: false }]);
    card.focus();
    await sendKeys({ press: 'm' });
    const sheet = { kind: 'class-move', sessionId: SESSION.id } as const;
    expect(fixture.requests.at(-1)).to.deep.equal({ type: 'show-sheet', sheet });
    await fixture.set({ ...findState('class-open'), sheet });
    await setField(fixture, 'time', '11:05');
    await submit(fixture);
    expect(actsOf(fixture).at(-1)).to.deep.include({
      do: 'move',
      target: { start: at(11, 5, addDays(TODAY, 1)), staffId: staffIdOf(1) },
    });
  });

  it('BK-22 an agent drags no class', async () => {
    const fixture = await openDesk(findState('class-open'), { role: 'agent' });
    expect(pierce(fixture.desk, '.card--session').className).to.not.include('card--movable');
    pierce(fixture.desk, '.card--session').focus();
    await sendKeys({ press: 'm' });
    expect(fixture.requests).to.deep.equal([]);
  });

  it('BK-28 calling off names how many people it concerns and how many are told, and asks for a reason', async () => {
    const fixture = await openDesk(findState('sheet-class-cancel'));
    expect(readText(sheetOf(fixture)))
      .to.include('6 people are in it or in line')
      .and.include('Nobody left an e-mail');
    await submit(fixture);
    expect(actsOf(fixture)).to.deep.equal([]);
    await setField(fixture, 'reason', 'The teacher is ill');
    await submit(fixture);
    expect(actsOf(fixture)).to.deep.equal([{ do: 'cancel', sessionId: SESSION.id, reason: 'The teacher is ill' }]);
  });

  it('BK-4 who calls is enrolled with their party; what is refused is said at its field, which has the focus', async () => {
    const fixture = await openDesk(findState('sheet-class-enrol'));
    await setField(fixture, 'name', 'Ravi Kumar');
    await setField(fixture, 'phone', '012-345 6789');
    await setField(fixture, 'seats', '4');
    expect(readText(sheetOf(fixture))).to.include('Put in line');
    await submit(fixture);
    const customer = { name: 'Ravi Kumar', phone: '012-345 6789', email: null };
    const enrolment = { sessionId: SESSION.id, seats: 4, customer, answers: {}, orWaits: true };
    expect(actsOf(fixture)).to.deep.equal([{ do: 'enrol', enrolment }]);
    await fixture.set(findState('sheet-class-enrol-full'));
    const seats = pierce(sheetOf(fixture), '[name=seats]');
    expect(seats.getAttribute('aria-invalid')).to.equal('true');
    expect(pierce(sheetOf(fixture), `#${seats.getAttribute('aria-describedby')}`).textContent).to.include('No seat');
    expect(sheetOf(fixture).shadowRoot?.activeElement).to.equal(seats);
    await fixture.set(findState('sheet-class-seats'));
    expect(readText(sheetOf(fixture))).to.include('5 seats are taken already');
  });

  it('BK-4 a whole course is taken with a press, without the dates that are full, which are named', async () => {
    const fixture = await openDesk(findState('sheet-class-course'));
    await setField(fixture, 'name', 'Mei Tan');
    expect(readText(sheetOf(fixture))).to.include('The whole course: all 2 dates that are left');
    pierce(sheetOf(fixture), '[name=whole]').click();
    await fixture.settle();
    expect(readText(sheetOf(fixture)))
      .to.include('Without')
      .and.include('too few seats');
    await submit(fixture);
    const { course } = findState('sheet-class-course');
    const customer = { name: 'Mei Tan', phone: null, email: null };
    const without = [course!.sessions![1]!.id];
    const enrolment = { courseId: course!.courseId, seats: 1, without, customer, answers: {} };
    expect(actsOf(fixture)).to.deep.equal([{ do: 'enrol-in-course', sessionId: SESSION.id, enrolment }]);
  });

  it('BK-35 whoever is taken out keeps the focus in the class, and what somebody else did first is said', async () => {
    const fixture = await openDesk(findState('class-open'));
    const remove = pierce(fixture.desk, '[data-remove]');
    expect(remove.getAttribute('aria-label')).to.equal('Take Mei Tan out');
    remove.focus();
    remove.click();
    const { requests } = fixture;
    const sheet = { kind: 'class-remove', sessionId: SESSION.id, enrolmentId: ROSTER.enrolments[0]!.id } as const;
    expect(requests.at(-1)).to.deep.equal({ type: 'show-sheet', sheet });
    await fixture.set({ ...findState('class-open'), sheet });
    expect(readText(sheetOf(fixture))).to.include('call them');
    await submit(fixture);
    expect(actsOf(fixture)).to.deep.equal([
      { do: 'remove', sessionId: SESSION.id, enrolmentId: sheet.enrolmentId, reason: '' },
    ]);
    const { roster } = findState('class-open');
    const left = { ...roster!, enrolments: roster!.enrolments.slice(1) };
    await fixture.set({ ...findState('class-open'), roster: left });
    await new Promise((resolve) => setTimeout(resolve));
    expect(pierce(fixture.desk, 'frontdesk-agenda-roster').shadowRoot?.activeElement?.tagName).to.equal('H2');
    await fixture.set(findState('class-changed'));
    expect(readText(fixture.desk)).to.include('Somebody else changed this class first');
    await fixture.set(findState('classes-set'));
    expect(readText(fixture.desk)).to.include('1 could not be');
    await fixture.set(findState('class-moved'));
    pierce(fixture.desk, '[data-undo]').click();
    expect(actsOf(fixture).at(-1)).to.deep.include({ do: 'move', isUndo: true });
    await fixture.set(findState('blocked'));
    expect(readText(fixture.desk)).to.include('1 date of a class lies in it: Back class');
  });

  it('BK-30 whoever signs out with marks that were not sent is warned, and may go without a network', async () => {
    const fixture = await openDesk(findState('sheet-sign-out'));
    const sheet = pierce(fixture.desk, 'frontdesk-agenda-sheet');
    expect(readText(sheet)).to.include('1 mark of attendance waits');
    (pierce(sheet, 'form') as HTMLFormElement).requestSubmit();
    expect(fixture.requests.at(-1)).to.deep.equal({ type: 'sign-out', isSure: true });
  });
});
