/** What a paired screen or kiosk keeps: its token, what it showed last, and when it started itself anew. */
import { TOKEN_PATTERN, type DeviceToken } from '@frontdesk/protocol/ids';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { createSafeStorage, type StorageBackends } from './storage-base.js';

export interface DeviceStorage {
  /** The page brought the token of a device that is paired already, so nobody need be asked for a code. */
  readonly isTokenGiven: boolean;
  readToken(): DeviceToken | null;
  writeToken(token: DeviceToken): void;
  /** As it was written; null when there is none, or it cannot be read. The caller checks its shape. */
  readSnapshot(): unknown;
  writeSnapshot(snapshot: object): void;
  /** Epoch milliseconds, oldest first. */
  readRestarts(): readonly number[];
  writeRestarts(at: readonly number[]): void;
  /** Removes everything: the device was taken out of its business. */
  forget(): void;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** `given`: the token that the page brought; with another one than before, the device is another one. */
export function createDeviceStorage(
  kind: DeviceKind,
  backends: StorageBackends,
  given: string | null = null,
): DeviceStorage {
  const prefix = `frontdesk:device:${kind}:`;
  const local = createSafeStorage(backends.local, prefix);
  const session = createSafeStorage(backends.session, prefix);
  const isTokenGiven = given !== null && TOKEN_PATTERN.test(given);
  if (isTokenGiven && local.read('token') !== given) {
    local.clear();
    session.clear();
    local.write('token', given);
  }
  return {
    isTokenGiven,
    readToken() {
      const token = local.read('token');
      return token !== null && TOKEN_PATTERN.test(token) ? (token as DeviceToken) : null;
    },
    writeToken: (token) => local.write('token', token),
    readSnapshot: () => parse(local.read('snapshot')),
    writeSnapshot: (snapshot) => local.write('snapshot', JSON.stringify(snapshot)),
    readRestarts() {
      const at = parse(session.read('restarts'));
      return Array.isArray(at) ? at.filter((one): one is number => typeof one === 'number') : [];
    },
    writeRestarts: (at) => session.write('restarts', JSON.stringify(at)),
    forget() {
      local.clear();
      session.clear();
    },
  };
}
