/** What the phone of somebody who waits keeps: the ticket that it joined with, and what it showed last. */
import { TOKEN_PATTERN, type LocationId, type TicketToken } from '@frontdesk/protocol/ids';
import { createSafeStorage, type StorageBackends } from './storage-base.js';

/** Made before the first try, so that a lost answer or a reload leads to the same ticket (QP-5). */
export interface HeldTicket {
  readonly token: TicketToken;
  /** False until the server said that it knows the ticket. */
  readonly isIssued: boolean;
}

export interface TicketStorage {
  readHeld(locationId: LocationId): HeldTicket | null;
  writeHeld(locationId: LocationId, held: HeldTicket | null): void;
  /** The ticket that was shown last, for a page that was opened without its link: from a notice, or from the Home Screen. */
  readLast(): TicketToken | null;
  /** What was shown last of this ticket; null for any other. The caller checks its shape. */
  readSnapshot(token: TicketToken): unknown;
  writeSnapshot(token: TicketToken, snapshot: object): void;
  /** The ticket is over: nothing of it stays. */
  forget(token: TicketToken): void;
}

const heldName = (locationId: LocationId): string => `held:${locationId}`;

function parse(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function toHeld(value: Record<string, unknown> | null): HeldTicket | null {
  const { token, isIssued } = value ?? {};
  if (typeof token !== 'string' || !TOKEN_PATTERN.test(token)) return null;
  return { token: token as TicketToken, isIssued: isIssued === true };
}

export function createTicketStorage(backends: StorageBackends): TicketStorage {
  const local = createSafeStorage(backends.local, 'frontdesk:ticket:');
  return {
    readHeld: (locationId) => toHeld(parse(local.read(heldName(locationId)))),
    writeHeld: (locationId, held) => local.write(heldName(locationId), held && JSON.stringify(held)),
    readLast() {
      const token = parse(local.read('snapshot'))?.['token'];
      return typeof token === 'string' && TOKEN_PATTERN.test(token) ? (token as TicketToken) : null;
    },
    readSnapshot(token) {
      const stored = parse(local.read('snapshot'));
      return stored?.['token'] === token ? stored['snapshot'] : null;
    },
    writeSnapshot: (token, snapshot) => local.write('snapshot', JSON.stringify({ token, snapshot })),
    forget(token) {
      if (parse(local.read('snapshot'))?.['token'] === token) local.write('snapshot', null);
    },
  };
}
