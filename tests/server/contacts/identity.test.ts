import { expect } from 'chai';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import { rooms } from '@frontdesk/server/core/rooms';
import type { Site } from '@frontdesk/server/tenancy/index';
import {
  addBusiness,
  codeOf,
  dataOf,
  startConversation,
  startTestChat,
  type Business,
  type TestChat,
} from '../../support/chat.js';

const HOUR_SECONDS = 3_600;

describe('visitor identity', () => {
  let test: TestChat;
  let business: Business;
  let strict: Business;

  before(async () => {
    test = await startTestChat();
    business = await withSecret(await addBusiness(test));
    strict = await withSecret(await addBusiness(test, { requireIdentity: true }));
  });
  after(() => test.close());

  async function rotate(target: Business): Promise<Business> {
    const command = test.tenancy.commands.find(({ definition }) => definition.name === 'site:rotate-identity-secret');
    await command!.handle(test.staff(target.owner), { siteId: target.site.id });
    const site = await test.tenancy.directory.findSiteByKey(target.site.publicKey);
    return { ...target, site: site! };
  }
  const withSecret = async (target: Business) => (target.site.identitySecrets.length > 0 ? target : rotate(target));

  interface TokenOptions {
    readonly header?: Partial<JWTHeaderParameters>;
    readonly secret?: string;
    readonly expiresInSeconds?: number | null;
    readonly claims?: JWTPayload;
  }

  async function sign(site: Site, subject: string | null, options: TokenOptions = {}): Promise<string> {
    const [secret] = site.identitySecrets;
    const nowSeconds = Math.floor(test.clock.now() / 1_000);
    const { expiresInSeconds = 600 } = options;
    const payload = {
      aud: site.publicKey,
      ...(subject === null ? {} : { sub: subject }),
      ...(expiresInSeconds === null ? {} : { exp: nowSeconds + expiresInSeconds }),
      ...options.claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', kid: secret!.kid, ...options.header })
      .sign(new TextEncoder().encode(options.secret ?? secret!.secret));
  }

  async function identify(site: Site, token: string, identityToken: string) {
    return test.asVisitor(await test.visitor(site, token), 'visitor:identify', { identityToken });
  }

  const listIds = async (site: Site, token: string): Promise<string[]> =>
    dataOf(await test.asVisitor(await test.visitor(site, token), 'conversation:list', {})).conversations.map(
      ({ id }) => id,
    );

  it('WID-04 a token signed by the website vouches for the visitor until it ends', async () => {
    const token = createVisitorToken();
    const claims = { name: 'Amina', email: 'Amina@People.test' };
    const answer = dataOf(await identify(business.site, token, await sign(business.site, 'amina', { claims })));
    expect(answer.name).to.equal('Amina');
    const visitor = await test.visitor(business.site, token);
    expect(visitor.actor.verified).to.equal(true);
    const contact = await test.contacts.findContact(visitor, visitor.actor.contactId!);
    expect(contact).to.include({ externalId: 'amina', name: 'Amina', email: 'amina@people.test', verified: true });
  });

  it('WID-04 every token that is not exactly right is refused', async () => {
    const { site } = business;
    const [secret] = site.identitySecrets;
    const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const nowSeconds = Math.floor(test.clock.now() / 1_000);
    const unsigned = `${base64({ alg: 'none', kid: secret!.kid })}.${base64({ aud: site.publicKey, sub: 'x', exp: nowSeconds + 60 })}.`;
    const good = await sign(site, 'x');
    const refused: [string, string][] = [
      ['no signature', unsigned],
      ['a broken signature', `${good.slice(0, -4)}AAAA`],
      ['a foreign secret', await sign(site, 'x', { secret: strict.site.identitySecrets[0]!.secret })],
      ["another site's token", await sign(strict.site, 'x')],
      ["another site's audience", await sign(site, 'x', { claims: { aud: strict.site.publicKey } })],
      ['two audiences', await sign(site, 'x', { claims: { aud: [site.publicKey, strict.site.publicKey] } })],
      ['an unknown kid', await sign(site, 'x', { header: { kid: 'other' } })],
      ['no kid', await sign(site, 'x', { header: { kid: undefined as never } })],
      ['another algorithm', await sign(site, 'x', { header: { alg: 'HS384' } })],
      ['no sub', await sign(site, null)],
      ['an empty sub', await sign(site, ' ')],
      ['no exp', await sign(site, 'x', { expiresInSeconds: null })],
      ['an exp in the past', await sign(site, 'x', { expiresInSeconds: -1 })],
      ['an exp more than an hour ahead', await sign(site, 'x', { expiresInSeconds: HOUR_SECONDS + 120 })],
      ['no token at all', 'x'],
    ];
    for (const [title, token] of refused) {
      const visitorToken = createVisitorToken();
      expect(codeOf(await identify(site, visitorToken, token)), title).to.equal('UNAUTHENTICATED');
      expect((await test.visitor(site, visitorToken)).actor.contactId, title).to.equal(null);
    }
    expect(codeOf(await identify(site, createVisitorToken(), good))).to.equal('OK');
  });

  it('CH-16 after a rotation the new secret and the one before it are both good, older ones are not', async () => {
    let rotated = await withSecret(await addBusiness(test));
    const oldest = await sign(rotated.site, 'x');
    const token = createVisitorToken();
    rotated = await rotate(rotated);
    const older = await sign(rotated.site, 'x');
    expect(codeOf(await identify(rotated.site, token, oldest))).to.equal('OK');
    rotated = await rotate(rotated);
    expect(codeOf(await identify(rotated.site, token, oldest))).to.equal('UNAUTHENTICATED');
    expect(codeOf(await identify(rotated.site, token, older))).to.equal('OK');
    expect(codeOf(await identify(rotated.site, token, await sign(rotated.site, 'x')))).to.equal('OK');
  });

  it('WID-05 a strict site lets an unverified visitor read, write and mark nothing', async () => {
    const token = createVisitorToken();
    const { site } = strict;
    dataOf(await identify(site, token, await sign(site, 'sara', { expiresInSeconds: 600 })));
    const verified = await test.visitor(site, token);
    const { conversation } = dataOf(await test.asVisitor(verified, 'conversation:start', { body: 'Hi' }));
    test.clock.advance(11 * 60_000);
    const late = await test.visitor(site, token);
    expect(late.actor.verified).to.equal(false);
    const conversationId = conversation.id;
    for (const visitor of [late, await test.visitor(site)]) {
      const results = await Promise.all([
        test.asVisitor(visitor, 'conversation:start', { body: 'Hi' }),
        test.asVisitor(visitor, 'conversation:list', {}),
        test.asVisitor(visitor, 'conversation:check', {}),
        test.asVisitor(visitor, 'conversation:sync', { conversationId, epoch: null, after: 0 }),
        test.asVisitor(visitor, 'message:send', { conversationId, body: 'x' }),
        test.asVisitor(visitor, 'conversation:mark', { conversationId, readUpTo: 1 }),
        test.asVisitor(visitor, 'typing:set', { conversationId, on: true }),
      ]);
      for (const result of results) expect(codeOf(result)).to.equal('UNAUTHENTICATED');
      expect(await test.chat.listVisitorHeads(visitor)).to.deep.equal([]);
    }
    dataOf(await identify(site, token, await sign(site, 'sara')));
    expect(await listIds(site, token)).to.deep.equal([conversationId]);
  });

  it("WID-06 CH-17 proving an identity brings along one's own anonymous conversation, once, and no one else's", async () => {
    const { site } = business;
    const mine = await startConversation(test, site, 'mine');
    const theirs = await startConversation(test, site, 'theirs');
    const identityToken = await sign(site, 'merger');
    dataOf(await identify(site, mine.token, identityToken));
    dataOf(await identify(site, mine.token, identityToken));
    expect(await listIds(site, mine.token)).to.deep.equal([mine.id]);
    expect(await listIds(site, theirs.token)).to.deep.equal([theirs.id]);
    const phone = createVisitorToken();
    dataOf(await identify(site, phone, await sign(site, 'merger')));
    expect(await listIds(site, phone)).to.deep.equal([mine.id]);
    const visitor = await test.visitor(site, mine.token);
    const { entries } = dataOf(
      await test.asVisitor(visitor, 'conversation:sync', { conversationId: mine.id, epoch: mine.epoch, after: 0 }),
    );
    expect(entries.map((entry) => entry.body)).to.deep.equal(['mine']);
  });

  it('WID-06 a second person at the same browser does not inherit the first one', async () => {
    const { site } = business;
    const token = createVisitorToken();
    dataOf(await identify(site, token, await sign(site, 'first')));
    const first = await test.visitor(site, token);
    dataOf(await test.asVisitor(first, 'conversation:start', { body: 'secret of the first' }));
    dataOf(await identify(site, token, await sign(site, 'second')));
    expect(await listIds(site, token)).to.deep.equal([]);
  });

  it('WID-06 once nobody vouches any more, what other devices wrote is closed again', async () => {
    const { site } = business;
    const laptop = await startConversation(test, site, 'from the laptop');
    const phone = await startConversation(test, site, 'from the phone');
    for (const { token } of [laptop, phone]) dataOf(await identify(site, token, await sign(site, 'two-devices')));
    expect(await listIds(site, phone.token)).to.have.members([laptop.id, phone.id]);
    test.clock.advance(11 * 60_000);
    expect(await listIds(site, phone.token)).to.deep.equal([phone.id]);
    const late = await test.visitor(site, phone.token);
    const page = { conversationId: laptop.id, epoch: null, after: 0 };
    expect(codeOf(await test.asVisitor(late, 'conversation:sync', page))).to.equal('NOT_FOUND');
  });

  it('CH-17 a message that is retried after the identity was proved is still one message', async () => {
    const { site } = business;
    const started = await startConversation(test, site, 'hello');
    const input = { conversationId: started.id, body: 'again' };
    const key = (await import('@frontdesk/protocol/ids')).createIdempotencyKey();
    const first = dataOf(await test.asVisitor(started.visitor, 'message:send', input, key));
    dataOf(await identify(site, started.token, await sign(site, 'retrier')));
    const later = await test.visitor(site, started.token);
    expect(dataOf(await test.asVisitor(later, 'message:send', input, key))).to.deep.equal({
      ...first,
      duplicate: true,
    });
  });

  it('WID-06 signing out makes the token worthless and closes its sockets', async () => {
    const { site } = business;
    const started = await startConversation(test, site);
    test.closedRooms.length = 0;
    dataOf(await test.asVisitor(started.visitor, 'visitor:forget', {}));
    expect(test.closedRooms).to.deep.equal([
      { room: rooms.visitorToken(business.tenantId, started.visitor.actor.tokenHash), reason: 'forgotten' },
    ]);
    const refused = await test.visitor(site, started.token).catch((error: { code: string }) => error.code);
    expect(refused).to.equal('UNAUTHENTICATED');
  });

  it('TEN-04 the same external id on two websites is two people', async () => {
    const other = await withSecret(await addBusiness(test));
    const tokens = [createVisitorToken(), createVisitorToken()] as const;
    dataOf(await identify(business.site, tokens[0], await sign(business.site, 'same')));
    dataOf(await identify(other.site, tokens[1], await sign(other.site, 'same')));
    const [here, there] = [await test.visitor(business.site, tokens[0]), await test.visitor(other.site, tokens[1])];
    expect(here.actor.contactId).to.not.equal(there.actor.contactId);
    expect(await test.contacts.findContact(there, here.actor.contactId!)).to.equal(undefined);
  });

  it('what the website vouched for is not overwritten by what the visitor types', async () => {
    const { site } = business;
    const token = createVisitorToken();
    dataOf(await identify(site, token, await sign(site, 'vouched', { claims: { name: 'Real Name' } })));
    const visitor = await test.visitor(site, token);
    dataOf(
      await test.asVisitor(visitor, 'conversation:start', { body: 'Hi', name: 'Fake', email: 'fake@people.test' }),
    );
    const contact = await test.contacts.findContact(visitor, visitor.actor.contactId!);
    expect(contact).to.include({ name: 'Real Name', email: null });
  });
});
