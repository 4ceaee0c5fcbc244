/** `<frontdesk-booking>` behind a button: fetched late, opened in a dialog, gone without a trace. */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { nothing } from 'lit';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { LOCALES } from '@frontdesk/protocol/locales';
import type { FrontdeskBooking } from '@frontdesk/widgets/booking/booking';
import type { FrontdeskBookingFlow } from '@frontdesk/widgets/booking/flow/booking-flow';
import { BUTTON_LABELS } from '@frontdesk/widgets/booking/booking-labels';
import { collectRoots, SITE } from './booking-fixture.js';

const NOWHERE = 'http://127.0.0.1:9';

type View = 'popup' | 'floating';

async function place(view: View, more: unknown = nothing, lang = 'en'): Promise<FrontdeskBooking> {
  const page = await fixture<HTMLElement>(
    html`<div lang=${lang}>
      <frontdesk-booking site=${SITE} server=${NOWHERE} view=${view}
        >${more}<a href="tel:+60355500123">Call us</a></frontdesk-booking
      >
    </div>`,
  );
  const element = page.querySelector('frontdesk-booking') as FrontdeskBooking;
  await element.updateComplete;
  return element;
}

function rootOf(element: FrontdeskBooking): ShadowRoot {
  if (!element.shadowRoot) throw new Error('Nothing was drawn.');
  return element.shadowRoot;
}
const buttonOf = (element: FrontdeskBooking): HTMLButtonElement =>
  rootOf(element).querySelector('button') as HTMLButtonElement;
const dialogOf = (element: FrontdeskBooking): HTMLDialogElement | null => rootOf(element).querySelector('dialog');
const flowOf = (element: FrontdeskBooking): FrontdeskBookingFlow | null =>
  rootOf(element).querySelector('frontdesk-booking-flow');

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await nextFrame();
}

async function open(element: FrontdeskBooking): Promise<HTMLDialogElement> {
  buttonOf(element).focus();
  buttonOf(element).click();
  await until(() => dialogOf(element)?.open === true && Boolean(flowOf(element)?.shadowRoot?.activeElement));
  return dialogOf(element) as HTMLDialogElement;
}

