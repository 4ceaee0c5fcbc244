/** QC-20: whose counter it is. The matrix of all commands stands in tests/security; this mixes own and foreign things in one request. */
import { expect } from 'chai';
import { queueCounterStaffCommands } from '@frontdesk/protocol/queue-counter';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { createRandom } from '../../reliability/random.js';
import { callHttp, dataOf, startTestServer, type CallAnswer, type TestServer } from '../../support/server.js';
import { StaffSocket } from '../../support/sockets.js';
import { buildTenant, type TenantFixture } from '../../support/workspace.js';

const ROUNDS = 400;
const FACT_MS = 600;
const NAMES = Object.keys(queueCounterStaffCommands);
const READS = ['counter:read'];

describe('who may act at a counter', function counterScope() {
  this.timeout(120_000);
  let app: TestServer;
  let ours: TenantFixture;
  let theirs: TenantFixture;

  before(async () => {
    app = await startTestServer();
    ours = await buildTenant(app, 'ours');
    theirs = await buildTenant(app, 'theirs');
    await ask(ours, 'counter:open', { counterId: ours.counterId });
    await ask(theirs, 'counter:open', { counterId: theirs.counterId });
  });
  after(() => app.close());

  const call = (token: string, name: string, input: unknown): Promise<CallAnswer> =>
    callHttp(app.url, name, input, { audience: 'staff', token });

  async function ask<T>(tenant: TenantFixture, name: string, input: unknown): Promise<T> {
    return dataOf((await call(tenant.members.owner.accessToken, name, input)) as CallAnswer<T>);
  }

  /** What a tenant's queue looks like, without the moment at which it was asked. */
  async function picture(tenant: TenantFixture): Promise<unknown> {
    const {
      serverTime: _at,
      waiting: _waits,
      next: _next,
      ...view
    } = await ask<CounterView>(tenant, 'counter:read', {
      counterId: tenant.counterId,
    });
    const setup = await ask(tenant, 'queue:read-setup', { locationId: tenant.locationId });
    return { view, setup };
  }

  /** An input that the contract accepts, with every id taken from one of the two at random. */
  function buildInput(name: string, pick: () => TenantFixture): Record<string, unknown> {
    const all: Record<string, unknown> = {
      counterId: pick().counterId,
      ticketId: pick().ticketId,
      serviceId: pick().serviceId,
      locationId: pick().locationId,
      serviceIds: [pick().serviceId],
      toCounterId: null,
      reason: 'fuzz',
      resumeAfterMinutes: null,
      outcome: null,
      mode: 'sorted',
      note: name === 'ticket:issue-at-desk' ? '' : null,
      scope: 'counter',
      minutes: null,
      classKey: null,
      language: 'en',
      name: null,
      phone: null,
      overridesLimits: true,
      bookedFor: null,
      isFinishing: true,
      message: 'fuzz',
      notice: 'fuzz',
    };
    const { shape } = queueCounterStaffCommands[name as keyof typeof queueCounterStaffCommands].input;
    return Object.fromEntries(Object.keys(shape).map((field) => [field, all[field]]));
  }

  it('QC-20 staff of another tenant change and see nothing, whatever ids they mix into whatever command', async () => {
    const random = createRandom(20);
    const before = await picture(theirs);
    const theirIds = [theirs.counterId, theirs.ticketId, theirs.serviceId, theirs.locationId];
    let foreign = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = NAMES[Math.floor(random.next() * NAMES.length)] ?? 'counter:read';
      const input = buildInput(name, () => (random.next() < 0.5 ? ours : theirs));
      const asked = JSON.stringify(input);
      if (!theirIds.some((id) => asked.includes(id))) continue;
      foreign += 1;
      const answer = await call(ours.members.owner.accessToken, name, input);
      expect(answer.result.ok, `${name} ${asked}`).to.equal(false);
      if (!answer.result.ok) expect(['NOT_FOUND', 'CONFLICT', 'COUNTER_BUSY']).to.include(answer.result.error.code);
      const said = JSON.stringify(answer.result);
      expect(theirIds.filter((id) => said.includes(id))).to.deep.equal([]);
    }
    expect(foreign).to.be.above(200);
    expect(await picture(theirs)).to.deep.equal(before);
  });

  it('QC-20 a viewer watches and changes nothing', async () => {
    const before = await picture(ours);
    const token = ours.members.viewer.accessToken;
    for (const name of NAMES) {
      const answer = await call(
        token,
        name,
        buildInput(name, () => ours),
      );
      if (READS.includes(name)) expect(answer.result.ok, name).to.equal(true);
      else expect(answer.result, name).to.have.nested.property('error.code', 'FORBIDDEN');
    }
    expect(await picture(ours)).to.deep.equal(before);
  });

  it('QC-20 only owners and admins close a service or write on every screen', async () => {
    const token = ours.members.agent.accessToken;
    for (const name of ['service:close', 'queue:broadcast']) {
      const answer = await call(
        token,
        name,
        buildInput(name, () => ours),
      );
      expect(answer.result, name).to.have.nested.property('error.code', 'FORBIDDEN');
    }
  });

  it('QC-20 a foreign console is not heard over a socket either', async () => {
    const socket = new StaffSocket(app.url, '/staff', {
      query: { audience: 'staff' },
      extraHeaders: { Origin: app.url },
      auth: { token: ours.members.agent.accessToken, protocol: PROTOCOL_VERSION },
    });
    await socket.ready();
    const answer = await socket.call('counter:read', { counterId: theirs.counterId });
    expect(answer).to.have.nested.property('error.code', 'NOT_FOUND');
    dataOf({ result: await socket.call('counter:read', { counterId: ours.counterId }) });
    const { current } = await ask<{ current: { ticket: StaffTicketDto } }>(theirs, 'ticket:call-next', {
      counterId: theirs.counterId,
    });
    expect(current.ticket.id).to.equal(theirs.ticketId);
    // A change of our own comes after theirs would have come.
    await new Promise((resolve) => setTimeout(resolve, FACT_MS));
    await ask(ours, 'ticket:call-next', { counterId: ours.counterId });
    await socket.fact('counter:changed');
    const heard = JSON.stringify(socket.heard.filter(({ name }) => name === 'counter:changed'));
    expect(heard).to.include(ours.counterId);
    expect(heard).to.not.include(theirs.counterId);
    socket.close();
  });
});
