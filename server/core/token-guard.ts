/**
 * Stands before every look-up of a secret that came over HTTP (tickets, devices, API keys), as the handshake does for sockets: who
 * shows many that open nothing is refused by their address, before the database is asked again.
 */
import { toAppError } from './errors.js';
import type { Limits } from './limits.js';

/** Runs `authenticate`, or throws RATE_LIMITED without running it. */
export type TokenGuard = <Who>(ipPrefix: string, authenticate: () => Promise<Who>) => Promise<Who>;

export function createTokenGuard(limits: Pick<Limits, 'consume' | 'giveBack'>): TokenGuard {
  return async (ipPrefix, authenticate) => {
    // Taken before the look-up and given back after it: a burst of parallel guesses must not slip through.
    await limits.consume('wrong-token', ipPrefix);
    let isWrong = false;
    try {
      return await authenticate();
    } catch (error) {
      // A store that does not answer has not said that the token is wrong.
      const { code } = toAppError(error);
      isWrong = code === 'UNAUTHENTICATED' || code === 'NOT_FOUND';
      throw error;
    } finally {
      if (!isWrong) await limits.giveBack('wrong-token', ipPrefix);
    }
  };
}
