import { expect } from 'chai';
import { AppError } from '@frontdesk/server/core/errors';
import { createLimits, LIMITS } from '@frontdesk/server/core/limits';
import { createTokenGuard } from '@frontdesk/server/core/token-guard';

const { points } = LIMITS['wrong-token'];

describe('the guard before the look-up of tokens', () => {
  const newGuard = () => createTokenGuard(createLimits({ multiplier: 1 }));
  const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'none');

  it('QP-11 LIM-01: guesses at once are counted before any of them is looked up, and those too many are not looked up', async () => {
    const guard = newGuard();
    let lookedUp = 0;
    const guess = () =>
      guard('192.0.2.1', async () => {
        lookedUp += 1;
        await new Promise((resolve) => setImmediate(resolve));
        throw new AppError('NOT_FOUND');
      }).catch(codeOf);
    const codes = await Promise.all(Array.from({ length: points + 20 }, guess));
    expect(lookedUp).to.equal(points);
    expect(codes.slice(0, points)).to.deep.equal(Array.from({ length: points }, () => 'NOT_FOUND'));
    expect(codes.slice(points)).to.deep.equal(Array.from({ length: 20 }, () => 'RATE_LIMITED'));
    expect(await guard('192.0.2.2', async () => 'somebody')).to.equal('somebody');
  });

  it('QP-11: what opens something is not counted, nor is what a failing store could not say', async () => {
    const guard = newGuard();
    for (let at = 0; at < points; at += 1) {
      await guard('192.0.2.1', async () => 'somebody');
      const lost = guard('192.0.2.1', () => Promise.reject(new AppError('STORE_UNAVAILABLE')));
      expect(await lost.catch(codeOf)).to.equal('STORE_UNAVAILABLE');
    }
    expect(await guard('192.0.2.1', async () => 'somebody')).to.equal('somebody');
  });
});
