/** Asks the server for what the message form needs, over HTTP alone: a form needs no live connection. */
import type { cardVisitorCommands } from '@frontdesk/protocol/cards';
import type { CommandTypes } from '@frontdesk/protocol/command';
import { createVisitorToken, type IdempotencyKey, type VisitorToken } from '@frontdesk/protocol/ids';
import { ACK_TIMEOUT_MS } from '@frontdesk/protocol/limits';
import type { proofVisitorCommands } from '@frontdesk/protocol/proof';
import type { Result } from '@frontdesk/protocol/result';
import { postCommand } from '../core/client/http-transport.js';
import type { CardEnvironment } from './card-environment.js';

export type CardCommands = CommandTypes<typeof cardVisitorCommands & typeof proofVisitorCommands>;

export interface CardRequestOptions {
  readonly idempotencyKey?: IdempotencyKey;
  /** Who writes; by default nobody who could be known again. */
  readonly token?: VisitorToken;
}

export type CardRequest = <Name extends keyof CardCommands>(
  name: Name,
  input: CardCommands[Name]['input'],
  options?: CardRequestOptions,
) => Promise<Result<CardCommands[Name]['output']>>;

export function createCardClient(
  environment: Pick<CardEnvironment, 'clock' | 'fetch'>,
  serverUrl: string,
  site: string,
): CardRequest {
  const nobody = createVisitorToken();
  return async (name, input, { idempotencyKey, token = nobody } = {}) => {
    const post = { serverUrl, audience: 'visitor', name, input, token, site, idempotencyKey } as const;
    const result = await postCommand(environment, {
      ...post,
      timeoutMs: ACK_TIMEOUT_MS,
      keepalive: false,
      signal: undefined,
    });
    return result as Result<CardCommands[typeof name]['output']>;
  };
}
