/** What a board tells displays to say: in which languages a call is spoken, and what its counter is called. */
import { expect } from 'chai';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Board } from '@frontdesk/protocol/queue-device';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import { okOf, openBranch, type Branch, type DeviceSocket, type PairedDevice } from '../../support/devices.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

describe('what a call is announced as', function announcements() {
  this.timeout(40_000);
  let app: TestServer;
  let branch: Branch;
  let kiosk: PairedDevice;
  let screen: DeviceSocket;

  before(async () => {
    app = await startTestServer();
  });
  after(() => app.close());
  beforeEach(async () => {
    branch = await openBranch(app);
    kiosk = await branch.pair('kiosk');
    okOf(await branch.staff('counter:open', at()));
    screen = await (await branch.pair('display')).connect();
    // The first one says that the display is known.
    await screen.fact('board:changed');
  });
  afterEach(() => screen.close());

  const at = () => ({ counterId: branch.counters[0]!.id });
  const take = async (language: Locale) => okOf(await kiosk.ask('ticket:issue', { ...branch.request(), language }));
  const boardWhere = async (matches: (board: Board) => boolean): Promise<Board> =>
    (await screen.fact<{ readonly board: Board }>('board:changed', ({ board }) => matches(board))).board;

  it('QD-9 a call is spoken in the language of its ticket, or in those of the branch, in their order', async () => {
    await take('zh');
    okOf(await branch.staff('ticket:call-next', at()));
    const own = await boardWhere(({ calls }) => calls.length === 1);
    expect(own.calls[0]!.languages).to.deep.equal(['zh']);
    const policy = { ...DEFAULT_POLICY, announcementLanguages: ['ta', 'ms', 'en'] as Locale[] };
    okOf(await branch.staff('queue:update-policy', { locationId: branch.location.id, policy }));
    const set = await boardWhere(({ calls }) => calls[0]?.languages.length === 3);
    expect(set.calls[0]!.languages).to.deep.equal(['ta', 'ms', 'en']);
  });

  it('QD-9 a counter that is renamed while somebody is called to it has its new name on every display', async () => {
    await take('en');
    okOf(await branch.staff('ticket:call-next', at()));
    const { calls } = await boardWhere((board) => board.calls.length === 1);
    expect(calls[0]).to.include({ counterLabel: 'Counter 1' });
    okOf(await branch.staff('counter:update', { ...at(), label: 'Pharmacy' }));
    const renamed = await boardWhere((board) => board.calls[0]?.counterLabel === 'Pharmacy');
    expect(renamed.calls[0]).to.deep.include({ id: calls[0]!.id, sequence: calls[0]!.sequence });
  });

  it('QP-14 the language that a holder chooses on the phone is the one that the display speaks', async () => {
    const { url } = await take('en');
    const token = url.slice(url.indexOf('#') + 1);
    dataOf(await callHttp(app.url, 'ticket:set-language', { language: 'hi' }, { audience: 'ticket', token }));
    okOf(await branch.staff('ticket:call-next', at()));
    const { calls } = await boardWhere((board) => board.calls.length === 1);
    expect(calls[0]!.languages).to.deep.equal(['hi']);
  });
});
