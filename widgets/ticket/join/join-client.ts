/** Asks the server as a visitor of the business, over HTTP alone: joining needs no live connection, and stores no visitor. */
import type { CommandTypes } from '@frontdesk/protocol/command';
import { createVisitorToken, type SiteKey, type TicketToken } from '@frontdesk/protocol/ids';
import type { JoinProof, queueVisitorCommands } from '@frontdesk/protocol/queue-phone';
import type { Result } from '@frontdesk/protocol/result';
import { ACK_TIMEOUT_MS } from '@frontdesk/protocol/limits';
import type { ClientEnvironment } from '../../core/client/environment.js';
import { postCommand } from '../../core/client/http-transport.js';
import { isRetryable } from '../../core/client/outcome.js';
import type { JoinSessionOptions } from './join-session.js';

export type JoinCommands = CommandTypes<typeof queueVisitorCommands>;

export interface JoinClient {
  readonly request: JoinSessionOptions['request'];
  readonly knows: JoinSessionOptions['knows'];
}

export function createJoinClient(environment: ClientEnvironment, serverUrl: string, site: SiteKey): JoinClient {
  const visitor = createVisitorToken();
  const common = { serverUrl, keepalive: false, signal: undefined, timeoutMs: ACK_TIMEOUT_MS };
  return {
    async request(name, input, { idempotencyKey }) {
      const post = { ...common, audience: 'visitor', name, input, token: visitor, site, idempotencyKey } as const;
      return (await postCommand(environment, post)) as Result<JoinCommands[typeof name]['output']>;
    },
    async knows(token: TicketToken) {
      const ask = { ...common, audience: 'ticket', name: 'ticket:read', input: {}, token, site: null } as const;
      const result = await postCommand(environment, { ...ask, idempotencyKey: undefined });
      if (result.ok) return true;
      return isRetryable(result.error) ? null : false;
    },
  };
}

const POSITION_TIMEOUT_MS = 15_000;

/** Once and now; rejects when the phone or its owner does not tell. */
export function findPosition(): Promise<Extract<JoinProof, { kind: 'position' }>> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('This browser knows no positions.'));
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({ kind: 'position', latitude, longitude, accuracyMeters: Math.min(accuracy, 100_000) }),
      () => reject(new Error('The phone did not say where it is.')),
      { enableHighAccuracy: true, timeout: POSITION_TIMEOUT_MS, maximumAge: 0 },
    );
  });
}
