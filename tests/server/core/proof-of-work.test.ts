import { expect } from 'chai';
import { createIdempotencyKey, createVisitorToken, type IdempotencyKey } from '@frontdesk/protocol/ids';
import type { ProofChallenge, ProofOfWork } from '@frontdesk/protocol/proof';
import type { ProofPurpose } from '@frontdesk/protocol/vocabulary';
import type { VisitorContext } from '@frontdesk/server/core/context';
import { createProofOfWork, isSolved, type ProofOfWorkGate } from '@frontdesk/server/core/proof-of-work';
import { openStore, type Store } from '@frontdesk/server/core/store/connect';
import { askProof, solve } from '../../support/proof.js';
import { callHttp, dataOf, startTestServer, type CallOptions, type TestServer } from '../../support/server.js';
import { openShop, SHOP_ORIGIN, type Shop } from '../../support/sockets.js';

describe('proof of work', function proof() {
  this.timeout(20_000);
  let nowMs = Date.now();
  let app: TestServer;
  let shop: Shop;
  let visitor: CallOptions;
  let other: Store;
  let gate: ProofOfWorkGate;
  let context: VisitorContext;

  before(async () => {
    app = await startTestServer({ clock: { now: () => nowMs } });
    shop = await openShop(app);
    const token = createVisitorToken();
    visitor = { audience: 'visitor', token, site: shop.site.publicKey, origin: SHOP_ORIGIN };
    const { core } = app.server;
    const secret = core.config.jwtSecrets[0]?.secret ?? Buffer.alloc(0);
    // Another process that shares store and secret.
    other = await openStore({ uri: core.config.mongodbUri, dataDir: core.config.dataDir, log: app.server.log });
    gate = createProofOfWork({ connection: other.connection, clock: core.clock, secret });
    const credential = { siteKey: shop.site.publicKey, token, origin: SHOP_ORIGIN };
    context = {
      requestId: 'test',
      ipPrefix: '127.0.0.1',
      userAgent: '',
      log: app.server.log,
      ...(await app.server.authenticators.visitor(credential)),
    };
  });
  after(async () => {
    await other.close();
    await app.close();
  });

  const spend = (given: ProofOfWork, key: IdempotencyKey, purpose: ProofPurpose = 'card-message', by = context) =>
    gate.spend({ ...by, idempotencyKey: key }, purpose, given).then(
      () => 'spent',
      (error: { code?: string }) => error.code,
    );

  it('BK-34: is accepted once, by whichever process; a retry of the same command may bring it again', async () => {
    const given = await askProof(app.url, visitor);
    const key = createIdempotencyKey();
    expect(await spend(given, key)).to.equal('spent');
    expect(await spend(given, key)).to.equal('spent');
    expect(await spend(given, createIdempotencyKey())).to.equal('PROOF_REFUSED');
  });

  it('BK-34: of twenty commands at once that bring the same proof one gets through', async () => {
    const given = await askProof(app.url, visitor);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => spend(given, createIdempotencyKey())));
    expect(outcomes.filter((outcome) => outcome === 'spent')).to.have.length(1);
  });

  it('BK-34: is refused for another purpose, on another site, changed in any character, unsolved and when it is too old', async () => {
    const key = createIdempotencyKey();
    const given = await askProof(app.url, visitor);
    expect(await spend(given, key, 'booking')).to.equal('PROOF_REFUSED');
    const elsewhere = { ...context, actor: { ...context.actor, siteId: '0'.repeat(24) as never } };
    expect(await spend(given, key, 'card-message', elsewhere)).to.equal('PROOF_REFUSED');
    const otherTenant = { ...context, tenantId: '1'.repeat(24) as never };
    expect(await spend(given, key, 'card-message', otherTenant)).to.equal('PROOF_REFUSED');
    for (let at = 0; at < given.challenge.length; at += 7) {
      const changed = `${given.challenge.slice(0, at)}_${given.challenge.slice(at + 1)}`;
      if (changed === given.challenge) continue;
      // Solved for what it is now, so that only the signature can refuse it.
      expect(await spend(solve({ challenge: changed, bits: 14 }), key), String(at)).to.equal('PROOF_REFUSED');
    }
    const fresh = dataOf(
      await callHttp<ProofChallenge>(app.url, 'proof:request', { purpose: 'card-message' }, visitor),
    );
    let wrong = 0;
    while (isSolved({ challenge: fresh.challenge, solution: String(wrong) }, fresh.bits)) wrong += 1;
    expect(await spend({ challenge: fresh.challenge, solution: String(wrong) }, key)).to.equal('PROOF_REFUSED');
    nowMs = Date.parse(fresh.expiresAt);
    expect(await spend(solve(fresh), key)).to.equal('PROOF_REFUSED');
  });

  it('BK-34: a challenge is for a visitor of a site, and for a purpose that exists', async () => {
    const ask = (purpose: string, options: CallOptions) => callHttp(app.url, 'proof:request', { purpose }, options);
    expect((await ask('anything', visitor)).result).to.have.nested.property('error.code', 'VALIDATION');
    expect((await ask('booking', { ...visitor, origin: 'https://else.example' })).status).to.equal(403);
    expect(
      (await ask('booking', { audience: 'visitor', site: shop.site.publicKey, origin: SHOP_ORIGIN })).status,
    ).to.equal(401);
  });
});
