/** Every state of booking: readable for everybody, on every phone, in every language. */
import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { LOCALES } from '@frontdesk/protocol/locales';
import { MANAGE_STATES } from '@frontdesk/widgets/booking/manage/manage-states';
import { PARTS_STATES } from '@frontdesk/widgets/booking/parts/parts-states';
import { BOOKING_STATES } from '@frontdesk/widgets/booking/states';
import { collectRoots, findBookingExample, findManageExample, showBooking, showManage } from './booking-fixture.js';

const NARROW = { width: 320, height: 568 };
/** What is left of a 390 px phone at 200 % zoom. */
const ZOOMED = { width: 195, height: 422 };
const DESKTOP = { width: 1280, height: 800 };

function findOverflow(root: ShadowRoot): string[] {
  return collectRoots(root)
    .flatMap((one) => [...one.querySelectorAll<HTMLElement>('*')])
    .flatMap((element) => {
      const box = element.getBoundingClientRect();
      const isOutside = box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
      return isOutside ? [`${element.tagName}.${element.className} ${box.left} ${box.right}`] : [];
    });
}

describe('booking states', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => {
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('have unique ids', () => {
    const ids = [...BOOKING_STATES, ...PARTS_STATES, ...MANAGE_STATES].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  for (const example of [...BOOKING_STATES, ...PARTS_STATES]) {
    it(`BK-35: ${example.id} passes axe on a phone and on a desktop, light and dark`, async () => {
      for (const [viewport, scheme] of [
        [NARROW, 'light'],
        [DESKTOP, 'dark'],
      ] as const) {
        await setViewport(viewport);
        const { view } = await showBooking(example, { scheme });
        await expect(view).to.be.accessible();
        view.remove();
      }
    });

    it(`BK-36: ${example.id} fits a narrow phone, also at 200 %`, async () => {
      for (const viewport of [NARROW, ZOOMED]) {
        await setViewport(viewport);
        const { root, view } = await showBooking(example);
        expect(findOverflow(root)).to.deep.equal([]);
        view.remove();
      }
    });
  }

  for (const example of MANAGE_STATES) {
    it(`BK-35: ${example.id} passes axe and fits a narrow phone`, async () => {
      await setViewport(NARROW);
      for (const scheme of ['light', 'dark'] as const) {
        const { root, view } = await showManage(example, { scheme });
        await expect(view).to.be.accessible();
        expect(findOverflow(root)).to.deep.equal([]);
        view.remove();
      }
    });
  }

  for (const locale of LOCALES) {
    it(`BK-36: in ${locale} nothing is cut and nothing is left in English`, async () => {
      for (const viewport of [NARROW, ZOOMED]) {
        await setViewport(viewport);
        for (const id of [
          'services',
          'calendar',
          'times',
          'empty-month',
          'details',
          'questions',
          'expired',
          'booked',
          'code-wrong',
          'add',
          'add-person',
          'visit-details',
        ]) {
          const { root, view } = await showBooking(findBookingExample(id), { locale });
          expect(findOverflow(root), `${id} at ${viewport.width}`).to.deep.equal([]);
          const text = collectRoots(root)
            .map((one) => one.textContent)
            .join(' ');
          if (locale !== 'en')
            expect(text, id).not.to.match(/\b(?:Change|When|Morning|Choose|Keep|Name|Book|Add|Remove|all)\b/);
          view.remove();
        }
      }
      const { root, view } = await showManage(findManageExample('manage-cancel'), { locale });
      expect(findOverflow(root)).to.deep.equal([]);
      view.remove();
    });
  }
});
