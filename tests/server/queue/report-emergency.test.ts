/** QA-16: what is said in an emergency reaches everybody who holds a ticket, every screen, and whoever comes. */
import { expect } from 'chai';
import type { Board } from '@frontdesk/protocol/queue-device';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { DeviceSocket } from '../../support/devices.js';
import { openBranch, type Branch, type PhoneSocket } from '../../support/phones.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { pairDevice } from '../../support/workspace.js';

interface Told {
  readonly state: HolderState;
}

describe('emergencies in the queue', function emergencies() {
  this.timeout(40_000);
  let test: TestServer;
  let branch: Branch;
  let phones: PhoneSocket[];
  before(async () => {
    test = await startTestServer();
  });
  after(() => test.close());
  beforeEach(async () => {
    branch = await openBranch(test);
    phones = [];
  });
  afterEach(() => {
    for (const phone of phones) phone.close();
  });

  async function join(): Promise<PhoneSocket> {
    const { token } = await branch.issue();
    const phone = await branch.phone(token);
    phones.push(phone);
    await phone.read();
    return phone;
  }

  const hears = (phone: PhoneSocket, notice: string | null) =>
    phone.fact<Told>('ticket:changed', ({ state }) => state.ticket.notice === notice);
  const close = (message: string | null) => branch.staff('service:close', { serviceId: branch.service.id, message });

  it('QA-16: closing a service tells everybody who holds a ticket for it, waiting or called, and nobody else', async () => {
    const { provision } = test.server.queue;
    const other = await provision.addService({ tenantId: branch.shop.site.tenantId }, branch.locationId, {
      names: { en: 'Payments' },
      series: { prefix: 'B', width: 3, first: 1, last: 999 },
    });
    const holders = [await join(), await join()];
    const { token } = await branch.issue({ serviceId: other.id });
    const neighbour = await branch.phone(token);
    phones.push(neighbour);
    await neighbour.read();
    await branch.callNext();
    dataOf(await close('Power cut: please come back tomorrow'));
    for (const phone of holders) await hears(phone, 'Power cut: please come back tomorrow');
    expect((await neighbour.read()).ticket.notice).to.equal(null);
    const refused = await branch.staff('ticket:issue-at-desk', {
      locationId: branch.locationId,
      serviceId: branch.service.id,
      language: 'en',
      classKey: null,
      name: null,
      phone: null,
      note: '',
      overridesLimits: false,
      bookedFor: null,
    });
    expect(refused.result).to.have.nested.property('error.code', 'QUEUE_CLOSED');
    dataOf(await close(null));
    for (const phone of holders) await hears(phone, null);
    expect((await branch.issue({ overridesLimits: false })).label).to.match(/^A/);
  });

  it('QA-16: a notice reaches every phone and every screen of the branch, and goes from all of them', async () => {
    const at = { locationId: branch.locationId, token: branch.accessToken };
    const { token } = await pairDevice(test.url, 'display', at);
    const screen = new DeviceSocket(test.url, '/device', {
      query: { audience: 'device' },
      extraHeaders: { Origin: test.url },
      auth: { token, protocol: PROTOCOL_VERSION },
    });
    await screen.ready();
    const holders = [await join(), await join()];
    for (const notice of ['We close at noon', null]) {
      dataOf(await branch.staff('queue:broadcast', { locationId: branch.locationId, notice }));
      for (const phone of holders) await hears(phone, notice);
      await screen.fact<{ board: Board }>('board:changed', ({ board }) => board.notice === notice);
    }
    screen.close();
  });
});
