import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { BookableId } from '@frontdesk/protocol/ids';
import { at, bookingIdOf, buildBooking, READY, serviceIdOf, staffIdOf } from '@frontdesk/widgets/agenda/agenda-states';
import { findNeighbour } from '@frontdesk/widgets/agenda/agenda-keys';
import { findState, openDesk, pierce, type DeskFixture } from './agenda-fixture.js';

const HOUR_PX = 84;

function cardOf({ desk }: DeskFixture, index: number): HTMLElement {
  return pierce(desk, `.card[data-id="${bookingIdOf(index)}"]`);
}

function centreOf(element: HTMLElement): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

/** Presses on a card and moves by steps, as a hand does. */
async function drag(fixture: DeskFixture, card: HTMLElement, byX: number, byY: number): Promise<void> {
  const [x, y] = centreOf(card);
  await sendMouse({ type: 'move', position: [x, y] });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: [x + Math.round(byX / 2), y + Math.round(byY / 2)] });
  await sendMouse({ type: 'move', position: [x + byX, y + byY] });
  await fixture.settle();
}

async function letGo(fixture: DeskFixture): Promise<void> {
  await sendMouse({ type: 'up' });
  await fixture.settle();
}

function columnDistance(fixture: DeskFixture, from: number, to: number): number {
  const columns = [...(pierce(fixture.desk, '.board').querySelectorAll('.column') ?? [])];
  const left = (index: number): number => columns[index]?.getBoundingClientRect().left ?? 0;
  return Math.round(left(to) - left(from));
}

describe('agenda board', () => {
  afterEach(async () => resetMouse());

  it('BK-22 a visit is dragged to another hour and lands on the grid of its service', async () => {
    const fixture = await openDesk(READY);
    await drag(fixture, cardOf(fixture, 3), 0, HOUR_PX + 6);
    expect(pierce(fixture.desk, '.ghost').textContent).to.include('11:30');
    await letGo(fixture);
    expect(fixture.requests).to.deep.equal([
      {
        type: 'move',
        bookingId: bookingIdOf(3),
        target: { start: at(11, 30), staffId: staffIdOf(1) },
        isUndo: false,
      },
    ]);
  });

  it('BK-22 dropped on somebody else it is theirs', async () => {
    const fixture = await openDesk(READY);
    await drag(fixture, cardOf(fixture, 3), columnDistance(fixture, 0, 1), 0);
    await letGo(fixture);
    expect(fixture.requests).to.deep.include({
      type: 'move',
      bookingId: bookingIdOf(3),
      target: { start: at(10, 30), staffId: staffIdOf(2) },
      isUndo: false,
    });
  });

  it('BK-22 over somebody who does not give the service it says so, and nothing is asked', async () => {
    const fixture = await openDesk(READY);
    await drag(fixture, cardOf(fixture, 3), columnDistance(fixture, 0, 2), 0);
    expect(pierce(fixture.desk, '.ghost').className).to.include('ghost--refused');
    await letGo(fixture);
    expect(fixture.requests).to.deep.equal([]);
  });

  it('BK-22 Escape puts it back, and nothing opens', async () => {
    const fixture = await openDesk(READY);
    await drag(fixture, cardOf(fixture, 3), 0, HOUR_PX);
    await sendKeys({ press: 'Escape' });
    await fixture.settle();
    expect(fixture.desk.shadowRoot?.querySelector('.ghost')).to.equal(null);
    await letGo(fixture);
    expect(fixture.requests).to.deep.equal([]);
  });

  it('BK-22 a click is no drag', async () => {
    const fixture = await openDesk(READY);
    await drag(fixture, cardOf(fixture, 3), 2, 2);
    await letGo(fixture);
    expect(fixture.requests).to.deep.equal([{ type: 'select', bookingId: bookingIdOf(3) }]);
  });

  it('BK-31 what has ended, and anything while the connection is lost, is not dragged', async () => {
    const fixture = await openDesk(READY);
    await drag(fixture, cardOf(fixture, 1), 0, HOUR_PX);
    await letGo(fixture);
    await fixture.set(findState('lost'));
    await drag(fixture, cardOf(fixture, 3), 0, HOUR_PX);
    await letGo(fixture);
    expect(fixture.requests.filter(({ type }) => type === 'move')).to.deep.equal([]);
  });

  it('BK-22 a finger drags after a moment of rest, and a swipe scrolls', async () => {
    const fixture = await openDesk(READY);
    const card = cardOf(fixture, 3);
    const [clientX, clientY] = centreOf(card);
    const touch = { pointerId: 7, pointerType: 'touch', isPrimary: true, bubbles: true, composed: true } as const;
    const send = (type: string, byY: number): boolean =>
      card.dispatchEvent(new PointerEvent(type, { ...touch, clientX, clientY: clientY + byY }));
    const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));
    send('pointerdown', 0);
    send('pointermove', 30);
    await rest();
    send('pointermove', HOUR_PX);
    send('pointerup', HOUR_PX);
    expect(fixture.requests).to.deep.equal([]);
    send('pointerdown', 0);
    await rest();
    send('pointermove', HOUR_PX);
    send('pointerup', HOUR_PX);
    expect(fixture.requests.map(({ type }) => type)).to.deep.equal(['move']);
  });

  it('BK-35 arrow keys walk over the cards, Enter opens and M moves', async () => {
    const fixture = await openDesk(READY);
    cardOf(fixture, 3).focus();
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'Enter' });
    await fixture.settle();
    expect(fixture.requests.at(-1)).to.deep.equal({ type: 'select', bookingId: bookingIdOf(4) });
    cardOf(fixture, 3).focus();
    await sendKeys({ press: 'm' });
    expect(fixture.requests.at(-1)).to.deep.equal({
      type: 'show-sheet',
      sheet: { kind: 'move', bookingId: bookingIdOf(3) },
    });
  });

  it('BK-35 from right to left the left arrow goes on', async () => {
    const fixture = await openDesk(READY, { direction: 'rtl' });
    const cards = [...pierce(fixture.desk, '.board').querySelectorAll<HTMLElement>('.card')];
    const first = cardOf(fixture, 1);
    expect(findNeighbour('ArrowLeft', first, cards, true)?.dataset['id']).to.equal(bookingIdOf(4));
    expect(findNeighbour('ArrowRight', first, cards, true)).to.equal(undefined);
  });

  it('BK-10 whoever waits between two parts of a visit is free in between', async () => {
    const booking = buildBooking(1, { name: 'Mei Tan', start: at(10) });
    const part = (from: string, to: string, staffId: BookableId | null) => ({
      serviceId: serviceIdOf(1),
      start: from,
      end: to,
      staffId,
      resourceIds: [],
    });
    const colour = {
      ...booking,
      start: at(10),
      end: at(12),
      segments: [
        part(at(10), at(10, 30), staffIdOf(2)),
        part(at(10, 30), at(11, 30), null),
        part(at(11, 30), at(12), staffIdOf(2)),
      ],
    };
    const fixture = await openDesk({ ...READY, agenda: { bookings: [colour], blocks: [] } });
    const heights = [...pierce(fixture.desk, '.board').querySelectorAll('.card')].map(
      (card) => card.getBoundingClientRect().height,
    );
    expect(heights.map(Math.round)).to.deep.equal([HOUR_PX / 2, HOUR_PX / 2]);
  });
});
