/** Who tries tokens one after the other is refused by their address, over HTTP as at the handshake of a socket. */
import { expect } from 'chai';
import { API_KEY_PREFIX, type Audience } from '@frontdesk/protocol/command';
import { createDeviceToken, createTicketToken } from '@frontdesk/protocol/ids';
import { LIMITS } from '@frontdesk/server/core/limits';
import { openBranch } from '../support/phones.js';
import { callHttp, startTestServer, type CallAnswer, type TestServer } from '../support/server.js';

const { points } = LIMITS['wrong-token'];
const AT_ONCE = 50;

interface Guess {
  readonly what: string;
  readonly audience: Audience;
  readonly name: string;
  readonly make: () => string;
  readonly refusal: string;
}

const GUESSES: readonly Guess[] = [
  { what: 'tickets', audience: 'ticket', name: 'ticket:read', make: createTicketToken, refusal: 'NOT_FOUND' },
  { what: 'devices', audience: 'device', name: 'board:read', make: createDeviceToken, refusal: 'UNAUTHENTICATED' },
  {
    what: 'API keys',
    audience: 'staff',
    name: 'location:list',
    make: () => API_KEY_PREFIX + createTicketToken(),
    refusal: 'UNAUTHENTICATED',
  },
];

describe('guessing tokens over HTTP', function guessing() {
  this.timeout(40_000);
  let strict: TestServer;
  beforeEach(async () => {
    strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
  });
  afterEach(() => strict.close());

  const codeOf = ({ result }: CallAnswer<object>): string => (result.ok ? 'OK' : result.error.code);
  const guess = ({ audience, name, make }: Guess) =>
    callHttp<object>(strict.url, name, {}, { audience, token: make() });

  for (const kind of GUESSES) {
    it(`QP-11 LIM-01: guesses at ${kind.what} are counted by address, and then nothing is looked up`, async () => {
      const branch = await openBranch(strict);
      const mine = await branch.issue();
      for (let tries = 0; tries < points; tries += AT_ONCE) {
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => guess(kind)));
        for (const answer of answers) expect(codeOf(answer)).to.equal(kind.refusal);
      }
      const refused = await guess(kind);
      expect([refused.status, codeOf(refused)]).to.deep.equal([429, 'RATE_LIMITED']);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      // Also a right one, and of any kind: it is the address that guesses.
      expect(codeOf(await branch.ask<object>(mine.token, 'ticket:read'))).to.equal('RATE_LIMITED');
    });
  }
});
