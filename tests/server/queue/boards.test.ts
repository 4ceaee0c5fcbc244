/** What displays are told, and what they tell the counters: the data of QD-2, QD-3, QD-6, QD-10 to QD-12, QD-14, QD-19 and QC-12. */
import { expect } from 'chai';
import type { Board, BoardCall } from '@frontdesk/protocol/queue-device';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import {
  codeOf,
  displayWith,
  okOf,
  openBranch,
  type Branch,
  type BranchOptions,
  type DeviceSocket,
  type PairedDevice,
} from '../../support/devices.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

interface BoardFact {
  readonly board: Board;
}

const isNow = ({ state }: BoardCall): boolean => state !== 'gone';
const labelsOf = (calls: readonly BoardCall[]): string[] => calls.map(({ label }) => label);

describe('boards', function boards() {
  this.timeout(40_000);
  let app: TestServer;
  let branch: Branch;
  let kiosk: PairedDevice;
  let offsetMs = 0;
  const clock = { now: () => Date.now() + offsetMs };
  const sockets: DeviceSocket[] = [];

  before(async () => {
    app = await startTestServer({ clock });
  });
  after(() => app.close());
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });

  async function open(options: BranchOptions = {}): Promise<void> {
    branch = await openBranch(app, options);
    kiosk = await branch.pair('kiosk');
    for (const { id } of branch.counters) await sit(id);
  }

  /** One person for each counter: nobody sits at two. */
  async function sit(counterId: Branch['counters'][number]['id']): Promise<void> {
    const { accessToken: token } = await branch.staffAs('agent');
    dataOf(await callHttp(app.url, 'counter:open', { counterId }, { audience: 'staff', token }));
  }

  async function show(display: PairedDevice): Promise<DeviceSocket> {
    const socket = await display.connect();
    sockets.push(socket);
    // The first one says that the display is known.
    await socket.fact('board:changed');
    return socket;
  }

  const take = async (at = 0, more: object = {}) =>
    okOf(await kiosk.ask('ticket:issue', branch.request(branch.services[at], more)));
  const callNext = async (at = 0): Promise<CounterView> =>
    okOf(await branch.staff('ticket:call-next', { counterId: branch.counters[at]!.id }));
  const boardWhere = async (socket: DeviceSocket, matches: (board: Board) => boolean): Promise<Board> =>
    (await socket.fact<BoardFact>('board:changed', ({ board }) => matches(board))).board;

  it('QD-2 shows everybody who is called and at least the last six before them, each with counter and time', async () => {
    await open();
    const socket = await show(await branch.pair('display'));
    for (let count = 0; count < 9; count += 1) await take();
    for (let count = 0; count < 8; count += 1) {
      const { current } = await callNext();
      const at = { counterId: branch.counters[0]!.id, ticketId: current!.ticket.id };
      okOf(await branch.staff('ticket:complete', { ...at, outcome: null }));
    }
    await callNext();
    const board = await boardWhere(socket, ({ calls }) => calls[0]?.label === 'A009');
    expect(labelsOf(board.calls.filter(isNow))).to.deep.equal(['A009']);
    const before = board.calls.filter((call) => !isNow(call));
    expect(labelsOf(before)).to.deep.equal(['A008', 'A007', 'A006', 'A005', 'A004', 'A003', 'A002', 'A001']);
    for (const call of board.calls) {
      expect(call.counterLabel).to.equal('Counter 1');
      expect(Math.abs(Date.parse(call.calledAt) - clock.now())).to.be.below(30_000);
    }
    expect(board.waiting).to.deep.include({ serviceId: branch.services[0]!.id, names: { en: 'Service A' }, count: 0 });
  });

  it('QD-3 twenty calls at once: every one of them stands on the board', async () => {
    await open({ counters: Array.from({ length: 20 }, (_, at) => ({ label: `Counter ${at + 1}` })) });
    const socket = await show(await branch.pair('display'));
    await Promise.all(Array.from({ length: 20 }, () => take()));
    await Promise.all(branch.counters.map((_, at) => callNext(at)));
    const board = await boardWhere(socket, ({ calls }) => calls.filter(isNow).length === 20);
    expect(new Set(labelsOf(board.calls)).size).to.equal(20);
    expect(board.calls.map(({ sequence }) => sequence)).to.deep.equal(board.calls.map((_, at) => 20 - at));
    expect(okOf(await socket.call('board:read', {})).calls).to.deep.equal(board.calls);
  });

  it('QD-11 a recall is the same row with a new sequence', async () => {
    await open();
    const socket = await show(await branch.pair('display'));
    await take();
    const { current } = await callNext();
    const called = (await boardWhere(socket, ({ calls }) => calls.length === 1)).calls[0]!;
    offsetMs += 6_000;
    const at = { counterId: branch.counters[0]!.id, ticketId: current!.ticket.id };
    okOf(await branch.staff('ticket:recall', at));
    const { calls } = await boardWhere(socket, (board) => board.calls.some(({ recalledAt }) => recalledAt !== null));
    expect(calls).to.have.length(1);
    expect(calls[0]).to.deep.include({ id: called.id, calledAt: called.calledAt, sequence: called.sequence + 1 });
  });

  for (const [move, name] of [
    ['undo', 'ticket:undo-call'],
    ['no-show', 'ticket:mark-no-show'],
    ['complete', 'ticket:complete'],
  ] as const) {
    it(`QD-12 ${move} takes the call off within a second`, async () => {
      await open();
      const socket = await show(await branch.pair('display'));
      await take();
      const { current } = await callNext();
      await boardWhere(socket, ({ calls }) => calls.some(isNow));
      if (move === 'no-show') offsetMs += 31_000;
      socket.heard.length = 0;
      const at = { counterId: branch.counters[0]!.id, ticketId: current!.ticket.id };
      const beganMs = performance.now();
      okOf(await branch.staff(name, name === 'ticket:complete' ? { ...at, outcome: null } : (at as never)));
      const board = await boardWhere(socket, ({ calls }) => !calls.some(isNow));
      expect(performance.now() - beganMs).to.be.below(1_000);
      expect(board.calls).to.have.length(move === 'undo' ? 0 : 1);
    });
  }

  it('QD-14 shows no name unless the owner turned it on, and then a masked one while its owner is called', async () => {
    await open({ service: { askName: 'optional' } });
    const display = await branch.pair('display');
    const socket = await show(display);
    await take(0, { name: 'Muhammad Aiman', hasConsented: true });
    const { current } = await callNext();
    const plain = await boardWhere(socket, ({ calls }) => calls.length === 1);
    expect(plain.calls[0]!.maskedName).to.equal(null);
    const set = displayWith(display, { showNames: true });
    okOf(await branch.staff('device:update', { deviceId: display.id, display: set }));
    const named = await boardWhere(socket, ({ calls }) => typeof calls[0]?.maskedName === 'string');
    expect(named.calls[0]!.maskedName).to.equal('Muh*** A.');
    expect(JSON.stringify(socket.heard)).not.to.include('Muhammad');
    const at = { counterId: branch.counters[0]!.id, ticketId: current!.ticket.id };
    okOf(await branch.staff('ticket:complete', { ...at, outcome: null }));
    const gone = await boardWhere(socket, ({ calls }) => calls[0]?.state === 'gone');
    expect(gone.calls[0]!.maskedName).to.equal(null);
  });

  it('QD-19 two displays with different filters each show their part, and the same of what both show', async () => {
    await open({
      prefixes: ['A', 'B'],
      counters: [
        { label: 'Up', group: 'first floor', prefixes: ['A'] },
        { label: 'Down', group: 'ground floor', prefixes: ['B'] },
      ],
    });
    const [everything, upstairs, onlyB] = [
      await branch.pair('display'),
      await branch.pair('display'),
      await branch.pair('display'),
    ];
    const update = (display: PairedDevice, more: Parameters<typeof displayWith>[1]) =>
      branch.staff('device:update', { deviceId: display.id, display: displayWith(display, more) });
    okOf(await update(upstairs, { counterGroups: ['first floor'] }));
    okOf(await update(onlyB, { serviceIds: [branch.services[1]!.id] }));
    const shown = [await show(everything), await show(upstairs), await show(onlyB)];
    await take(0);
    await take(1);
    await callNext(0);
    await callNext(1);
    const [all, up, b] = await Promise.all([
      boardWhere(shown[0]!, ({ calls }) => calls.length === 2),
      boardWhere(shown[1]!, ({ calls }) => calls.length === 1),
      boardWhere(shown[2]!, ({ calls }) => calls.length === 1),
    ]);
    expect(labelsOf(up.calls)).to.deep.equal(['A001']);
    expect(labelsOf(b.calls)).to.deep.equal(['B001']);
    expect(b.waiting).to.have.length(1);
    expect([...up.calls, ...b.calls].sort((one, other) => other.sequence - one.sequence)).to.deep.equal(all.calls);
    for (const socket of shown) {
      expect(socket.heard.filter(({ name }) => name === 'board:changed').length).to.be.below(12);
    }
  });

  it('QC-12 the counter learns which displays show its call, and waits for no other', async () => {
    await open({
      prefixes: ['A', 'B'],
      counters: [
        { label: 'Up', prefixes: ['A'] },
        { label: 'Down', prefixes: ['B'] },
      ],
    });
    const [display, onlyB] = [await branch.pair('display'), await branch.pair('display')];
    const filter = displayWith(onlyB, { serviceIds: [branch.services[1]!.id] });
    okOf(await branch.staff('device:update', { deviceId: onlyB.id, display: filter }));
    const socket = await show(display);
    await show(onlyB);
    await take(0);
    const before = await callNext(0);
    expect(before.current!.receipt).to.deep.equal({ expected: 1, shown: 0 });
    const [call] = (await boardWhere(socket, ({ calls }) => calls.length === 1)).calls;
    const shownAt = new Date().toISOString();
    const receipt = { id: call!.id, sequence: call!.sequence, shownAt, spokenAt: null };
    okOf(await socket.call('call:shown', { calls: [receipt, { ...receipt, sequence: 9_999 }] }));
    okOf(await socket.call('call:shown', { calls: [receipt] }));
    const after = okOf(await branch.staff('counter:read', { counterId: branch.counters[0]!.id }));
    expect(after.current!.receipt).to.deep.equal({ expected: 1, shown: 1 });
  });

  it('QD-10 staff see that a display cannot sound', async () => {
    await open();
    const display = await branch.pair('display');
    okOf(
      await display.ask('device:report', {
        health: {
          appVersion: '1',
          wakeLock: 'missing',
          sound: 'needs-tap',
          voice: 'none',
          printer: 'none',
          latencyMs: null,
          waitingOffline: 0,
          lastTicketAt: null,
        },
      }),
    );
    const { devices } = okOf(await branch.staff('device:list', {}));
    const health = devices.find(({ id }) => id === display.id)!.health;
    expect(health).to.include({ sound: 'needs-tap', voice: 'none', wakeLock: 'missing' });
  });

  it('QD-6 a beat says every eight seconds that what is shown is of now, also where nothing happens', async () => {
    await open();
    const socket = await show(await branch.pair('display'));
    const isBeat = ({ name }: { readonly name: string }): boolean => name === 'queue:beat';
    await socket.until('two beats', () => socket.heard.filter(isBeat).length >= 2, 18_000);
    const beats = socket.heard.filter(isBeat).map(({ fact }) => fact as { rev: number; serverTime: string });
    const [first, second] = beats.map(({ serverTime }) => Date.parse(serverTime));
    expect(second! - first!).to.be.within(7_000, 10_000);
    expect(beats[0]!.rev).to.equal(okOf(await socket.call('board:read', {})).rev);
  });

  it('QK-12 QD-6 displays and kiosks hear when the doors open and close, though nobody did anything', async () => {
    const hour = (ms: number): string =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kuala_Lumpur', hour: '2-digit', hourCycle: 'h23' }).format(ms);
    const next = clock.now() + 2 * 60 * 60_000;
    await open({ hours: { from: `${hour(next)}:00`, to: `${hour(next)}:59` } });
    const socket = await show(await branch.pair('display'));
    await socket.until('a beat', () => socket.heard.some(({ name }) => name === 'queue:beat'), 10_000);
    const before = okOf(await socket.call('board:read', {}));
    expect(before.isOpen).to.equal(false);
    offsetMs += Date.parse(before.opensAt!) - clock.now() + 1_000;
    // It is looked at with each beat, and the next one is up to eight seconds away.
    const isTold = () =>
      socket.heard.some(({ name, fact }) => name === 'board:changed' && (fact as BoardFact).board.isOpen);
    await socket.until('an open board', isTold, 15_000);
    expect((await boardWhere(socket, ({ isOpen }) => isOpen)).opensAt).to.equal(null);
    await socket.fact('offer:changed');
  });

  it('QP-6 a display hears the code of the new day when the day turns, though nobody did anything', async () => {
    await open({ service: { isRemoteJoinAllowed: true } });
    const socket = await show(await branch.pair('display'));
    const { joinUrl } = okOf(await socket.call('board:read', {}));
    expect(joinUrl).to.match(/\/join\?site=.+&location=.+#.{22}$/);
    offsetMs += 24 * 60 * 60_000;
    const isTold = () =>
      socket.heard.some(({ name, fact }) => name === 'board:changed' && (fact as BoardFact).board.joinUrl !== joinUrl);
    await socket.until('the code of the new day', isTold, 15_000);
  });

  it('QP-6 a display that is seen from outside the room is not told the code; settings of an older release show it', async () => {
    await open({ service: { isRemoteJoinAllowed: true } });
    const display = await branch.pair('display');
    const socket = await show(display);
    const set = displayWith(display, { showJoinCode: false });
    okOf(await branch.staff('device:update', { deviceId: display.id, display: set }));
    await boardWhere(socket, ({ joinUrl }) => joinUrl === null);
    expect(okOf(await socket.call('board:read', {})).joinUrl).to.equal(null);
    const { showJoinCode: _unknown, ...older } = set;
    okOf(await branch.staff('device:update', { deviceId: display.id, display: older }));
    await boardWhere(socket, ({ joinUrl }) => joinUrl !== null);
  });

  it('TEN-09 a kiosk reads no board, and a display issues no ticket', async () => {
    await open();
    const display = await branch.pair('display');
    expect(codeOf(await kiosk.ask('board:read', {}))).to.equal('FORBIDDEN');
    expect(codeOf(await display.ask('ticket:issue', branch.request()))).to.equal('FORBIDDEN');
  });
});
