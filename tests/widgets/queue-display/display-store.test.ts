import { expect } from '@open-wc/testing';
import {
  applyBoard,
  EMPTY_MODEL,
  expireEmphasis,
  fromSnapshot,
  listNow,
  listRecent,
  toSnapshot,
} from '@frontdesk/widgets/queue-display/display-store';
import { createServerClock } from '@frontdesk/widgets/queue-display/server-clock';
import { createDayReader } from '@frontdesk/widgets/queue-display/service-day';
import { createWatchdog } from '@frontdesk/widgets/queue-display/watchdog';
import { buildBoard, buildCalls, buildDevice, createManualClock, START_MS } from './display-fixture.js';

const at = (ms: number) => ({ localMs: ms, serverMs: ms });
const clock = createManualClock();

describe('what a display knows', () => {
  it('QD-5 a call older than 30 s by the server is shown and is no news', () => {
    const [call] = buildCalls(clock, 1);
    if (!call) throw new Error('no call');
    const board = buildBoard([call]);
    expect(applyBoard(EMPTY_MODEL, board, at(START_MS + 30_000)).news).to.have.length(1);
    const late = applyBoard(EMPTY_MODEL, board, at(START_MS + 30_001));
    expect(late.news).to.have.length(0);
    expect(listNow(late.model.board)).to.have.length(1);
    expect(late.model.emphasis.size).to.equal(0);
  });

  it('QD-5 what was taken notice of is no news again, also after a start from what was kept', () => {
    const board = buildBoard(buildCalls(clock, 3));
    const first = applyBoard(EMPTY_MODEL, board, at(START_MS));
    expect(first.news.map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3]);
    const kept = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(first.model))));
    expect(applyBoard(kept, board, at(START_MS + 1_000)).news).to.have.length(0);
  });

  it('QD-11 a recall is news and stands out again, in the same row', () => {
    const [call] = buildCalls(clock, 1);
    if (!call) throw new Error('no call');
    const first = applyBoard(EMPTY_MODEL, buildBoard([call]), at(START_MS));
    const recalledAt = new Date(START_MS + 60_000).toISOString();
    const recall = buildBoard([{ ...call, sequence: 2, recalledAt }], { rev: 2 });
    const second = applyBoard(expireEmphasis(first.model, START_MS + 60_000), recall, at(START_MS + 60_500));
    expect(second.news.map(({ id }) => id)).to.deep.equal([call.id]);
    expect([...second.model.emphasis.keys()]).to.deep.equal([call.id]);
    expect(listNow(second.model.board)).to.have.length(1);
  });

  it('QD-12 what is gone leaves the calls of now and joins those before', () => {
    const [call] = buildCalls(clock, 1);
    if (!call) throw new Error('no call');
    const { model } = applyBoard(EMPTY_MODEL, buildBoard([call]), at(START_MS));
    const gone = applyBoard(model, buildBoard([{ ...call, state: 'gone' }], { rev: 2 }), at(START_MS + 100));
    expect([listNow(gone.model.board), listRecent(gone.model.board)].map(({ length }) => length)).to.deep.equal([0, 1]);
    expect(gone.model.emphasis.size).to.equal(0);
  });

  it('QD-5 an old board that arrives late changes nothing; one of a restored server does', () => {
    const newer = buildBoard(buildCalls(clock, 2), { rev: 9, at: new Date(START_MS + 5_000).toISOString() });
    const { model } = applyBoard(EMPTY_MODEL, newer, at(START_MS + 5_000));
    const older = buildBoard([], { rev: 8, at: new Date(START_MS).toISOString() });
    expect(applyBoard(model, older, at(START_MS + 5_100)).model).to.equal(model);
    const restored = buildBoard([], { rev: 3, at: new Date(START_MS + 9_000).toISOString() });
    expect(applyBoard(model, restored, at(START_MS + 9_000)).model.board).to.equal(restored);
  });

  it('QD-7 a snapshot of another shape is as good as none', () => {
    for (const broken of [null, 7, {}, { version: 2 }, { version: 1, board: { calls: 'x' } }, { version: 1 }]) {
      expect(fromSnapshot(broken)).to.equal(EMPTY_MODEL);
    }
  });

  it('QD-5 a message that was stuck in the network does not make its calls younger', () => {
    let local = 1_000_000;
    const server = createServerClock(() => local);
    expect(server.now()).to.equal(local);
    server.learn(local + 5_000);
    local += 60_000;
    server.learn(local + 5_000 - 58_000);
    expect(server.now()).to.equal(local + 5_000);
    server.forget();
    server.learn(local);
    expect(server.now()).to.equal(local);
  });
});

describe('the watchdog', () => {
  function createDog() {
    let now = START_MS;
    let restarts: readonly number[] = [];
    const storage = { readRestarts: () => restarts, writeRestarts: (next: readonly number[]) => (restarts = next) };
    const dog = createWatchdog({ now: () => now, storage, dayOf: createDayReader(() => buildDevice()) });
    return { dog, pass: (ms: number) => (now += ms), check: () => dog.check(now) };
  }

  it('QD-17 two minutes of silence start the display anew, and each next time takes twice as long', () => {
    const { dog, pass, check } = createDog();
    pass(119_000);
    expect(check()).to.equal(null);
    pass(1_000);
    expect(check()).to.equal('silence');
    expect(check()).to.equal(null);
    pass(120_000);
    expect(check()).to.equal(null);
    pass(120_000);
    expect(check()).to.equal('silence');
    dog.feed();
    pass(400_000);
    expect(check()).to.equal(null);
    pass(80_000);
    expect(check()).to.equal('silence');
  });

  it('QD-17 errors in a row start it anew; now and then one does not', () => {
    const { dog, pass, check } = createDog();
    for (let error = 0; error < 10; error += 1) {
      dog.noteError();
      dog.feed();
      pass(30_000);
      expect(check()).to.equal(null);
    }
    for (let error = 0; error < 5; error += 1) dog.noteError();
    expect(check()).to.equal('errors');
    for (let error = 0; error < 5; error += 1) dog.noteError();
    expect(check(), 'a circle').to.equal(null);
  });

  it('QD-17 the day turns once, at four in the morning of the branch', () => {
    const { dog, pass, check } = createDog();
    const days: (string | null)[] = [];
    for (let hour = 0; hour < 48; hour += 1) {
      dog.feed();
      days.push(check());
      pass(3_600_000);
    }
    expect(days.filter((reason) => reason === 'new-day')).to.have.length(2);
    // It began at 10:41; the first check after 04:00 is the eighteenth hour later.
    expect(days.indexOf('new-day')).to.equal(18);
  });

  it('QD-17 a clock that was set back is no silence', () => {
    const { pass, check } = createDog();
    pass(-3_600_000);
    expect(check()).to.equal(null);
    pass(60_000);
    expect(check()).to.equal(null);
  });
});
