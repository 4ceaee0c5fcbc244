/** QA-15: what each role may do with a queue, command by command. */
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import { ROLES, type Role } from '@frontdesk/protocol/vocabulary';
import { buildInput, randomIds } from '../../security/inputs.js';
import { callHttp, startTestServer, type TestServer } from '../../support/server.js';
import { buildTenant, type TenantFixture } from '../../support/workspace.js';

/** The least role of each; owners may do what admins may. */
const LEAST: Readonly<Record<Exclude<Role, 'owner'>, readonly string[]>> = {
  viewer: [
    'counter:read',
    'device:list',
    'location:list',
    'queue:audit',
    'queue:overview',
    'queue:read-honesty',
    'queue:read-report',
    'queue:read-setup',
  ],
  agent: [
    'counter:open',
    'counter:pause',
    'counter:resume',
    'counter:close',
    'queue:finish-line',
    'ticket:call',
    'ticket:call-held',
    'ticket:call-next',
    'ticket:cancel',
    'ticket:complete',
    'ticket:hold',
    'ticket:issue-at-desk',
    'ticket:mark-no-show',
    'ticket:recall',
    'ticket:reprint',
    'ticket:return',
    'ticket:serve-walk-in',
    'ticket:set-class',
    'ticket:start',
    'ticket:transfer',
    'ticket:undo-call',
  ],
  admin: [
    'counter:create',
    'counter:update',
    'device:pair',
    'device:revoke',
    'device:update',
    'location:create',
    'location:update',
    'queue:broadcast',
    'queue:erase-person',
    'queue:export',
    'queue:preview-policy',
    'queue:update-policy',
    'service:close',
    'service:create',
    'service:update',
  ],
};
const RANK: readonly Role[] = ['viewer', 'agent', 'admin', 'owner'];

describe('roles in the queue', function roles() {
  this.timeout(60_000);
  let app: TestServer;
  let tenant: TenantFixture;
  before(async () => {
    app = await startTestServer();
    tenant = await buildTenant(app, 'roles');
  });
  after(() => app.close());

  const commands = listCommands().filter(
    ({ audience, name }) => audience === 'staff' && /^(queue|ticket|counter|service|device|location):/.test(name),
  );

  it('QA-15: knows every command of the queue', () => {
    expect(commands.map(({ name }) => name).sort()).to.deep.equal(Object.values(LEAST).flat().sort());
  });

  for (const command of commands) {
    it(`QA-15: ${command.name} is open to its roles and to no other`, async () => {
      const least = RANK.find((role) => role !== 'owner' && LEAST[role].includes(command.name)) ?? 'owner';
      for (const role of ROLES) {
        const { accessToken: token } = tenant.members[role];
        const options = { audience: 'staff', token } as const;
        const { result } = await callHttp(app.url, command.name, buildInput(command, randomIds()), options);
        const isForbidden = !result.ok && result.error.code === 'FORBIDDEN';
        expect(isForbidden, role).to.equal(RANK.indexOf(role) < RANK.indexOf(least));
      }
    });
  }
});
