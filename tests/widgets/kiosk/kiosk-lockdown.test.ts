import { expect } from '@open-wc/testing';
import { lockPage, type Lockdown } from '@frontdesk/widgets/kiosk/lockdown';
import { findState, openStage } from './stage-fixture.js';

describe('kiosk lockdown', () => {
  let lock: Lockdown;
  let backs: number;
  const host = document.createElement('div');

  beforeEach(() => {
    backs = 0;
    lock = lockPage(host, () => {
      backs += 1;
    });
  });
  afterEach(() => lock.release());

  const isBlocked = (event: Event): boolean => !document.body.dispatchEvent(event);
  const build = (type: string, init: EventInit = {}): Event =>
    new Event(type, { bubbles: true, cancelable: true, ...init });
  const key = (name: string, init: KeyboardEventInit = {}): KeyboardEvent =>
    new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init });

  it('QK-17 there is no menu, no selection, no dragging, no gesture', () => {
    for (const type of ['contextmenu', 'selectstart', 'dragstart', 'gesturestart']) {
      expect(isBlocked(build(type)), type).to.equal(true);
    }
  });

  it('QK-17 nothing zooms: two fingers, wheel with Ctrl, keys', () => {
    const touch = (id: number): Touch => new Touch({ identifier: id, target: document.body });
    const two = new TouchEvent('touchmove', { bubbles: true, cancelable: true, touches: [touch(1), touch(2)] });
    const one = new TouchEvent('touchmove', { bubbles: true, cancelable: true, touches: [touch(1)] });
    expect([isBlocked(two), isBlocked(one)]).to.deep.equal([true, false]);
    expect(isBlocked(new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true }))).to.equal(true);
    expect(isBlocked(new WheelEvent('wheel', { bubbles: true, cancelable: true }))).to.equal(false);
    for (const name of ['+', '-', '0']) expect(isBlocked(key(name, { ctrlKey: true })), name).to.equal(true);
  });

  it('QK-17 keys of the browser do nothing; those of people do', () => {
    for (const name of ['F1', 'F5', 'F11', 'F12', 'BrowserBack']) expect(isBlocked(key(name)), name).to.equal(true);
    for (const name of ['r', 'l', 'w', 'p']) expect(isBlocked(key(name, { ctrlKey: true })), name).to.equal(true);
    expect(isBlocked(key('ArrowLeft', { altKey: true }))).to.equal(true);
    for (const name of ['a', 'Enter', 'Tab', 'ArrowDown', 'Backspace'])
      expect(isBlocked(key(name)), name).to.equal(false);
  });

  it('QK-17 going back stays on the page, and is a step back of the kiosk', async () => {
    lock.release();
    history.replaceState('before', '');
    lock = lockPage(host, () => {
      backs += 1;
    });
    for (let time = 1; time <= 3; time += 1) {
      const heard = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
      history.back();
      await heard;
      expect(history.state, 'one entry more than there is to go back to').to.equal(null);
      expect(backs).to.equal(time);
    }
  });

  it('QK-17 nothing on any screen leads elsewhere', async () => {
    for (const name of ['attract', 'services', 'ticket', 'staff']) {
      const { root } = await openStage(findState(name));
      expect(root.querySelectorAll('a[href], iframe, form')).to.have.length(0);
      const style = getComputedStyle(root.querySelector('.stage') as Element);
      expect(style.touchAction).to.equal('pan-y');
      expect(style.userSelect).to.equal('none');
    }
  });

  it('QK-17 once released, the page is as any other', () => {
    lock.release();
    expect(isBlocked(build('contextmenu'))).to.equal(false);
    expect(isBlocked(key('F5'))).to.equal(false);
  });
});
