import { expect } from 'chai';
import { tenancyStaffCommands, type MemberDto } from '@frontdesk/protocol/tenancy';
import type { InboxId, MembershipId, TenantId } from '@frontdesk/protocol/ids';
import { ROLES, type Role } from '@frontdesk/protocol/vocabulary';
import {
  HASHING_TIMEOUT_MS,
  accessCode,
  addBusiness,
  addPerson,
  codeOf,
  dataOf,
  signIn,
  startTestCore,
  type SignedIn,
  type TestCore,
} from '../../support/core.js';

type CommandName = keyof typeof tenancyStaffCommands;

const MANAGERS: readonly Role[] = ['owner', 'admin'];

/** Written out on purpose and not read from the permission table, which it checks. */
const MATRIX: Readonly<Record<CommandName, readonly Role[]>> = {
  'tenant:read': ROLES,
  'tenant:update': MANAGERS,
  'member:list': ROLES,
  'member:update': MANAGERS,
  'member:remove': MANAGERS,
  'invitation:list': MANAGERS,
  'invitation:create': MANAGERS,
  'invitation:revoke': MANAGERS,
  'site:list': ROLES,
  'site:create': MANAGERS,
  'site:update': MANAGERS,
  'site:rotate-identity-secret': MANAGERS,
  'inbox:list': ROLES,
  'team:list': ROLES,
  'team:create': MANAGERS,
};

