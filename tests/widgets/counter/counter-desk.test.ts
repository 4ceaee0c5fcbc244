import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { FrontdeskCounterTicket } from '@frontdesk/widgets/counter/counter-ticket';
import type { CounterState } from '@frontdesk/widgets/counter/counter-store';
import {
  buildCurrent,
  counterIdOf,
  READY,
  READY_VIEW,
  serviceIdOf,
  ticketIdOf,
} from '@frontdesk/widgets/counter/counter-states';
import { findDeep, findState, openDesk, pierce, readText, type DeskFixture } from './desk-fixture.js';

/** Longer than the time in which a second press counts as part of the first. */
const settleMs = 550;
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settleMs));
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

const movesOf = ({ requests }: DeskFixture): unknown[] =>
  requests.flatMap((request) => (request.type === 'move' ? [request.move] : []));

function withCurrent(...args: Parameters<typeof buildCurrent>): CounterState {
  return { ...READY, view: { ...READY_VIEW, current: buildCurrent(...args) } };
}

/** A boolean, because a report cannot carry an element. */
const isThere = (element: Element, selector: string): boolean => findDeep(element, selector) !== null;

function press(key: string, target: EventTarget = document): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
}

async function fill(fixture: DeskFixture, name: string, value: string): Promise<void> {
  const field = pierce(fixture.desk, `dialog [name=${name}]`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await fixture.settle();
}

function submit({ desk }: DeskFixture): void {
  (pierce(desk, 'dialog form') as HTMLFormElement).requestSubmit();
}

describe('counter desk', () => {
  it('QC-1 one key calls next; held down, pressed in a field or with another key, it does not', async () => {
    const fixture = await openDesk(READY);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', repeat: true }));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', ctrlKey: true }));
    press('n', pierce(fixture.desk, 'input[type=search]'));
    expect(movesOf(fixture)).to.deep.equal([]);
    press('n');
    expect(movesOf(fixture)).to.deep.equal([{ name: 'ticket:call-next', input: {} }]);
  });

  it('QC-1 the big button works by Enter and Space', async () => {
    const fixture = await openDesk(READY);
    pierce(fixture.desk, '[data-action=next]').focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Space' });
    expect(movesOf(fixture)).to.have.length(2);
  });

  it('QC-1 while a command is under way nothing else can be pressed', async () => {
    const fixture = await openDesk(findState('pending'));
    for (const button of pierce(fixture.desk, 'frontdesk-counter-ticket').shadowRoot!.querySelectorAll('button')) {
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      button.click();
    }
    press('n');
    expect(fixture.requests).to.deep.equal([]);
  });

  it('QC-1 the second half of a double click does not start what was just called', async () => {
    const fixture = await openDesk(READY);
    fixture.desk.state = withCurrent();
    // Nothing but the drawing lies between: a frame may take longer than the second press on a busy machine.
    await fixture.desk.updateComplete;
    await (pierce(fixture.desk, 'frontdesk-counter-ticket') as FrontdeskCounterTicket).updateComplete;
    pierce(fixture.desk, '[data-action=start]').click();
    expect(movesOf(fixture)).to.deep.equal([]);
    await later();
    pierce(fixture.desk, '[data-action=start]').click();
    expect(movesOf(fixture)).to.deep.equal([{ name: 'ticket:start', input: { ticketId: ticketIdOf(12) } }]);
  });

  it('QC-4 offers what the state allows, and asks for it with the ticket', async () => {
    const fixture = await openDesk(withCurrent({ recallFrom: inMs(-1), noShowFrom: inMs(-1) }));
    const input = { ticketId: ticketIdOf(12) };
    for (const key of ['r', 'x', 'u', 'c', 's']) press(key);
    press('h');
    press('t');
    expect(movesOf(fixture)).to.deep.equal([
      { name: 'ticket:recall', input },
      { name: 'ticket:mark-no-show', input },
      { name: 'ticket:undo-call', input },
      { name: 'ticket:complete', input: { ...input, outcome: null } },
      { name: 'ticket:start', input },
    ]);
    expect(fixture.requests.at(-1)).to.deep.equal({ type: 'show-sheet', sheet: { kind: 'transfer' } });
  });

  it('QC-4 a move whose time has not come waits with a countdown, and one whose time is over is gone', async () => {
    const fixture = await openDesk(
      withCurrent({ recallFrom: inMs(4_000), noShowFrom: inMs(23_000), undoUntil: inMs(-1) }),
    );
    const recall = pierce(fixture.desk, '[data-action=recall]');
    expect(recall.getAttribute('aria-disabled')).to.equal('true');
    expect(recall.textContent).to.match(/in 0:0[34]/);
    expect(pierce(fixture.desk, '[data-action=no-show]').textContent).to.match(/in 0:2[23]/);
    expect(isThere(fixture.desk, '[data-action=undo]')).to.equal(false);
    recall.click();
    expect(movesOf(fixture)).to.deep.equal([]);
  });

  it('QC-4 after five times a ticket is not called again', async () => {
    const { desk } = await openDesk(withCurrent({ recallFrom: inMs(-1) }, { recallCount: 5 }));
    expect(pierce(desk, '[data-action=recall]').getAttribute('aria-disabled')).to.equal('true');
  });

  it('QC-5 says in one sentence why this ticket is here', async () => {
    const { desk } = await openDesk(findState('called'));
    expect(pierce(desk, '.now .why').textContent.trim()).to.equal('Has waited longest: 26 min.');
    const senior = await openDesk(findState('idle'));
    expect(readText(senior.desk)).to.include('Senior is always served first; waited 24 min.');
  });

  it('QC-6 counts down to the no-show that happens by itself', async () => {
    const { desk } = await openDesk(withCurrent({ autoNoShowAt: inMs(75_000) }));
    expect(readText(desk)).to.match(/Moves to “Not here” by itself in 1:1[45]/);
  });

  it('QC-7 says when a ticket that was set aside is due, and calls it with one press', async () => {
    const fixture = await openDesk(findState('held'));
    expect(pierce(fixture.desk, '.strip').textContent).to.include('A008 is due');
    pierce(fixture.desk, '.strip .button').click();
    expect(movesOf(fixture)).to.deep.equal([{ name: 'ticket:call-held', input: { ticketId: ticketIdOf(8) } }]);
    const rows = [...pierce(fixture.desk, 'frontdesk-counter-lists').shadowRoot!.querySelectorAll('.row')];
    expect(rows.map((row) => row.querySelector('button')?.getAttribute('aria-disabled'))).to.deep.equal([
      'false',
      'true',
      'false',
    ]);
  });

  it('QC-8 a ticket out of its turn asks for a reason and says whom it passes', async () => {
    const fixture = await openDesk(findState('sheet-call'));
    expect(readText(pierce(fixture.desk, 'dialog'))).to.include('3 people who stand before will wait longer.');
    submit(fixture);
    expect(movesOf(fixture)).to.deep.equal([]);
    await fill(fixture, 'reason', '   ');
    submit(fixture);
    expect(movesOf(fixture)).to.deep.equal([]);
    await fill(fixture, 'reason', 'Feels faint');
    submit(fixture);
    expect(movesOf(fixture)).to.deep.equal([
      { name: 'ticket:call', input: { ticketId: ticketIdOf(15), reason: 'Feels faint' } },
    ]);
  });

  it('QC-9 a pause has a reason and may end by itself', async () => {
    const fixture = await openDesk(findState('sheet-pause'));
    const radio = (value: string): HTMLInputElement =>
      pierce(fixture.desk, `dialog input[value="${value}"]`) as HTMLInputElement;
    radio('other').click();
    submit(fixture);
    expect(movesOf(fixture), 'another reason must be written').to.deep.equal([]);
    await fill(fixture, 'reason', 'Fire drill');
    radio('15').click();
    submit(fixture);
    expect(movesOf(fixture)).to.deep.equal([
      { name: 'counter:pause', input: { reason: 'Fire drill', resumeAfterMinutes: 15 } },
    ]);
  });

  it('QC-11 shows by service who waits, the longest wait and what is too long, and who is next', async () => {
    const { desk } = await openDesk(READY);
    const text = readText(pierce(desk, 'frontdesk-counter-overview'));
    expect(text).to.match(/5 General consultation longest 24 min 2 too long/);
    expect(text).to.match(/2 Collect medicine longest 13 min/);
    expect(text).to.match(/A013 .* A014 .* B007/);
  });

  it('QC-12 ticks when all screens show the call, and warns three seconds after one that does not', async () => {
    const shown = await openDesk(findState('called'));
    expect(findDeep(shown.desk, '.receipt--shown')?.textContent).to.include('On 2 screens');
    const waiting = await openDesk(withCurrent({ receipt: { expected: 2, shown: 0 }, recallFrom: inMs(4_500) }));
    expect(isThere(waiting.desk, '.receipt--missing')).to.equal(false);
    const missing = await openDesk(withCurrent({ receipt: { expected: 2, shown: 1 }, recallFrom: inMs(1_500) }));
    expect(findDeep(missing.desk, '.receipt--missing')?.textContent).to.include('1 of 2');
    const none = await openDesk(withCurrent({ receipt: { expected: 0, shown: 0 } }));
    expect(isThere(none.desk, '.receipt')).to.equal(false);
  });

  it('QC-13 without a connection the last state stays, says so, and nothing can be pressed', async () => {
    const fixture = await openDesk(findState('lost'));
    expect(readText(fixture.desk)).to.include('nothing can be called until we are back');
    expect(pierce(fixture.desk, '.label').textContent).to.equal('A012');
    for (const key of ['s', 'r', 'c', 'u', 'i']) press(key);
    pierce(fixture.desk, '[data-action=start]').click();
    expect(fixture.requests).to.deep.equal([]);
  });

  it('QC-14 asks whether a long service still goes on, also between two views, until it is answered', async () => {
    const state = withCurrent(
      { recallFrom: null, undoUntil: null, noShowFrom: null, autoNoShowAt: null },
      { state: 'serving', startedAt: inMs(-19 * 60_000) },
    );
    const fixture = await openDesk(state);
    expect(readText(fixture.desk)).to.include('Still serving?');
    pierce(fixture.desk, '.still .button').click();
    await fixture.settle();
    expect(readText(fixture.desk)).to.not.include('Still serving?');
  });

  it('QC-15 serves without a ticket in two clicks, and in one where only one thing is served', async () => {
    const fixture = await openDesk(READY);
    pierce(fixture.desk, '[data-action=walk-in]').click();
    await fixture.set({ ...READY, sheet: { kind: 'walk-in' } });
    pierce(fixture.desk, 'dialog .list button').click();
    expect(movesOf(fixture)).to.deep.equal([{ name: 'ticket:serve-walk-in', input: { serviceId: serviceIdOf(1) } }]);
    const single = { ...READY_VIEW, counter: { ...READY_VIEW.counter, serviceIds: [serviceIdOf(2)] } };
    const one = await openDesk({ ...READY, view: single });
    pierce(one.desk, '[data-action=walk-in]').click();
    expect(movesOf(one)).to.deep.equal([{ name: 'ticket:serve-walk-in', input: { serviceId: serviceIdOf(2) } }]);
  });

  it('QC-16 says who sits at the counter if it is somebody else, and lets one take the seat', async () => {
    const fixture = await openDesk(findState('taken'));
    expect(readText(fixture.desk)).to.include('Mei Ling Tan sits here now');
    pierce(fixture.desk, '.strip .button').click();
    expect(movesOf(fixture)).to.deep.equal([{ name: 'counter:open', input: {} }]);
  });

  it('QC-16 the choice of counters shows who sits where', async () => {
    const fixture = await openDesk(findState('pick-counter'));
    const text = readText(fixture.desk);
    expect(text).to.include('Mei Ling Tan');
    expect(text).to.include('You sit here');
    expect(text).to.include('Kavitha Raj · Paused');
    pierce(fixture.desk, 'li:nth-child(4) .seat').click();
    expect(fixture.requests).to.deep.equal([{ type: 'sit', counterId: counterIdOf(4) }]);
  });

  it('QC-4 QC-17 sends on to a service, a place in its line and a counter where somebody sits', async () => {
    const fixture = await openDesk(findState('sheet-transfer'));
    const targets = [...pierce(fixture.desk, 'dialog [name=toCounterId]').querySelectorAll('option')];
    expect(targets.map(({ textContent }) => textContent)).to.deep.equal([
      'Any',
      'Counter 1 · Mei Ling Tan',
      'Counter 3 · Kavitha Raj',
    ]);
    await fill(fixture, 'serviceId', serviceIdOf(2));
    pierce(fixture.desk, 'dialog input[value=back]').click();
    await fill(fixture, 'toCounterId', counterIdOf(1));
    await fill(fixture, 'note', 'Has paid already');
    submit(fixture);
    expect(movesOf(fixture)).to.deep.equal([
      {
        name: 'ticket:transfer',
        input: {
          ticketId: ticketIdOf(12),
          serviceId: serviceIdOf(2),
          mode: 'back',
          toCounterId: counterIdOf(1),
          note: 'Has paid already',
        },
      },
    ]);
  });

  it('the keys can be switched off, and are then not shown', async () => {
    const fixture = await openDesk({ ...READY, shortcutsOn: false });
    press('n');
    expect(movesOf(fixture)).to.deep.equal([]);
    expect(isThere(fixture.desk, 'kbd')).to.equal(false);
  });

  it('tabs are walked by arrow keys', async () => {
    const fixture = await openDesk(READY);
    press('ArrowRight', pierce(fixture.desk, '#tab-line'));
    expect(fixture.requests).to.deep.equal([{ type: 'show-tab', tab: 'held' }]);
  });

  it('a number is found in a long line', async () => {
    const fixture = await openDesk(READY);
    const field = pierce(fixture.desk, 'input[type=search]') as HTMLInputElement;
    field.value = 'b00';
    field.dispatchEvent(new Event('input'));
    await fixture.settle();
    const rows = [...pierce(fixture.desk, 'frontdesk-counter-lists').shadowRoot!.querySelectorAll('.row__label')];
    expect(rows.map(({ textContent }) => textContent)).to.deep.equal(['B007', 'B008']);
  });
});
