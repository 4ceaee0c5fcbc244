import { expect } from 'chai';
import type { SiteDto } from '@frontdesk/protocol/tenancy';
import type { TenantId } from '@frontdesk/protocol/ids';
import {
  addBusiness,
  codeOf,
  dataOf,
  signIn,
  startTestCore,
  type SignedIn,
  type TestCore,
} from '../../support/core.js';

describe('sites', () => {
  let test: TestCore;
  let tenantId: TenantId;
  let owner: SignedIn;

  before(async () => {
    test = await startTestCore();
    const business = await addBusiness(test);
    tenantId = business.tenantId;
    owner = await signIn(test, business.owner.email);
  });

  after(() => test.close());

  async function createSite(): Promise<SiteDto> {
    return dataOf(
      await test.run<SiteDto>('site:create', owner.context, { name: 'Shop', allowedOrigins: ['https://shop.example'] }),
    );
  }

  it('makes a public key and a web inbox', async () => {
    const dto = await createSite();
    expect(dto.publicKey).to.match(/^pk_[A-Za-z0-9]{24}$/);
    const site = await test.tenancy.directory.findSiteByKey(dto.publicKey);
    expect(site?.tenantId).to.equal(tenantId);
    const inboxes = await test.tenancy.directory.listInboxes({ tenantId });
    expect(inboxes.find(({ id }) => id === site?.inboxId)?.siteId).to.equal(dto.id);
  });

  it('finds a changed site at once, though look-ups are cached', async () => {
    const { id: siteId, publicKey } = await createSite();
    await test.tenancy.directory.findSiteByKey(publicKey);
    dataOf(await test.run('site:update', owner.context, { siteId, allowedOrigins: [] }));
    expect((await test.tenancy.directory.findSiteByKey(publicKey))?.allowedOrigins).to.deep.equal([]);
  });

  it('answers unknown and malformed keys alike', async () => {
    const { directory } = test.tenancy;
    expect(await directory.findSiteByKey(`pk_${'a'.repeat(24)}`)).to.equal(undefined);
    expect(await directory.findSiteByKey('{"$ne":null}')).to.equal(undefined);
  });

  it('keeps the identity secret before the newest, and never shows one again', async () => {
    const { id: siteId } = await createSite();
    const rotate = async () =>
      dataOf(
        await test.run<{ keyId: string; secret: string }>('site:rotate-identity-secret', owner.context, { siteId }),
      );
    const secrets = [await rotate(), await rotate(), await rotate()];
    const { sites } = dataOf(await test.run<{ sites: SiteDto[] }>('site:list', owner.context));
    const site = sites.find(({ id }) => id === siteId)!;
    expect(site.identityKeyIds).to.deep.equal([secrets[2]!.keyId, secrets[1]!.keyId]);
    for (const { secret } of secrets) {
      expect(JSON.stringify(sites)).not.to.contain(secret);
      expect(test.logged.join('')).not.to.contain(secret);
    }
  });

  it('tells the team that sites changed', async () => {
    test.pushed.length = 0;
    await createSite();
    expect(test.pushed).to.deep.include({
      room: `t:${tenantId}:staff`,
      name: 'workspace:changed',
      fact: { what: 'sites' },
    });
  });

  it('SES-04 a suspended business: its keys open nothing and its rooms close at once', async () => {
    const other = await addBusiness(test, 'Suspended');
    const context = { tenantId: other.tenantId };
    const site = await test.tenancy.provision.createSite(context, { name: 'S', allowedOrigins: [] });
    await test.tenancy.directory.findSiteByKey(site.publicKey);
    await test.tenancy.provision.setSuspended(context, true);
    expect(await test.tenancy.directory.findSiteByKey(site.publicKey)).to.equal(undefined);
    const room = `t:${other.tenantId}:site:${site.id}`;
    expect(test.closedRooms).to.deep.include({ room, reason: 'disabled' });
    expect(test.ended.some((event) => event.room === `t:${other.tenantId}:staff`)).to.equal(true);
    await test.tenancy.provision.setSuspended(context, false);
    expect((await test.tenancy.directory.findSiteByKey(site.publicKey))?.id).to.equal(site.id);
  });

  it('refuses two teams that read the same', async () => {
    dataOf(await test.run('team:create', owner.context, { name: 'Sales' }));
    expect(codeOf(await test.run('team:create', owner.context, { name: 'sales' }))).to.equal('CONFLICT');
  });

  it('TEN-01 no look-up of the directory crosses businesses', async () => {
    const other = await addBusiness(test, 'Other');
    const context = { tenantId: other.tenantId };
    const { id } = await createSite();
    const { directory } = test.tenancy;
    expect(await directory.findSite(context, id)).to.equal(undefined);
    expect(await directory.findMember(context, owner.context.actor.membershipId)).to.equal(undefined);
    expect(await directory.listMembers(context)).to.have.length(1);
    expect(await directory.listInboxes(context)).to.deep.equal([]);
    for (const read of [directory.findTenant, directory.listMembers, directory.listInboxes]) {
      const failure = await read({ tenantId: null }).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      );
      expect(failure).to.equal('NO_TENANT_CONTEXT');
    }
  });
});