describe('roles', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  let test: TestCore;
  let tenantId: TenantId;
  let people: Readonly<Record<Role, SignedIn>>;
  let owner: SignedIn;

  before(async () => {
    test = await startTestCore();
    const business = await addBusiness(test);
    tenantId = business.tenantId;
    owner = await signIn(test, business.owner.email);
    const entries = await Promise.all(
      ROLES.filter((role) => role !== 'owner').map(
        async (role) => [role, await signIn(test, (await addPerson(test, tenantId, role)).email)] as const,
      ),
    );
    people = { owner, ...Object.fromEntries(entries) } as Record<Role, SignedIn>;
  });

  after(() => test.close());

  async function addMember(role: Role): Promise<MembershipId> {
    const { email } = await addPerson(test, tenantId, role);
    const { members } = dataOf(await test.run<{ members: MemberDto[] }>('member:list', owner.context));
    return members.find((member) => member.email === email)!.id;
  }

  async function buildInput(name: CommandName, role: Role): Promise<unknown> {
    const suffix = `${name.replace(':', '-')}-${role}`;
    switch (name) {
      case 'tenant:update':
        return { name: `Renamed by ${role}` };
      case 'member:update':
        return { memberId: await addMember('agent'), role: 'viewer' };
      case 'member:remove':
        return { memberId: await addMember('agent') };
      case 'invitation:create':
        return { email: `${suffix}@people.test`, role: 'agent' };
      case 'invitation:revoke': {
        const email = `${suffix}@people.test`;
        await test.run('invitation:create', owner.context, { email, role: 'agent' });
        const { invitations } = dataOf(
          await test.run<{ invitations: { id: string; email: string }[] }>('invitation:list', owner.context),
        );
        return { invitationId: invitations.find((invitation) => invitation.email === email)!.id };
      }
      case 'site:create':
        return { name: suffix, allowedOrigins: [] };
      case 'site:update':
        return {
          siteId: (await test.tenancy.provision.createSite({ tenantId }, { name: suffix, allowedOrigins: [] })).id,
          name: suffix,
        };
      case 'site:rotate-identity-secret':
        return {
          siteId: (await test.tenancy.provision.createSite({ tenantId }, { name: suffix, allowedOrigins: [] })).id,
        };
      case 'team:create':
        return { name: suffix };
      default:
        return {};
    }
  }

  it('TEN-09 the matrix names every staff command of the domain', () => {
    expect(Object.keys(MATRIX).sort()).to.deep.equal(Object.keys(tenancyStaffCommands).sort());
  });

  for (const [name, roles] of Object.entries(MATRIX) as [CommandName, readonly Role[]][]) {
    for (const role of ROLES) {
      const expected = roles.includes(role) ? 'OK' : 'FORBIDDEN';
      it(`TEN-09 ${name} as ${role}: ${expected}`, async () => {
        const result = await test.run(name, people[role].context, await buildInput(name, role));
        expect(codeOf(result)).to.equal(expected);
      });
    }
  }

  it('TEN-09 nobody promotes himself', async () => {
    for (const role of ROLES.filter((other) => other !== 'owner')) {
      const memberId = people[role].context.actor.membershipId;
      for (const wanted of ['owner', 'admin'] as const) {
        if (wanted === role) continue;
        const result = await test.run('member:update', people[role].context, { memberId, role: wanted });
        expect(codeOf(result), `${role} to ${wanted}`).to.equal('FORBIDDEN');
      }
    }
  });

  it('TEN-09 nobody changes his own inboxes or disables himself', async () => {
    const { context } = people.admin;
    const memberId = context.actor.membershipId;
    expect(codeOf(await test.run('member:update', context, { memberId, inboxIds: [] }))).to.equal('FORBIDDEN');
    expect(codeOf(await test.run('member:update', context, { memberId, disabled: true }))).to.equal('FORBIDDEN');
  });

  it('TEN-09 an admin neither makes nor touches owners', async () => {
    const { context } = people.admin;
    const agentId = await addMember('agent');
    const ownerId = await addMember('owner');
    const attempts: [string, unknown][] = [
      ['member:update', { memberId: agentId, role: 'owner' }],
      ['member:update', { memberId: ownerId, role: 'viewer' }],
      ['member:update', { memberId: ownerId, disabled: true }],
      ['member:update', { memberId: ownerId, inboxIds: [] }],
      ['member:remove', { memberId: ownerId }],
      ['invitation:create', { email: 'new-owner@people.test', role: 'owner' }],
    ];
    for (const [name, input] of attempts) {
      expect(codeOf(await test.run(name, context, input)), JSON.stringify(input)).to.equal('FORBIDDEN');
    }
    const invited = { email: 'invited-owner@people.test', role: 'owner' };
    await test.run('invitation:create', owner.context, invited);
    const { invitations } = dataOf(
      await test.run<{ invitations: { id: string; email: string }[] }>('invitation:list', owner.context),
    );
    const invitationId = invitations.find(({ email }) => email === invited.email)!.id;
    expect(codeOf(await test.run('invitation:revoke', context, { invitationId }))).to.equal('FORBIDDEN');
  });

  it('TEN-07 only managers read addresses', async () => {
    for (const role of ROLES) {
      const { members } = dataOf(await test.run<{ members: MemberDto[] }>('member:list', people[role].context));
      const shows = members.every(({ email }) => email !== null);
      const hides = members.every(({ email }) => email === null);
      expect(MANAGERS.includes(role) ? shows : hides, role).to.equal(true);
    }
  });

  it('TEN-04 TEN-05 ids of another business are not found, and nothing is written', async () => {
    const foreign = await addBusiness(test, 'Neighbour');
    const neighbour = await signIn(test, foreign.owner.email);
    const site = await test.tenancy.provision.createSite(
      { tenantId: foreign.tenantId },
      { name: 'S', allowedOrigins: [] },
    );
    const own = await addMember('agent');
    const unknown = 'a'.repeat(24);
    const foreignMember = neighbour.context.actor.membershipId;
    const attempts: [string, (id: string) => unknown, string][] = [
      ['member:update', (memberId) => ({ memberId, role: 'viewer' }), foreignMember],
      ['member:remove', (memberId) => ({ memberId }), foreignMember],
      ['invitation:revoke', (invitationId) => ({ invitationId }), foreignMember],
      ['site:update', (siteId) => ({ siteId, name: 'Taken over' }), site.id],
      ['site:rotate-identity-secret', (siteId) => ({ siteId }), site.id],
      ['member:update', (inboxId) => ({ memberId: own, inboxIds: [inboxId] }), site.inboxId],
    ];
    for (const [name, build, id] of attempts) {
      const answers = await Promise.all([
        test.run(name, owner.context, build(id)),
        test.run(name, owner.context, build(unknown)),
      ]);
      const bodies = answers.map((answer) => (answer.ok ? 'OK' : { ...answer.error, requestId: '' }));
      expect(bodies[0], name).to.deep.equal(bodies[1]);
      expect(codeOf(answers[0]), name).to.equal('NOT_FOUND');
    }
    const { sites } = dataOf(await test.run<{ sites: { name: string }[] }>('site:list', neighbour.context));
    expect(sites.map(({ name }) => name)).to.deep.equal(['S']);
    expect(await accessCode(test, neighbour.session.accessToken)).to.equal('OK');
  });

  it('shows a member limited to inboxes only those', async () => {
    const sites = await Promise.all(
      ['One', 'Two'].map((name) => test.tenancy.provision.createSite({ tenantId }, { name, allowedOrigins: [] })),
    );
    const { email } = await addPerson(test, tenantId, 'agent');
    const first = await signIn(test, email);
    const memberId = first.context.actor.membershipId;
    const inboxIds: InboxId[] = [sites[0]!.inboxId];
    dataOf(await test.run('member:update', owner.context, { memberId, inboxIds }));
    const { context } = await signIn(test, email);
    const { inboxes } = dataOf(await test.run<{ inboxes: { id: InboxId }[] }>('inbox:list', context));
    expect(inboxes.map(({ id }) => id)).to.deep.equal(inboxIds);
    expect(context.actor.inboxIds).to.deep.equal(inboxIds);
  });
});
