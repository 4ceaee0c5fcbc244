import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { DeviceHealth } from '@frontdesk/protocol/devices';
import { createDeviceStorage } from '@frontdesk/widgets/core/client/storage-device';
import type { FrontdeskDevicePairing } from '@frontdesk/widgets/device-pairing/device-pairing';
import {
  buildBackends,
  buildBoard,
  buildCalls,
  buildDevice,
  closeDisplays,
  createManualClock,
  openDisplay,
  settle,
  START_MS,
  type DisplayFixture,
} from './display-fixture.js';

const MINUTE_MS = 60_000;

/** A board of calls that were made just now. */
async function call(fixture: DisplayFixture, count: number, firstSequence = 1): Promise<void> {
  const { server, clock } = fixture;
  const before = server.board.calls.filter(({ sequence }) => sequence < firstSequence);
  await server.push(buildBoard([...buildCalls(clock, count, firstSequence), ...before], { rev: server.board.rev + 1 }));
  await fixture.advance(0);
}

const findIn = (fixture: DisplayFixture, selector: string): HTMLElement | null =>
  fixture.board().shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

/** A failing comparison of elements would print the whole page. */
const isShown = (fixture: DisplayFixture, selector: string): boolean => findIn(fixture, selector) !== null;

describe('queue display', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  afterEach(closeDisplays);
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  it('QD-2 the newest call stands out for ten seconds', async () => {
    const fixture = await openDisplay();
    await call(fixture, 1);
    expect(fixture.labels()).to.deep.equal(['A001']);
    expect(isShown(fixture, '.emphasized')).to.equal(true);
    await fixture.advance(9_000);
    expect(isShown(fixture, '.emphasized')).to.equal(true);
    await fixture.advance(2_000);
    expect(isShown(fixture, '.emphasized')).to.equal(false);
  });

  it('QD-5 after a minute without network and thirty calls: the right board, no reload, nothing old is spoken', async () => {
    const fixture = await openDisplay();
    const { server, speech, clock } = fixture;
    await call(fixture, 1);
    await fixture.advance(10_000);
    const spoken = speech.said.length;
    await server.goOffline();
    await fixture.advance(20_000);
    server.board = buildBoard(buildCalls(clock, 30, 2), { rev: 40 });
    await fixture.advance(40_000);
    expect(fixture.labels()).to.deep.equal(['A001']);
    await server.goOnline();
    await fixture.advance(100);
    expect(fixture.labels()).to.include('A031').and.not.include('A001');
    await fixture.advance(20_000);
    expect(speech.said.length).to.equal(spoken);
    expect(fixture.reloads.count).to.equal(0);
  });

  it('QD-5 a beat that knows more than the board is followed by a question', async () => {
    const fixture = await openDisplay();
    const { server } = fixture;
    await call(fixture, 1);
    const probes = server.probes;
    server.board = { ...server.board, rev: 99, calls: buildCalls(fixture.clock, 2) };
    await server.beat();
    await fixture.advance(2_000);
    expect(server.probes).to.equal(probes + 1);
    expect(fixture.labels()).to.have.length(2);
  });

  it('QD-6 says within 25 s that it is not up to date; the clock goes on and the board stays', async () => {
    const fixture = await openDisplay();
    await call(fixture, 2);
    for (let beats = 0; beats < 3; beats += 1) {
      await fixture.advance(8_000);
      await fixture.server.beat();
    }
    expect(isShown(fixture, '.badge')).to.equal(false);
    await fixture.advance(17_000);
    expect(isShown(fixture, '.badge'), 'one beat may be late').to.equal(false);
    await fixture.advance(8_000);
    expect(fixture.text('.badge')).to.match(/^Not up to date since 10:41\sAM$/);
    expect(fixture.labels()).to.have.length(2);
    await fixture.advance(MINUTE_MS);
    expect(fixture.text('.clock')).to.match(/^10:42\sAM$/);
    await fixture.server.beat();
    await fixture.advance(1_000);
    expect(isShown(fixture, '.badge')).to.equal(false);
  });

  it('QD-7 a cold start without network shows the last board and when it was', async () => {
    const backends = buildBackends();
    const first = await openDisplay({ backends });
    await call(first, 2);
    await first.advance(3_000);
    first.close();
    const clock = createManualClock(START_MS + 3 * 60 * MINUTE_MS);
    const again = await openDisplay({ backends, clock, isOnline: false });
    expect(again.labels()).to.deep.equal(['A002', 'A001']);
    await again.advance(5_000);
    expect(again.text('.badge')).to.match(/^No connection\. Last updated 10:41\sAM$/);
    expect(again.speech.said).to.have.length(0);
  });

  it('QD-8 ten calls in a second: each spoken once, in their order, never two at a time', async () => {
    const fixture = await openDisplay();
    for (let sequence = 1; sequence <= 10; sequence += 1) {
      await call(fixture, 1, sequence);
      await fixture.advance(100);
    }
    await fixture.advance(90_000);
    const { said } = fixture.speech;
    expect(said.map(({ text }) => /\d \d \d/.exec(text)?.[0])).to.deep.equal(
      Array.from({ length: 10 }, (_, index) => [...String(index + 1).padStart(3, '0')].join(' ')),
    );
    for (const [index, { at }] of said.entries()) expect(at).to.be.at.least(said[index - 1]?.end ?? 0);
  });

  it('QD-8 the same board twice is spoken once', async () => {
    const fixture = await openDisplay();
    await call(fixture, 1);
    await fixture.server.push(fixture.server.board);
    await fixture.advance(10_000);
    expect(fixture.speech.said).to.have.length(1);
  });

  it('QD-9 speaks the languages of the call in their order, and the counter as it is called now', async () => {
    const fixture = await openDisplay();
    const [one] = buildCalls(fixture.clock, 1);
    if (!one) throw new Error('no call');
    const renamed = { ...one, counterLabel: 'Pharmacy', languages: ['ms' as const, 'en' as const] };
    await fixture.server.push(buildBoard([renamed]));
    await fixture.advance(10_000);
    expect(fixture.speech.said.map(({ text }) => text)).to.deep.equal([
      'Nombor A 0 0 1. Pharmacy.',
      'Number A 0 0 1. Pharmacy.',
    ]);
  });

  it('QD-10 asks for a touch when the browser keeps it silent, says so in its health, and sounds after it', async () => {
    const fixture = await openDisplay({ sound: 'needs-tap' });
    await call(fixture, 1);
    const ask = findIn(fixture, '[part=ask]');
    expect(ask?.textContent?.trim()).to.equal('Tap to turn the sound on');
    await expect(fixture.board()).to.be.accessible();
    await fixture.advance(30_000);
    const health = () => fixture.server.sent.filter(({ name }) => name === 'device:report').map(({ input }) => input);
    expect(JSON.stringify(health().pop())).to.include('"sound":"needs-tap"');
    const unlocks = fixture.output.unlocks;
    ask?.click();
    expect(fixture.output.unlocks).to.equal(unlocks + 1);
    fixture.output.setSound('on');
    await fixture.advance(31_000);
    expect(isShown(fixture, '[part=ask]')).to.equal(false);
    expect(JSON.stringify(health().pop())).to.include('"sound":"on"');
  });

  it('QD-10 a display whose sound is off neither speaks nor asks', async () => {
    const fixture = await openDisplay({ sound: 'needs-tap', device: buildDevice({ isSoundOn: false }) });
    await call(fixture, 1);
    await fixture.advance(10_000);
    expect(isShown(fixture, '[part=ask]')).to.equal(false);
    expect(fixture.speech.said).to.have.length(0);
  });

  it('QD-11 a recall is spoken and stands out again, and its row stays one', async () => {
    const fixture = await openDisplay();
    await call(fixture, 2);
    await fixture.advance(30_000);
    const spoken = fixture.speech.said.length;
    const [first, ...rest] = fixture.server.board.calls;
    if (!first) throw new Error('no call');
    const recalledAt = new Date(fixture.clock.now()).toISOString();
    await fixture.server.push(buildBoard([{ ...first, sequence: 3, recalledAt }, ...rest], { rev: 9 }));
    await fixture.advance(100);
    expect(fixture.labels()).to.deep.equal(['A001', 'A002']);
    expect(findIn(fixture, '.emphasized .label')?.textContent).to.equal('A001');
    await fixture.advance(10_000);
    expect(fixture.speech.said.length).to.equal(spoken + 1);
  });

  it('QD-12 what was taken back, missed or completed leaves the board with the next message, and is not spoken any more', async () => {
    const fixture = await openDisplay();
    await call(fixture, 3);
    const [first, , third] = fixture.server.board.calls;
    if (!first || !third) throw new Error('no calls');
    await fixture.server.push(buildBoard([first, { ...third, state: 'gone' }], { rev: 9 }));
    await fixture.advance(0);
    expect(fixture.labels()).to.deep.equal(['A001']);
    await fixture.advance(30_000);
    const texts = fixture.speech.said.map(({ text }) => text).join(' ');
    expect(texts).to.include('0 0 1').and.include('0 0 3').and.not.include('0 0 2');
  });

  it('QD-13 a call waits for no film, and turns it down within 300 ms for as long as it is spoken', async () => {
    const film = { kind: 'video', url: 'https://films.invalid/never.mp4', seconds: 600, alt: 'film' } as const;
    const fixture = await openDisplay({ device: buildDevice({ playlist: [film] }) });
    const volume = () => findIn(fixture, 'frontdesk-queue-media')?.shadowRoot?.querySelector('video')?.volume;
    await waitUntil(() => volume() === 0.6);
    await call(fixture, 1);
    expect(fixture.labels()).to.deep.equal(['A001']);
    await fixture.advance(300);
    expect(volume()).to.be.below(0.1);
    await fixture.advance(20_000);
    expect(fixture.speech.said).to.have.length(1);
    expect(volume()).to.equal(0.6);
  });

  it('QD-13 markup in the ticker is text', async () => {
    const ticker = '<img src="x"> <b>Flu</b> vaccination';
    const fixture = await openDisplay({ device: buildDevice({ ticker }) });
    expect(fixture.text('.ticker')).to.equal(ticker);
    expect(isShown(fixture, '.ticker *')).to.equal(false);
  });

  it('QD-14 names are off unless the display may show them, whatever arrives', async () => {
    const fixture = await openDisplay();
    const calls = buildCalls(fixture.clock, 1).map((one) => ({ ...one, maskedName: 'Muh*** A.' }));
    await fixture.server.push(buildBoard(calls));
    await fixture.advance(0);
    expect(isShown(fixture, '.name')).to.equal(false);
    await fixture.server.change(buildDevice({ showNames: true }));
    await fixture.advance(0);
    expect(fixture.text('.name')).to.equal('Muh*** A.');
  });

  it('QD-20 mirrors the latest call politely, once', async () => {
    const fixture = await openDisplay();
    await call(fixture, 1);
    const live = findIn(fixture, '[aria-live=polite]');
    expect(live?.textContent).to.equal('Number A001, Counter 1');
    const line = live?.firstElementChild;
    await fixture.advance(5_000);
    expect(live?.firstElementChild === line).to.equal(true);
  });

  it('QD-20 takes no style of its host page and gives none', async () => {
    const style = document.createElement('style');
    style.textContent =
      '* { all: unset !important; color: red !important } .label { display: none !important } li { font-size: 1px !important }';
    const before = document.createElement('p');
    document.body.append(before);
    const own = getComputedStyle(before).cssText;
    const fixture = await openDisplay();
    fixture.display.style.setProperty('display', 'block', 'important');
    await call(fixture, 2);
    document.head.append(style);
    const label = findIn(fixture, '.label');
    expect(label && getComputedStyle(label).fontWeight).to.equal('700');
    expect(label && getComputedStyle(label).color).to.not.equal('rgb(255, 0, 0)');
    style.remove();
    expect(getComputedStyle(before).cssText).to.equal(own);
    expect(document.adoptedStyleSheets).to.have.length(0);
    before.remove();
  });

  it('QD-1 says which calls it has painted, after the paint, and again when they were spoken', async () => {
    const fixture = await openDisplay();
    await call(fixture, 1);
    const receipts = () =>
      fixture.server.sent
        .filter(({ name }) => name === 'call:shown')
        .flatMap(({ input }) => (input as { calls: { sequence: number; spokenAt: string | null }[] }).calls);
    expect(receipts()).to.have.length(0);
    await waitUntil(() => receipts().length === 1);
    expect(receipts()[0]).to.include({ sequence: 1, spokenAt: null });
    await fixture.advance(10_000);
    await waitUntil(() => receipts().some(({ spokenAt }) => spokenAt !== null));
    await fixture.server.push({ ...fixture.server.board, rev: 77 });
    await aTimeout(60);
    expect(receipts()).to.have.length(2);
  });

  it('QC-12 says again what stands on the screen when the server is back, which may have forgotten it', async () => {
    const fixture = await openDisplay();
    const { server } = fixture;
    const receipts = () =>
      server.sent
        .filter(({ name }) => name === 'call:shown')
        .flatMap(({ input }) => (input as { calls: { sequence: number; spokenAt: string | null }[] }).calls);
    await call(fixture, 1);
    await waitUntil(() => receipts().length === 1);
    await server.goOffline();
    server.sent.splice(0);
    await server.goOnline();
    expect(receipts().map(({ sequence, spokenAt }) => ({ sequence, spokenAt }))).to.deep.equal([
      { sequence: 1, spokenAt: null },
    ]);
  });

  it('QD-3 a call on another page is told when its page comes', async () => {
    const fixture = await openDisplay();
    await call(fixture, 20);
    const shown = new Set<number>();
    for (let second = 0; second < 10; second += 1) {
      await fixture.advance(1_000);
      await aTimeout(40);
      for (const { name, input } of fixture.server.sent) {
        if (name !== 'call:shown') continue;
        for (const { sequence } of (input as { calls: { sequence: number }[] }).calls) shown.add(sequence);
      }
      if (second === 0) expect(shown.size).to.be.below(20);
    }
    expect(shown.size).to.equal(20);
  });

  it('reports its health every 30 seconds, and on every connection', async () => {
    const fixture = await openDisplay();
    const count = (): number => fixture.server.sent.filter(({ name }) => name === 'device:report').length;
    expect(count()).to.equal(1);
    await fixture.advance(61_000);
    expect(count()).to.equal(3);
  });

  it('QD-15 the health report says whether the screen is kept awake', async () => {
    let isAllowed = false;
    const request = async (): Promise<unknown> => {
      if (!isAllowed) throw new DOMException('low battery', 'NotAllowedError');
      return Object.assign(new EventTarget(), { released: false, release: () => Promise.resolve() });
    };
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } });
    try {
      const fixture = await openDisplay();
      const reported = (): unknown => {
        const reports = fixture.server.sent.filter(({ name }) => name === 'device:report');
        return reports.map(({ input }) => (input as { health: DeviceHealth }).health.wakeLock).pop();
      };
      expect(reported()).to.equal('missing');
      isAllowed = true;
      await fixture.advance(61_000);
      expect(reported()).to.equal('held');
    } finally {
      // The browser's own stands on the prototype.
      Reflect.deleteProperty(navigator, 'wakeLock');
    }
  });

  it('shows a code when it was put out, and forgets whose screen it was', async () => {
    const codes: unknown[] = [];
    const fixture = await openDisplay({
      fetch: (_input, init) => {
        codes.push(JSON.parse(String(init?.body)));
        const data = { state: 'waiting', code: '482913', expiresAt: new Date().toISOString() };
        return Promise.resolve(new Response(JSON.stringify({ ok: true, data })));
      },
    });
    await call(fixture, 1);
    const token = createDeviceStorage('display', fixture.backends).readToken();
    await fixture.server.putOut();
    await settle();
    await aTimeout(20);
    await fixture.display.updateComplete;
    const pairing = fixture.display.shadowRoot?.querySelector<FrontdeskDevicePairing>('frontdesk-device-pairing');
    await pairing?.updateComplete;
    expect(pairing?.shadowRoot?.querySelector('.code')?.textContent?.replaceAll(/\s/g, '')).to.equal('482913');
    await expect(pairing).to.be.accessible();
    const storage = createDeviceStorage('display', fixture.backends);
    expect(storage.readSnapshot()).to.equal(null);
    expect(storage.readToken()).to.not.equal(token);
    expect((codes[0] as { kind: string }).kind).to.equal('display');
  });
});
