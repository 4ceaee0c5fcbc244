import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { INBOX_STATES } from '@frontdesk/widgets/inbox/inbox-states';
import { findDeep, findState, openDesk, pierce } from './desk-fixture.js';

/** Elements that stick out of the desk sideways, through all shadow roots. */
function findOverflow(element: Element, limit: DOMRect): string[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap((child) => {
    const inner = findOverflow(child, limit);
    const box = child.getBoundingClientRect();
    const isHidden = child.closest('.visually-hidden') !== null || box.width <= 1;
    const isOutside = !isHidden && (box.left < limit.left - 1 || box.right > limit.right + 1);
    return isOutside && !child.closest('pre, dialog, [popover]')
      ? [`${child.tagName}.${child.className}`, ...inner]
      : inner;
  });
}

describe('inbox states', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const [name, state] of Object.entries(INBOX_STATES)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`IN-28 ${name} passes axe in ${scheme}`, async () => {
        const { desk } = await openDesk(state, { scheme });
        await expect(desk).to.be.accessible();
      });
    }

    it(`IN-27 ${name} fits 360 px`, async () => {
      const { desk } = await openDesk(state, { widthPx: 360 });
      expect(findOverflow(desk, desk.getBoundingClientRect())).to.deep.equal([]);
    });
  }

  it('IN-28 a phone passes axe', async () => {
    for (const name of ['list', 'thread', 'thread-details']) {
      const { desk } = await openDesk(findState(name), { widthPx: 390 });
      await expect(desk).to.be.accessible();
    }
  });

  it('IN-27 a phone shows one pane at a time, and each step leads back', async () => {
    const fixture = await openDesk(findState('list'), { widthPx: 360 });
    const { desk } = fixture;
    const isShown = (selector: string): boolean => (findDeep(desk, selector)?.offsetWidth ?? 0) > 0;
    expect([isShown('.pane.list'), isShown('.pane.thread'), isShown('.pane.details')]).to.deep.equal([
      true,
      false,
      false,
    ]);
    pierce(desk, '.option').click();
    await fixture.settle();
    expect([isShown('.pane.list'), isShown('.pane.thread'), isShown('.pane.details')]).to.deep.equal([
      false,
      true,
      false,
    ]);
    await fixture.set({ ...desk.state, pane: 'details' });
    expect([isShown('.pane.list'), isShown('.pane.thread'), isShown('.pane.details')]).to.deep.equal([
      false,
      false,
      true,
    ]);
    pierce(desk, 'frontdesk-inbox-details').shadowRoot?.querySelector<HTMLElement>('.close')?.click();
    await fixture.settle();
    expect([isShown('.pane.list'), isShown('.pane.thread'), isShown('.pane.details')]).to.deep.equal([
      false,
      true,
      false,
    ]);
    pierce(desk, '.back').click();
    await fixture.settle();
    expect([isShown('.pane.list'), isShown('.pane.thread'), isShown('.pane.details')]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('shows two panes on a tablet and three on a desktop, by its own width', async () => {
    for (const [widthPx, panes] of [
      [719, 1],
      [720, 2],
      [1_099, 2],
      [1_100, 3],
      [1_480, 3],
    ] as const) {
      const { desk } = await openDesk(findState('thread'), { widthPx });
      const shown = ['.pane.list', '.pane.thread', '.pane.details'].filter(
        (name) => (findDeep(desk, name)?.offsetWidth ?? 0) > 0,
      );
      expect(shown, String(widthPx)).to.have.length(panes);
    }
  });

  it('a viewer reads and is told why there is no composer', async () => {
    const { desk } = await openDesk(findState('thread'), { role: 'viewer' });
    expect(findDeep(desk, 'textarea')).to.equal(null);
    expect(pierce(desk, '.blocked').textContent).to.include('lets you read');
    await expect(desk).to.be.accessible();
  });
});
