import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import {
  buildBoard,
  buildCalls,
  closeDisplays,
  createManualClock,
  openDisplay,
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

describe('queue display, left alone', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  afterEach(closeDisplays);
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  it('QD-17 two minutes without a beat: our own page is loaded anew while the server answers, a host keeps its page', async () => {
    const own = await openDisplay({ ownsPage: true });
    await call(own, 1);
    await own.advance(121_000);
    expect(own.reloads.count).to.equal(1);
    own.close();
    const hosted = await openDisplay();
    await call(hosted, 1);
    await hosted.advance(121_000);
    expect(hosted.reloads.count).to.equal(0);
    expect(hosted.labels(), 'the same board after').to.deep.equal(['A001']);
    await hosted.server.goOffline();
    await hosted.server.goOnline();
    await hosted.advance(100);
    expect(hosted.labels()).to.deep.equal(['A001']);
  });

  it('QD-17 without the server no page is loaded: an old board is better than an error page', async () => {
    const fixture = await openDisplay({ ownsPage: true, fetch: () => Promise.reject(new TypeError('no network')) });
    await call(fixture, 1);
    await fixture.advance(5 * MINUTE_MS);
    expect(fixture.reloads.count).to.equal(0);
    expect(fixture.labels()).to.deep.equal(['A001']);
  });

  it('QD-17 the page is loaded anew when the day turns at the branch, and not before', async () => {
    const clock = createManualClock(Date.UTC(2025, 2, 4, 19, 55));
    const fixture = await openDisplay({ ownsPage: true, clock });
    for (let half = 0; half < 20; half += 1) {
      await fixture.server.beat();
      await fixture.advance(30_000);
      if (clock.now() < Date.UTC(2025, 2, 4, 20, 0)) expect(fixture.reloads.count).to.equal(0);
    }
    expect(fixture.reloads.count).to.equal(1);
  });

  it('QD-18 is dark outside the hours when nobody is called or waits, and awake with the first call or the hour', async () => {
    const fixture = await openDisplay();
    const opensAt = new Date(fixture.clock.now() + 30 * MINUTE_MS).toISOString();
    await fixture.server.push(buildBoard([], { isOpen: false, opensAt, rev: 5 }));
    await fixture.advance(0);
    expect(fixture.text('.night')).to.match(/We are closed · We open at 11:11\sAM/);
    await fixture.server.push(buildBoard(buildCalls(fixture.clock, 1), { isOpen: false, opensAt, rev: 6 }));
    await fixture.advance(0);
    expect(isShown(fixture, '.night')).to.equal(false);
    await fixture.server.push(buildBoard([], { isOpen: false, opensAt, rev: 7 }));
    await fixture.advance(31 * MINUTE_MS);
    expect(isShown(fixture, '.night'), 'open by the clock').to.equal(false);
  });

  it('QD-18 the board takes a step every five minutes', async () => {
    const fixture = await openDisplay();
    await call(fixture, 1);
    const place = (): string => findIn(fixture, '.board')?.style.transform ?? '';
    const places = [place()];
    for (let step = 0; step < 3; step += 1) {
      for (let beats = 0; beats < 5; beats += 1) {
        await fixture.server.beat();
        await fixture.advance(MINUTE_MS);
      }
      places.push(place());
    }
    expect(new Set(places).size).to.equal(4);
  });
});
