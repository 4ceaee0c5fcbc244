/** TEN-02, TEN-03, TEN-04, TEN-05, TEN-09: every command of the contract, as everybody, with somebody else's things. */
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import type { CommandDefinition } from '@frontdesk/protocol/command';
import { DEVICE_KINDS } from '@frontdesk/protocol/vocabulary';
import { callHttp, startTestServer, type CallAnswer, type CallOptions, type TestServer } from '../support/server.js';
import { buildTenant, type TenantFixture } from '../support/workspace.js';
import { buildInput, idsOf, namesThings, randomIds } from './inputs.js';

const overHttp = listCommands().filter((command) => command.transports.includes('http'));
const staffCommands = overHttp.filter((command) => command.audience === 'staff');
const visitorCommands = overHttp.filter((command) => command.audience === 'visitor');
const deviceCommands = overHttp.filter((command) => command.audience === 'device');

describe('tenant isolation', function isolation() {
  this.timeout(60_000);
  let app: TestServer;
  let ours: TenantFixture;
  let theirs: TenantFixture;

  before(async () => {
    app = await startTestServer();
    ours = await buildTenant(app, 'ours');
    theirs = await buildTenant(app, 'theirs');
  });
  after(() => app.close());

  const asStaff = (token: string): CallOptions => ({ audience: 'staff', token });
  const asVisitor = (tenant: TenantFixture, token: string): CallOptions => ({
    audience: 'visitor',
    token,
    site: tenant.site.publicKey,
    origin: tenant.site.origin,
  });

  const asDevice = (token: string): CallOptions => ({ audience: 'device', token });

  /** An answer without what differs by nature, so that two answers can be compared byte by byte. */
  function shapeOf(answer: CallAnswer): { status: number; headers: string[]; body: unknown } {
    const headers = [...answer.headers.keys()]
      .filter((name) => !['date', 'x-request-id', 'content-length'].includes(name))
      .sort();
    return {
      status: answer.status,
      headers,
      body: JSON.parse(JSON.stringify(answer.result).replace(/"requestId":"[^"]*"/, '"requestId":""')),
    };
  }

  it('TEN-02 lists every command of the contract', () => {
    for (const command of listCommands()) expect(() => buildInput(command, randomIds())).not.to.throw();
  });

  async function expectForeignIsUnknown(command: CommandDefinition, options: CallOptions): Promise<void> {
    const foreign = await callHttp(app.url, command.name, buildInput(command, idsOf(theirs)), options);
    const unknown = await callHttp(app.url, command.name, buildInput(command, randomIds()), options);
    expect(shapeOf(foreign)).to.deep.equal(shapeOf(unknown));
    if (command.name === 'conversation:check') return;
    expect(foreign.result).to.have.nested.property('error.code', 'NOT_FOUND');
  }

  for (const command of staffCommands.filter(namesThings)) {
    it(`TEN-02 ${command.name}: another tenant's ids look like random ids to an owner`, () =>
      expectForeignIsUnknown(command, asStaff(ours.members.owner.accessToken)));
  }
  for (const command of visitorCommands.filter(namesThings)) {
    it(`TEN-02 visitor ${command.name}: another tenant's conversation looks like a random id`, () =>
      expectForeignIsUnknown(command, asVisitor(ours, ours.visitor.token)));
    // A branch belongs to no visitor: whoever is on the site sees the same one.
    if (!('conversationId' in buildInput(command, randomIds()))) continue;
    it(`TEN-02 visitor ${command.name}: a neighbour's conversation on the same site looks like a random id`, async () => {
      const options = asVisitor(ours, ours.visitor.token);
      const neighbour = { ...idsOf(ours), conversationId: ours.otherVisitor.conversation.id };
      const foreign = await callHttp(app.url, command.name, buildInput(command, neighbour), options);
      const unknown = await callHttp(app.url, command.name, buildInput(command, randomIds()), options);
      expect(shapeOf(foreign)).to.deep.equal(shapeOf(unknown));
      expect(foreign.result).to.have.nested.property('error.code', 'NOT_FOUND');
    });
  }

  for (const command of deviceCommands.filter(namesThings)) {
    it(`TEN-02 IC-22 device ${command.name}: another tenant's ids look like random ids to a kiosk`, () =>
      expectForeignIsUnknown(command, asDevice(ours.kiosk.token)));
  }

  it("TEN-02 IC-22 device ticket:sync-issued: another tenant's service looks like a random one", async () => {
    const command = deviceCommands.find(({ name }) => name === 'ticket:sync-issued')!;
    const send = (ids: ReturnType<typeof idsOf>) =>
      callHttp(app.url, command.name, buildInput(command, ids), asDevice(ours.kiosk.token));
    const foreign = await send(idsOf(theirs));
    expect(shapeOf(foreign)).to.deep.equal(shapeOf(await send(randomIds())));
    expect(foreign.result).to.have.nested.property('data.results[0].reason', 'NOT_FOUND');
  });

  for (const command of deviceCommands) {
    it(`TEN-02 device ${command.name}: refused to nobody, to a member, to a visitor and to an unpaired token`, async () => {
      const input = buildInput(command, idsOf(ours));
      const tokens = [undefined, ours.members.owner.accessToken, ours.visitor.token, 'A'.repeat(43)];
      for (const token of tokens) {
        const answer = await callHttp(app.url, command.name, input, {
          audience: 'device',
          ...(token ? { token } : {}),
        });
        expect(answer.status, String(token)).to.equal(401);
        expect(answer.result).to.have.nested.property('error.code', 'UNAUTHENTICATED');
      }
    });

    it(`TEN-09 device ${command.name}: open to the kinds of device that it is for, and to no other`, async () => {
      const input = buildInput(command, idsOf(ours));
      const kinds = app.server.executor.find('device', command.name)!.kinds;
      for (const kind of DEVICE_KINDS) {
        const answer = await callHttp(app.url, command.name, input, asDevice(ours[kind].token));
        const isForbidden = !answer.result.ok && answer.result.error.code === 'FORBIDDEN';
        expect(isForbidden, kind).to.equal(!kinds.includes(kind));
      }
    });
  }

  for (const command of staffCommands) {
    it(`TEN-02 staff ${command.name}: refused to nobody, to a visitor and to a foreign secret`, async () => {
      const input = buildInput(command, idsOf(ours));
      for (const token of [undefined, ours.visitor.token, theirs.visitor.token, ours.site.publicKey]) {
        const answer = await callHttp(app.url, command.name, input, { audience: 'staff', ...(token ? { token } : {}) });
        expect(answer.status, String(token)).to.equal(401);
        expect(answer.result).to.have.nested.property('error.code', 'UNAUTHENTICATED');
      }
    });
  }

  for (const command of visitorCommands) {
    it(`TEN-02 visitor ${command.name}: refused with a staff token, and on another tenant's site`, async () => {
      const input = buildInput(command, idsOf(ours));
      const staffToken = await callHttp(app.url, command.name, input, asVisitor(ours, ours.members.owner.accessToken));
      expect(staffToken.status).to.equal(401);
      const wrongSite = await callHttp(app.url, command.name, input, {
        ...asVisitor(theirs, ours.visitor.token),
        origin: ours.site.origin,
      });
      expect(wrongSite.result).to.have.nested.property('error.code', 'ORIGIN_NOT_ALLOWED');
      if (!namesThings(command)) return;
      const otherTenant = await callHttp(app.url, command.name, input, asVisitor(theirs, ours.visitor.token));
      expect(otherTenant.result).to.have.nested.property('error.code', 'NOT_FOUND');
    });
  }

  for (const command of overHttp) {
    it(`TEN-03 ${command.audience} ${command.name}: a tenant id in the body is refused, in query and header ignored`, async () => {
      const options: CallOptions =
        command.audience === 'staff'
          ? asStaff(ours.members.owner.accessToken)
          : command.audience === 'visitor'
            ? asVisitor(ours, ours.visitor.token)
            : command.audience === 'device'
              ? asDevice(ours.kiosk.token)
              : command.audience === 'ticket'
                ? { audience: 'ticket', token: ours.ticketToken }
                : { audience: command.audience };
      for (const field of ['tenantId', 'tenant_id', 'tid']) {
        const input = { ...buildInput(command, randomIds()), [field]: theirs.tenantId };
        const answer = await callHttp(app.url, command.name, input, options);
        expect(answer.result, field).to.have.nested.property('error.code', 'VALIDATION');
      }
    });
  }

  it('TEN-03 a tenant id in a header or the query changes nothing', async () => {
    const token = ours.members.owner.accessToken;
    const plain = await callHttp(app.url, 'tenant:read', {}, asStaff(token));
    const headers = { 'X-Tenant-Id': theirs.tenantId, 'X-Frontdesk-Tenant': theirs.tenantId };
    const withHeader = await callHttp(app.url, 'tenant:read', {}, { ...asStaff(token), headers });
    const withQuery = await fetch(
      `${app.url}/v1/staff/tenant:read?tenantId=${theirs.tenantId}&site=${theirs.site.publicKey}`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: '{}',
      },
    );
    expect(withHeader.result).to.deep.equal(plain.result);
    expect(await withQuery.json()).to.deep.equal(plain.result);
  });

  it("TEN-05 a reference to another tenant's member or team is unknown, and nothing is written", async () => {
    const options = asStaff(ours.members.owner.accessToken);
    const read = () => callHttp(app.url, 'conversation:read', { conversationId: ours.conversation.id }, options);
    const before = await read();
    for (const set of [
      { assigneeId: theirs.members.agent.membershipId },
      { teamId: theirs.teamId },
      { priority: 'high', assigneeId: theirs.members.agent.membershipId },
    ]) {
      const input = {
        conversationId: ours.conversation.id,
        ifRev: (before.result as never as { data: { conversation: { rev: number } } }).data.conversation.rev,
        set,
      };
      const answer = await callHttp(app.url, 'conversation:update', input, options);
      expect(answer.result, JSON.stringify(set)).to.have.nested.property('error.code', 'NOT_FOUND');
    }
    const foreignInbox = { memberId: ours.members.agent.membershipId, inboxIds: [theirs.inboxId] };
    const answer = await callHttp(app.url, 'member:update', foreignInbox, options);
    expect(answer.result).to.have.nested.property('error.code', 'NOT_FOUND');
    expect((await read()).result).to.deep.equal(before.result);
  });

  it('TEN-04 sites, mails and keys of another tenant are not found by their secondary ids', async () => {
    const unknownSite = await callHttp(
      app.url,
      'site:describe',
      {},
      { audience: 'visitor', token: ours.visitor.token, site: `pk_${'x'.repeat(24)}`, origin: ours.site.origin },
    );
    const foreignSite = await callHttp(
      app.url,
      'site:describe',
      {},
      { audience: 'visitor', token: ours.visitor.token, site: theirs.site.publicKey, origin: ours.site.origin },
    );
    expect(shapeOf(unknownSite)).to.deep.equal(shapeOf(foreignSite));
  });

  it('P16 after the whole matrix the other tenant is as it was', async () => {
    const options = asStaff(theirs.members.owner.accessToken);
    const list = await callHttp(app.url, 'conversation:list', { view: 'all-open' }, options);
    expect(list.status).to.equal(200);
    const members = await callHttp(app.url, 'member:list', {}, options);
    expect(JSON.stringify(members.result)).to.include(theirs.members.viewer.membershipId);
    const log = await callHttp(
      app.url,
      'conversation:sync',
      { conversationId: theirs.conversation.id, epoch: null, after: 0 },
      options,
    );
    const { entries } = (log.result as never as { data: { entries: { kind: string }[] } }).data;
    expect(entries.filter((entry) => entry.kind !== 'event')).to.have.length(1);
  });
});
