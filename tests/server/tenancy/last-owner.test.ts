import { expect } from 'chai';
import type { MemberDto } from '@frontdesk/protocol/tenancy';
import type { TenantId } from '@frontdesk/protocol/ids';
import {
  HASHING_TIMEOUT_MS,
  addBusiness,
  addPerson,
  codeOf,
  dataOf,
  signIn,
  startTestCore,
  type SignedIn,
  type TestCore,
} from '../../support/core.js';

describe('the last owner', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  let test: TestCore;

  before(async () => {
    test = await startTestCore();
  });

  after(() => test.close());

  const idOf = (person: SignedIn) => person.context.actor.membershipId;

  async function addOwners(count: number): Promise<{ tenantId: TenantId; owners: SignedIn[] }> {
    const { tenantId, owner } = await addBusiness(test);
    const owners = [await signIn(test, owner.email)];
    while (owners.length < count) owners.push(await signIn(test, (await addPerson(test, tenantId, 'owner')).email));
    return { tenantId, owners };
  }

  async function countOwners(tenantId: TenantId): Promise<number> {
    const members = await test.tenancy.directory.listMembers({ tenantId });
    return members.filter(({ role, disabled }) => role === 'owner' && !disabled).length;
  }

  it('TEN-09 can neither step down nor leave', async () => {
    const { tenantId, owners } = await addOwners(1);
    const [owner] = owners as [SignedIn];
    const memberId = idOf(owner);
    expect(codeOf(await test.run('member:update', owner.context, { memberId, role: 'admin' }))).to.equal('CONFLICT');
    expect(codeOf(await test.run('member:remove', owner.context, { memberId }))).to.equal('CONFLICT');
    expect(await countOwners(tenantId)).to.equal(1);
  });

  it('TEN-09 a disabled owner does not count', async () => {
    const { tenantId, owners } = await addOwners(2);
    const [first, second] = owners as [SignedIn, SignedIn];
    dataOf(await test.run('member:update', first.context, { memberId: idOf(second), disabled: true }));
    const leave = await test.run('member:remove', first.context, { memberId: idOf(first) });
    expect(codeOf(leave)).to.equal('CONFLICT');
    dataOf(await test.run<MemberDto>('member:update', first.context, { memberId: idOf(second), disabled: false }));
    dataOf(await test.run('member:update', first.context, { memberId: idOf(first), role: 'agent' }));
    expect(await countOwners(tenantId)).to.equal(1);
  });

  it('TEN-09 two owners who demote each other at once: exactly one wins, in every round', async () => {
    const { tenantId, owners } = await addOwners(2);
    for (let round = 0; round < 20; round += 1) {
      const [first, second] = owners as [SignedIn, SignedIn];
      const results = await Promise.all([
        test.run('member:update', first.context, { memberId: idOf(second), role: 'agent' }),
        test.run('member:update', second.context, { memberId: idOf(first), role: 'agent' }),
      ]);
      expect(results.map(codeOf).sort()).to.deep.equal(['CONFLICT', 'OK']);
      expect(await countOwners(tenantId)).to.equal(1);
      const [winner, loser] = results[0].ok ? [first, second] : [second, first];
      dataOf(await test.run('member:update', winner.context, { memberId: idOf(loser), role: 'owner' }));
    }
  });

  it('TEN-09 four owners who remove each other in a ring leave at least one', async () => {
    const { tenantId, owners } = await addOwners(4);
    await Promise.all(
      owners.map((owner, index) =>
        test.run('member:remove', owner.context, { memberId: idOf(owners[(index + 1) % owners.length]!) }),
      ),
    );
    expect(await countOwners(tenantId)).to.equal(1);
  });

  it('TEN-09 an owner who was demoted and promoted again counts', async () => {
    const { tenantId, owners } = await addOwners(2);
    const [first, second] = owners as [SignedIn, SignedIn];
    dataOf(await test.run('member:update', first.context, { memberId: idOf(second), role: 'viewer' }));
    dataOf(await test.run('member:update', first.context, { memberId: idOf(second), role: 'owner' }));
    dataOf(await test.run('member:remove', first.context, { memberId: idOf(first) }));
    expect(await countOwners(tenantId)).to.equal(1);
  });
});
