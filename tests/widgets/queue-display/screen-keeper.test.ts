import { expect } from '@open-wc/testing';
import { createScreenKeeper } from '@frontdesk/widgets/queue-display/screen-keeper';
import { createManualClock, settle } from './scripted-world.js';

const WINDOW = { innerHeight: 900, screen: { height: 1_080 } };

describe('the screen itself', () => {
  function buildDocument() {
    const target = new EventTarget();
    return Object.assign(target, { hidden: false, fullscreenEnabled: true, fullscreenElement: null as Element | null });
  }

  it('QD-15 holds a wake lock, asks again when it was taken away, and reports when it cannot', async () => {
    const clock = createManualClock();
    const page = buildDocument();
    const locks: (EventTarget & { released: boolean })[] = [];
    let isAllowed = true;
    const wakeLock = {
      async request() {
        if (!isAllowed) throw new DOMException('low battery', 'NotAllowedError');
        const lock = Object.assign(new EventTarget(), { released: false, release: () => Promise.resolve() });
        locks.push(lock);
        return lock;
      },
    };
    const take = (): void => {
      const lock = locks[locks.length - 1];
      if (lock) lock.released = true;
      lock?.dispatchEvent(new Event('release'));
    };
    const keeper = createScreenKeeper({
      clock,
      document: page as unknown as Document,
      navigator: { wakeLock } as unknown as Navigator,
      window: WINDOW,
      ownsPage: false,
    });
    keeper.start();
    await settle();
    expect(keeper.getState().wakeLock).to.equal('held');
    take();
    expect(keeper.getState().wakeLock).to.equal('missing');
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect([keeper.getState().wakeLock, locks.length]).to.deep.equal(['held', 2]);
    isAllowed = false;
    take();
    await clock.advance(31_000);
    expect(keeper.getState().wakeLock).to.equal('missing');
    isAllowed = true;
    await clock.advance(31_000);
    expect(keeper.getState().wakeLock).to.equal('held');
    keeper.stop();
    const without = createScreenKeeper({
      clock,
      document: page as unknown as Document,
      navigator: {} as Navigator,
      window: WINDOW,
      ownsPage: false,
    });
    expect(without.getState().wakeLock).to.equal('unsupported');
  });

  it('QD-15 offers a full screen, and again after somebody left it; never in a host page', () => {
    const clock = createManualClock();
    const page = buildDocument();
    const parts = { clock, document: page as unknown as Document, navigator: {} as Navigator, window: WINDOW };
    const keeper = createScreenKeeper({ ...parts, ownsPage: true });
    keeper.start();
    expect(keeper.getState().offersFullScreen).to.equal(true);
    page.fullscreenElement = document.body;
    page.dispatchEvent(new Event('fullscreenchange'));
    expect(keeper.getState().offersFullScreen).to.equal(false);
    page.fullscreenElement = null;
    page.dispatchEvent(new Event('fullscreenchange'));
    expect(keeper.getState().offersFullScreen).to.equal(true);
    keeper.stop();
    const managed = createScreenKeeper({
      ...parts,
      window: { innerHeight: 1_080, screen: { height: 1_080 } },
      ownsPage: true,
    });
    managed.start();
    expect(managed.getState().offersFullScreen, 'started in kiosk mode').to.equal(false);
    managed.stop();
    const hosted = createScreenKeeper({ ...parts, ownsPage: false });
    hosted.start();
    expect(hosted.getState().offersFullScreen).to.equal(false);
    hosted.stop();
  });
});
