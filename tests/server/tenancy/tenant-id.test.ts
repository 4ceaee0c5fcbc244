import { expect } from 'chai';
import { Types, type Model } from 'mongoose';
import type { TenantId } from '@frontdesk/protocol/ids';
import { addBusiness, signIn, startTestCore, type TestCore } from '../../support/core.js';

/** Collections of these domains that belong to a tenant, with a document of the business under test in each. */
const SCOPED_MODELS = ['Tenant', 'Membership', 'Invitation', 'Site', 'Inbox', 'Team', 'Session'] as const;

describe('the tenant of a stored document', () => {
  let test: TestCore;
  let tenantId: TenantId;
  let otherId: TenantId;

  before(async () => {
    test = await startTestCore();
    const { owner, ...business } = await addBusiness(test);
    tenantId = business.tenantId;
    otherId = (await addBusiness(test, 'Other')).tenantId;
    const { context } = await signIn(test, owner.email);
    await test.tenancy.provision.createSite({ tenantId }, { name: 'Shop', allowedOrigins: [] });
    await test.tenancy.provision.createTeam({ tenantId }, 'Sales');
    await test.run('invitation:create', context, { email: 'new@people.test', role: 'agent' });
  });

  after(() => test.close());

  /** May throw at once or reject later; both refuse. */
  type Attempt = (model: Model<unknown>, own: Record<string, unknown>, other: Types.ObjectId) => Promise<unknown>;

  const ATTEMPTS: Readonly<Record<string, Attempt>> = {
    $set: (model, own, other) => model.updateOne(own, { $set: { tenantId: other } }),
    'a bare field': (model, own, other) => model.updateOne(own, { tenantId: other }),
    $unset: (model, own) => model.updateOne(own, { $unset: { tenantId: 1 } }),
    '$rename from': (model, own) => model.updateOne(own, { $rename: { tenantId: 'name' } }),
    '$rename to': (model, own) => model.updateOne(own, { $rename: { name: 'tenantId' } }),
    'a pipeline': (model, own, other) =>
      model.updateOne(own, [{ $set: { tenantId: other } }], { updatePipeline: true }),
    updateMany: (model, own, other) => model.updateMany(own, { $set: { tenantId: other } }),
    findOneAndUpdate: (model, own, other) => model.findOneAndUpdate(own, { $set: { tenantId: other } }),
    replaceOne: (model, own, other) => model.replaceOne(own, { tenantId: other }),
    findOneAndReplace: (model, own, other) => model.findOneAndReplace(own, { tenantId: other }),
    bulkWrite: (model, own, other) =>
      model.bulkWrite([{ updateOne: { filter: own, update: { $set: { tenantId: other } } as never } }]),
    findByIdAndUpdate: (model, own, other) => model.findByIdAndUpdate(own['_id'], { $set: { tenantId: other } }),
    'an upsert that inserts elsewhere': (model, own, other) =>
      model.updateOne({ ...own, _id: new Types.ObjectId() }, { $setOnInsert: { tenantId: other } }, { upsert: true }),
    'insertMany without a tenant': (model) => model.insertMany([{ name: 'stray' }]),
  };

  for (const name of SCOPED_MODELS) {
    for (const [operator, attempt] of Object.entries(ATTEMPTS)) {
      it(`TEN-06 ${name}: ${operator} cannot change it`, async () => {
        const model = test.core.connection.models[name] as Model<unknown>;
        const filter = { tenantId: new Types.ObjectId(tenantId) };
        const before = await model.findOne(filter).lean<{ _id: Types.ObjectId; tenantId: Types.ObjectId }>();
        expect(before, 'a document to try on').not.to.equal(null);
        const own = { ...filter, _id: before!._id };
        const countOthers = () => model.countDocuments({ tenantId: new Types.ObjectId(otherId) });
        const others = await countOthers();
        const failure = await Promise.resolve()
          .then(() => attempt(model, own, new Types.ObjectId(otherId)))
          .then(
            () => undefined,
            (error: Error) => error,
          );
        expect(failure).to.be.instanceOf(Error);
        expect(await countOthers()).to.equal(others);
        expect(await model.findOne(own).lean()).to.deep.equal(before);
      });
    }

    it(`TEN-01 ${name}: a query without a tenant is refused`, async () => {
      const model = test.core.connection.models[name] as Model<unknown>;
      const failure = await model.find({}).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      );
      expect(failure).to.equal('NO_TENANT_CONTEXT');
    });
  }
});
