/** Booking in the hands of people: with a keyboard, with a screen reader, on a page that has its own plans. */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { reduceBooking } from '@frontdesk/widgets/booking/booking-store';
import type { FrontdeskBookingCalendar } from '@frontdesk/widgets/booking/calendar/booking-calendar';
import type { FrontdeskBooking } from '@frontdesk/widgets/booking/booking';
import {
  collectRoots,
  findBookingExample,
  findButton,
  findManageExample,
  showBooking,
  showManage,
} from './booking-fixture.js';

function findIn(root: ShadowRoot, selector: string): Element | null {
  return (
    collectRoots(root)
      .map((one) => one.querySelector(selector))
      .find((one) => one !== null) ?? null
  );
}

function readGrid(root: ShadowRoot) {
  const calendar = collectRoots(root)
    .map((one) => one.querySelector('frontdesk-booking-calendar'))
    .find((one) => one !== null) as FrontdeskBookingCalendar;
  const inner = calendar.shadowRoot;
  if (!inner) throw new Error('No calendar.');
  const stop = (): HTMLElement => {
    const stops = [...inner.querySelectorAll<HTMLElement>('td[tabindex="0"]')];
    expect(stops.length, 'days in the tab order').to.equal(1);
    return stops[0] as HTMLElement;
  };
  return {
    calendar,
    inner,
    stop,
    async press(...keys: string[]): Promise<string | undefined> {
      for (const press of keys) {
        await sendKeys({ press });
        await calendar.updateComplete;
      }
      return (inner.activeElement as HTMLElement | null)?.dataset['date'];
    },
  };
}

describe('the calendar', () => {
  it('BK-35: a day is named with its date and how many times it has', async () => {
    const { root } = await showBooking(findBookingExample('calendar'));
    const { inner } = readGrid(root);
    const nameOf = (date: string) => inner.querySelector(`[data-date="${date}"]`)?.getAttribute('aria-label');
    expect(nameOf('2027-03-03')).to.equal('Wednesday, 3 March 2027, 6 times available');
    expect(nameOf('2027-03-10')).to.equal('Wednesday, 10 March 2027, no times available');
    expect(inner.querySelector('[aria-current="date"]')?.getAttribute('data-date')).to.equal('2027-03-02');
  });

  it('BK-35: one day is in the tab order; arrows, Home, End and Page keys move it', async () => {
    const { root, requests, view } = await showBooking(findBookingExample('calendar'));
    const { calendar, inner, stop, press } = readGrid(root);
    expect(stop().dataset['date']).to.equal('2027-03-02');
    stop().focus();
    expect(await press('ArrowRight', 'ArrowDown')).to.equal('2027-03-10');
    expect(await press('Home')).to.equal('2027-03-08');
    expect(await press('End')).to.equal('2027-03-14');
    expect(await press('ArrowUp', 'ArrowLeft', 'ArrowUp')).to.equal('2027-03-02');
    await press('Enter');
    expect(requests.at(-1)?.request).to.deep.equal({ name: 'date', detail: { date: '2027-03-02' } });
    await press('PageDown');
    expect(requests.at(-1)?.request).to.deep.equal({ name: 'month', detail: { month: '2027-04' } });
    view.state = reduceBooking(view.state, { type: 'month-shown', month: '2027-04' });
    await view.updateComplete;
    await calendar.updateComplete;
    expect((inner.activeElement as HTMLElement).dataset['date']).to.equal('2027-04-02');
    expect(stop()).to.equal(inner.activeElement);
  });

  it('BK-35: a day without times cannot be chosen, and nothing lies before today', async () => {
    const { root, requests } = await showBooking(findBookingExample('calendar'));
    const { stop, press, inner } = readGrid(root);
    stop().focus();
    expect(await press('ArrowLeft', 'ArrowUp')).to.equal('2027-03-02');
    (inner.querySelector('[data-date="2027-03-10"]') as HTMLElement).click();
    expect(requests).to.deep.equal([]);
    expect(inner.querySelector('[data-date="2027-03-10"]')?.getAttribute('aria-disabled')).to.equal('true');
  });

  it('BK-36: in Arabic the right arrow goes back, and the week begins on Saturday', async () => {
    const { root } = await showBooking(findBookingExample('calendar'), { locale: 'ar' });
    const { stop, press, inner } = readGrid(root);
    expect(inner.querySelector('th')?.getAttribute('abbr')).to.equal('السبت');
    stop().focus();
    expect(await press('ArrowLeft')).to.equal('2027-03-03');
    expect(await press('ArrowRight')).to.equal('2027-03-02');
  });
});

