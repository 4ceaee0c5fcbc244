import { expect } from 'chai';
import type { z } from 'zod';
import { authStaffCommands, publicCommands } from '@frontdesk/protocol/auth';
import type { CommandDefinition } from '@frontdesk/protocol/command';
import { tenancyStaffCommands } from '@frontdesk/protocol/tenancy';
import type { StaffContext } from '@frontdesk/server/core/context';
import { REFRESH_COOKIE } from '@frontdesk/server/auth/index';
import { TestJar, accessCode, addBusiness, codeOf, signIn, startTestCore, type TestCore } from '../../support/core.js';

const ID = 'a'.repeat(24);
const TOKEN = 't'.repeat(43);
const theme = { accent: '#112233', colorScheme: 'auto', launcherSide: 'end' };

/** A well-formed input of every command that takes one; each of its fields is then replaced by something evil. */
const INPUTS: Readonly<Record<string, Record<string, unknown>>> = {
  'account:sign-up': { email: 'a@b.test', password: 'long password', name: 'N', businessName: 'B', locale: 'en' },
  'account:verify-email': { token: TOKEN },
  'session:sign-in': { email: 'a@b.test', password: 'long password' },
  'session:sign-in-google': { credential: 'a.b.c', businessName: 'B' },
  'password:forgot': { email: 'a@b.test' },
  'password:reset': { token: TOKEN, password: 'long password' },
  'invitation:describe': { token: TOKEN },
  'invitation:accept': { token: TOKEN, name: 'N', password: 'long password' },
  'session:revoke': { sessionId: ID },
  'session:renew': { accessToken: 'a.b.c' },
  'password:change': { currentPassword: 'long password', newPassword: 'longer password' },
  'google:link': { credential: 'a.b.c', currentPassword: 'long password' },
  'tenant:update': { name: 'N', locale: 'en', timeZone: 'UTC' },
  'member:update': { memberId: ID, role: 'agent', disabled: false, inboxIds: [ID] },
  'member:remove': { memberId: ID },
  'invitation:create': { email: 'a@b.test', role: 'agent' },
  'invitation:revoke': { invitationId: ID },
  'site:create': { name: 'N', allowedOrigins: ['https://a.example'] },
  'site:update': {
    siteId: ID,
    name: 'N',
    allowedOrigins: ['https://a.example'],
    allowNullOrigin: false,
    theme,
    greeting: 'G',
    requireIdentity: false,
  },
  'site:rotate-identity-secret': { siteId: ID },
  'team:create': { name: 'N' },
};

const EVIL: readonly unknown[] = [
  { $gt: '' },
  { $ne: null },
  { $regex: '^' },
  { $nor: [{ a: 1 }] },
  { $where: 'true' },
  { toString: 'x' },
  [],
  ['a@b.test'],
  [{ $ne: null }],
  null,
  7,
];

const MASS_ASSIGNMENT = ['tenantId', 'userId', 'role', 'verified', 'disabled', 'ownerIds', '$set', 'a.b', '_id'];

const definitions: Readonly<Record<string, CommandDefinition>> = {
  ...publicCommands,
  ...authStaffCommands,
  ...tenancyStaffCommands,
};

function hasInput(definition: CommandDefinition): boolean {
  return Object.keys((definition.input as z.ZodObject).shape).length > 0;
}

/** Fields that are optional or nullable by contract; null is a value there and not an attack. */
const NULLABLE = new Set(['member:update.inboxIds']);
/** Fields that hold a list by contract. */
const LISTS = new Set(['member:update.inboxIds', 'site:create.allowedOrigins', 'site:update.allowedOrigins']);

describe('injection', () => {
  let test: TestCore;
  let staff: StaffContext;

  before(async () => {
    test = await startTestCore();
    const { owner } = await addBusiness(test);
    staff = (await signIn(test, owner.email)).context;
  });

  after(() => test.close());

  const run = (name: string, input: unknown) =>
    test.run(name, definitions[name]!.audience === 'staff' ? staff : test.anonymous(), input);

  it('INJ-01 every command that takes input is covered, with every one of its fields', () => {
    const expected = Object.entries(definitions).filter(([, definition]) => hasInput(definition));
    expect(Object.keys(INPUTS).sort()).to.deep.equal(expected.map(([name]) => name).sort());
    for (const [name, definition] of expected) {
      expect(Object.keys(INPUTS[name]!).sort(), name).to.deep.equal(
        Object.keys((definition.input as z.ZodObject).shape).sort(),
      );
      expect(definition.input.safeParse(INPUTS[name]).success, `${name} is well-formed`).to.equal(true);
    }
  });

  for (const [name, input] of Object.entries(INPUTS)) {
    for (const field of Object.keys(input)) {
      it(`INJ-01 ${name}: an operator, a list or a number as ${field} is refused`, async () => {
        const path = `${name}.${field}`;
        for (const evil of EVIL) {
          if (evil === null && NULLABLE.has(path)) continue;
          if (Array.isArray(evil) && evil.length === 0 && LISTS.has(path)) continue;
          const result = await run(name, { ...input, [field]: evil });
          expect(codeOf(result), JSON.stringify(evil)).to.equal('VALIDATION');
        }
      });
    }

    it(`INJ-03 INJ-06 ${name}: keys that the contract does not name are refused`, async () => {
      for (const key of MASS_ASSIGNMENT.filter((candidate) => !(candidate in input))) {
        expect(codeOf(await run(name, { ...input, [key]: ID })), key).to.equal('VALIDATION');
      }
      for (const text of ['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}']) {
        const merged = { ...input, ...(JSON.parse(text) as object) };
        Object.defineProperty(merged, '__proto__', { value: { polluted: true }, enumerable: true });
        expect(codeOf(await run(name, merged))).to.equal('VALIDATION');
      }
      expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    });
  }

  it('INJ-01 the refresh cookie and the access token are strings in a form, or nothing', async () => {
    for (const value of ['{"$ne":null}', '[object Object]', `${ID}.${ID}.{"$gt":""}`]) {
      const jar = new TestJar();
      jar.write(REFRESH_COOKIE, value);
      expect(codeOf(await test.run('session:refresh', test.anonymous({ jar })))).to.equal('UNAUTHENTICATED');
    }
    for (const token of [{ $ne: null }, ['a'], 7, null]) {
      expect(await accessCode(test, token as never)).to.equal('UNAUTHENTICATED');
    }
  });

  it('INJ-01 the store itself refuses an operator where a value belongs', async () => {
    const { models } = test.core.connection;
    const found = await models['User']!.findOne({ email: { $ne: null } }).then(
      (user) => user,
      () => null,
    );
    expect(found).to.equal(null);
  });
});
