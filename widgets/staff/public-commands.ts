/** Calls the public commands (sign-in, refresh, mailed tokens). HTTP only, because they set and read the cookie. */
import type { publicCommands } from '@frontdesk/protocol/auth';
import { HEADERS, type CommandTypes } from '@frontdesk/protocol/command';
import type { Result } from '@frontdesk/protocol/result';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { createUnknownOutcome, isResult } from '../core/client/outcome.js';

export type PublicCommands = CommandTypes<typeof publicCommands>;
export type CallPublic = <Name extends keyof PublicCommands>(
  name: Name,
  input: PublicCommands[Name]['input'],
) => Promise<Result<PublicCommands[Name]['output']>>;

const TIMEOUT_MS = 15_000;

export function createPublicCaller(server: string): CallPublic {
  return async <Name extends keyof PublicCommands>(name: Name, input: PublicCommands[Name]['input']) => {
    try {
      const response = await fetch(`${server}/v1/public/${name}`, {
        method: 'POST',
        // The refresh cookie belongs to the server's origin, which need not be the page's.
        credentials: 'include',
        headers: {
          'Content-Type': 'application/json',
          [HEADERS.csrf]: '1',
          [HEADERS.protocol]: String(PROTOCOL_VERSION),
        },
        body: JSON.stringify(input),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      if (isResult(body)) return body as Result<PublicCommands[Name]['output']>;
      return createUnknownOutcome('The answer was not ours.');
    } catch {
      return createUnknownOutcome('No answer.');
    }
  };
}
