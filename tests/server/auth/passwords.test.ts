import { hash as bcryptHash } from 'bcrypt';
import { expect } from 'chai';
import { hashPassword, needsRehash, verifyPassword } from '@frontdesk/server/auth/passwords';
import {
  HASHING_TIMEOUT_MS,
  PASSWORD,
  addBusiness,
  codeOf,
  signIn,
  startTestCore,
  type TestCore,
} from '../../support/core.js';

describe('passwords', function () {
  this.timeout(HASHING_TIMEOUT_MS);

  let test: TestCore;

  before(async () => {
    test = await startTestCore();
  });

  after(() => test.close());

  const findUser = (email: string) =>
    test.core.connection.models['User']!.findOne({ email }).lean<{ passwordHash: string }>();

  it('AUTH-01 a stored hash is bcrypt with cost 12', async () => {
    const { owner } = await addBusiness(test);
    const user = await findUser(owner.email);
    expect(user?.passwordHash).to.match(/^\$2b\$12\$/);
  });

  it('AUTH-01 a hash of lower cost is replaced at sign-in, and the password still opens', async () => {
    const { owner } = await addBusiness(test);
    const weak = await bcryptHash(PASSWORD, 10);
    expect(needsRehash(weak)).to.equal(true);
    await test.core.connection.models['User']!.updateOne({ email: owner.email }, { $set: { passwordHash: weak } });
    await signIn(test, owner.email);
    let stored = weak;
    for (let tries = 0; stored === weak && tries < 100; tries += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setTimeout(resolve, 20));
      stored = (await findUser(owner.email))!.passwordHash;
    }
    expect(stored).to.match(/^\$2b\$12\$/);
    await signIn(test, owner.email);
  });

  it('AUTH-01 more than 72 bytes are refused, when set and when tried', async () => {
    const long = 'é'.repeat(37);
    const failure = await hashPassword(long).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
    expect(failure).to.equal('VALIDATION');
    const input = { email: 'long@people.test', password: long, name: 'N', businessName: 'B' };
    expect(codeOf(await test.run('account:sign-up', test.anonymous(), input))).to.equal('VALIDATION');
    // The first 72 bytes are right: bcrypt alone would accept.
    const right = 'a'.repeat(72);
    expect(await verifyPassword(right, await hashPassword(right))).to.equal(true);
    expect(await verifyPassword(`${right}b`, await hashPassword(right))).to.equal(false);
  });

  it('treats two spellings of the same characters as one password', async () => {
    const stored = await hashPassword('caf\u00e9-caf\u00e9');
    expect(await verifyPassword('cafe\u0301-cafe\u0301', stored)).to.equal(true);
  });

  it('opens nothing for an account without a password', async () => {
    expect(await verifyPassword('', null)).to.equal(false);
    expect(await verifyPassword(PASSWORD, null)).to.equal(false);
  });
});