describe('<frontdesk-booking> behind a button', () => {
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ colorScheme: 'light' });
  });

  it('BK-37: the form is fetched when somebody comes near the button, and not before', async () => {
    const element = await place('popup');
    await nextFrame();
    expect(flowOf(element)).to.equal(null);
    buttonOf(element).dispatchEvent(new PointerEvent('pointerenter'));
    await element.updateComplete;
    await until(() => flowOf(element) !== null);
    expect(dialogOf(element)?.open).to.equal(false);
  });

  it('BK-37: Enter opens a dialog, the focus stays inside, Escape closes it and gives the focus back', async () => {
    const element = await place('popup');
    buttonOf(element).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => flowOf(element)?.shadowRoot?.activeElement?.id === 'title');
    expect(dialogOf(element)?.matches(':modal')).to.equal(true);
    expect(dialogOf(element)?.getAttribute('aria-label')).to.equal('Book an appointment');
    await sendKeys({ press: 'Tab' });
    expect(flowOf(element)?.shadowRoot?.activeElement?.getAttribute('aria-label')).to.equal('Close');
    await sendKeys({ press: 'Escape' });
    await until(() => !element.isOpen);
    expect(rootOf(element).activeElement).to.equal(buttonOf(element));
    expect(flowOf(element)?.isShown).to.equal(false);
  });

  it('BK-37: a press beside the dialog closes it, letting go there after selecting does not', async () => {
    const element = await place('popup');
    const dialog = await open(element);
    flowOf(element)?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    dialog.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(dialog.open).to.equal(true);
    dialog.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    dialog.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await until(() => !element.isOpen);
  });

  it('BK-37: the page may say what the button says, and open it', async () => {
    const element = await place('popup', html`<b slot="trigger">Reserve a table</b>`);
    const slot = rootOf(element).querySelector<HTMLSlotElement>('slot[name="trigger"]');
    expect(slot?.assignedElements().map(({ textContent }) => textContent)).to.deep.equal(['Reserve a table']);
    element.open();
    await until(() => dialogOf(element)?.open === true);
    element.close();
    await until(() => dialogOf(element)?.open === false);
  });

  it('BK-37: floating buttons stand above a chat and above each other', async () => {
    const page = await fixture<HTMLElement>(html`
      <div>
        <frontdesk-booking site=${SITE} server=${NOWHERE} view="floating"></frontdesk-booking>
        <frontdesk-booking site=${SITE} server=${NOWHERE} view="floating"></frontdesk-booking>
        <frontdesk-chat site=${SITE}></frontdesk-chat>
      </div>
    `);
    const [first, second] = page.querySelectorAll('frontdesk-booking');
    if (!first || !second) throw new Error('Two were placed.');
    await Promise.all([first.updateComplete, second.updateComplete]);
    const [one, other] = [first, second].map((element) => buttonOf(element).getBoundingClientRect());
    if (!one || !other) throw new Error('Two have a button.');
    // The launcher of a chat is 56 px high and 20 px above the edge.
    expect(innerHeight - one.bottom).to.be.at.least(20 + 56 + 8);
    expect(one.top - other.bottom).to.be.at.least(8);
  });

  it('BK-37: removing it while it is open leaves no dialog, no observer and no form that goes on', async () => {
    const element = await place('popup');
    await open(element);
    const flow = flowOf(element);
    element.remove();
    await nextFrame();
    expect(document.querySelector(':modal')).to.equal(null);
    expect(element.isOpen).to.equal(false);
    expect(flow?.isShown).to.equal(false);
    document.dispatchEvent(new Event('frontdesk-ready'));
    await nextFrame();
    expect(document.querySelector(':popover-open')).to.equal(null);
  });

  it('attributes reach the form, also later', async () => {
    const element = await place('popup');
    await open(element);
    element.setAttribute('zone-mode', 'visitor');
    element.setAttribute('locale', 'ms');
    await nextFrame();
    await flowOf(element)?.updateComplete;
    expect(flowOf(element)?.zoneMode).to.equal('visitor');
    await until(() => dialogOf(element)?.getAttribute('aria-label') === BUTTON_LABELS.ms);
    element.removeAttribute('zone-mode');
    await nextFrame();
    expect(flowOf(element)?.zoneMode).to.equal(null);
  });

  for (const view of ['popup', 'floating'] as const) {
    it(`BK-35 BK-36: ${view} passes axe, closed and open, and fits a narrow phone in every language`, async () => {
      for (const [width, scheme] of [
        [320, 'light'],
        [1280, 'dark'],
      ] as const) {
        await setViewport({ width, height: 568 });
        await emulateMedia({ colorScheme: scheme });
        const element = await place(view);
        await expect(element).to.be.accessible();
        await open(element);
        await expect(element).to.be.accessible();
        element.remove();
      }
      await setViewport({ width: 320, height: 568 });
      for (const locale of LOCALES) {
        const element = await place(view, nothing, locale);
        const box = buttonOf(element).getBoundingClientRect();
        expect(box.left, locale).to.be.at.least(0);
        expect(box.right, locale).to.be.at.most(320);
        expect(rootOf(element).querySelector('slot[name="trigger"]')?.textContent).to.equal(BUTTON_LABELS[locale]);
        element.remove();
      }
    });
  }

  it('BK-37: in the page, as a popup and floating at once, each with its own form', async () => {
    const page = await fixture<HTMLElement>(html`
      <div>
        <frontdesk-booking site=${SITE} server=${NOWHERE}></frontdesk-booking>
        <frontdesk-booking site=${SITE} server=${NOWHERE} view="popup"></frontdesk-booking>
        <frontdesk-booking site=${SITE} server=${NOWHERE} view="floating"></frontdesk-booking>
      </div>
    `);
    const elements = [...page.querySelectorAll('frontdesk-booking')];
    await Promise.all(elements.map((element) => element.updateComplete));
    for (const element of elements.slice(1)) {
      const dialog = await open(element);
      dialog.close();
      await until(() => !element.isOpen);
    }
    const flows = elements.map(flowOf);
    expect(new Set(flows).size).to.equal(3);
    expect(flows).not.to.include(null);
    expect(elements.flatMap((element) => collectRoots(rootOf(element))).length).to.be.at.least(6);
  });
});