describe('the steps of booking', () => {
  it('BK-35: a day that is chosen leads to its times, a step to its question', async () => {
    const { root, view } = await showBooking(findBookingExample('calendar'));
    const { inner } = readGrid(root);
    (inner.querySelector('[data-date="2027-03-04"]') as HTMLElement).click();
    view.state = reduceBooking(view.state, { type: 'date-chosen', date: '2027-03-04' });
    await view.updateComplete;
    await nextFrame();
    expect(root.activeElement?.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Thursday, 4 March');
    findButton(root, 'Change the service').click();
    view.state = reduceBooking(view.state, { type: 'gone-back', to: 'service' });
    await view.updateComplete;
    expect(root.activeElement?.textContent).to.equal('What can we do for you?');
  });

  it('takes no focus from a page that loads', async () => {
    const { root, view } = await showBooking(findBookingExample('loading'));
    view.state = findBookingExample('services').state;
    await view.updateComplete;
    expect(root.activeElement).to.equal(null);
  });

  it('BK-36: hours are written as the reader writes them', async () => {
    const english = await showBooking(findBookingExample('times'));
    expect(findIn(english.root, '.slot')?.textContent?.trim()).to.equal('9:00 am');
    const chinese = await showBooking(findBookingExample('times'), { locale: 'zh' });
    expect(findIn(chinese.root, '.slot')?.textContent?.trim()).to.equal('9:00');
  });

  it('BK-17: names the zone where the clocks differ, and only there', async () => {
    const same = await showBooking(findBookingExample('times'));
    expect(findIn(same.root, '.zone')).to.equal(null);
    const other = await showBooking(findBookingExample('other-zone'));
    expect(findIn(other.root, '.zone')?.textContent).to.include('Malaysia Time');
    expect(findIn(other.root, '.zone button')).to.equal(null);
    const online = await showBooking(findBookingExample('online'));
    findButton(online.root, 'Show Malaysia Time').click();
    expect(online.requests.at(-1)?.request).to.deep.equal({ name: 'zone', detail: { timeZone: 'Asia/Kuala_Lumpur' } });
  });

  it('BK-35: what is missing is said beside its field, and the first field takes the focus', async () => {
    const { root, view } = await showBooking(findBookingExample('questions'));
    const errors = { phone: 'phone', 'consent:privacy': 'agree' } as const;
    view.state = reduceBooking(view.state, { type: 'checked', errors });
    await view.updateComplete;
    await nextFrame();
    const details = root.querySelector('frontdesk-booking-details')?.shadowRoot;
    const phone = details?.activeElement;
    expect(phone?.id).to.equal('phone');
    const described = phone?.getAttribute('aria-describedby') ?? '';
    expect(details?.getElementById(described)?.textContent).to.include('does not look right');
  });

  it('what is typed is asked for as a whole, and a question appears with its condition', async () => {
    const { root, requests, view } = await showBooking(findBookingExample('questions'));
    const details = root.querySelector('frontdesk-booking-details')?.shadowRoot;
    const name = details?.querySelector<HTMLInputElement>('#name');
    if (!name) throw new Error('No field for the name.');
    name.value = 'Aminah';
    name.dispatchEvent(new InputEvent('input'));
    const request = requests.at(-1)?.request;
    if (request?.name !== 'typed') throw new Error('Nothing was typed.');
    expect(request.detail.draft).to.deep.include({ name: 'Aminah', phone: '012-345 6789' });
    const draft = { ...request.detail.draft, answers: { 'first-visit': 'yes' } };
    view.state = reduceBooking(view.state, { type: 'typed', draft });
    await view.updateComplete;
    await nextFrame();
    expect(details?.textContent).not.to.include('Penicillin');
  });

  it('the time that is left is drawn, and not read out every second', async () => {
    const { root } = await showBooking(findBookingExample('ending'));
    const timer = collectRoots(root).flatMap((one) => [...one.querySelectorAll('[role="timer"]')])[0];
    expect(timer?.textContent).to.equal('0:52');
    expect(timer?.getAttribute('aria-live')).to.equal(null);
    expect(findButton(root, 'Keep it longer').disabled).to.equal(false);
  });

  it('a booking shows its code and the link that changes it', async () => {
    const { root } = await showBooking(findBookingExample('booked'));
    const link = collectRoots(root).flatMap((one) => [
      ...one.querySelectorAll<HTMLAnchorElement>('a[part~="button"]'),
    ])[0];
    expect(link?.href).to.equal(`https://clinic.example/booking#${'m'.repeat(64)}`);
  });
});

describe('changing a booking', () => {
  it('BK-35: cancelling asks first, with a way out', async () => {
    const asked: unknown[] = [];
    const desk = {
      find: () => undefined,
      retry: () => undefined,
      choose: (mode: string) => void asked.push(mode),
      move: () => undefined,
      cancel: (reason: string) => void asked.push({ reason }),
      handle: () => undefined,
    };
    const { root, view } = await showManage(findManageExample('manage-read'), {}, desk);
    findButton(root, 'Cancel the booking').click();
    view.state = findManageExample('manage-cancel').state;
    await view.updateComplete;
    expect(root.activeElement?.textContent).to.equal('Cancel this booking?');
    findButton(root, 'Keep it as it is').click();
    const reason = root.querySelector('textarea');
    if (reason) reason.value = 'I am ill';
    findButton(root, 'Yes, cancel it').click();
    expect(asked).to.deep.equal(['cancel', 'read', { reason: 'I am ill' }]);
  });

  it('a deadline that has passed leaves the phone', async () => {
    const { root } = await showManage(findManageExample('manage-too-late'));
    expect(root.querySelectorAll('button').length).to.equal(0);
    expect(root.querySelector<HTMLAnchorElement>('a[href^="tel:"]')?.href).to.equal('tel:+60355500123');
  });

  it('BK-25: what is to come can be put into a calendar, what was given up cannot', async () => {
    const findLink = ({ root }: { readonly root: ShadowRoot }) => root.querySelector('a[href$=".ics"]');
    expect(findLink(await showManage(findManageExample('manage-read')))?.textContent).to.equal('Add to calendar');
    expect(findLink(await showManage(findManageExample('manage-cancelled')))).to.equal(null);
  });
});

describe('<frontdesk-booking>', () => {
  const SITE = 'pk_000000000000000000000000';
  const NOWHERE = 'http://127.0.0.1:9';

  it('BK-20: with the server down it shows what stands between its tags', async () => {
    const element = await fixture<FrontdeskBooking>(
      html`<frontdesk-booking site=${SITE} server=${NOWHERE}
        ><a href="tel:+60355500123">Call us</a></frontdesk-booking
      >`,
    );
    await new Promise<void>((resolve) => element.addEventListener('frontdesk-booking-error', () => resolve()));
    await element.updateComplete;
    const slot = element.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])');
    expect(slot?.assignedElements().map(({ textContent }) => textContent)).to.deep.equal(['Call us']);
  });

  it('BK-37: two stand on one page, and moving one keeps what it knows', async () => {
    const both = await fixture<HTMLElement>(html`
      <div>
        <frontdesk-booking site=${SITE} server=${NOWHERE}></frontdesk-booking>
        <frontdesk-booking site=${SITE} server=${NOWHERE} theme="dark"></frontdesk-booking>
      </div>
    `);
    const [first, second] = both.querySelectorAll('frontdesk-booking');
    if (!first || !second) throw new Error('Two were placed.');
    const viewOf = (element: FrontdeskBooking) =>
      element.shadowRoot?.querySelector('frontdesk-booking-flow')?.shadowRoot?.querySelector('frontdesk-booking-view');
    await Promise.all([first.updateComplete, second.updateComplete]);
    const state = viewOf(first)?.state;
    expect(state?.step).to.equal('loading');
    expect(state).not.to.equal(viewOf(second)?.state);
    both.append(first);
    await first.updateComplete;
    expect(viewOf(first)?.state).to.equal(state);
    first.remove();
    await nextFrame();
    both.append(first);
    await first.updateComplete;
    expect(viewOf(first)?.state).not.to.equal(state);
  });

  it('shows its fallback without a site, and nothing else', async () => {
    const element = await fixture<FrontdeskBooking>(html`<frontdesk-booking>Call us</frontdesk-booking>`);
    expect(element.shadowRoot?.querySelector('frontdesk-booking-view')).to.equal(null);
    expect(element.shadowRoot?.querySelector('slot')).not.to.equal(null);
  });
});
