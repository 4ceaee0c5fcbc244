/** What the browser of somebody who books keeps while they type: the time that is held for them. */
import { VISITOR_TOKEN_PATTERN, type VisitorToken } from '@frontdesk/protocol/ids';
import type { HoldDto } from '@frontdesk/protocol/booking-visitor';
import { createSafeStorage, type StorageBackends } from './storage-base.js';

export interface KeptHold {
  /** Whoever shows it holds the time. */
  readonly token: VisitorToken;
  readonly hold: HoldDto;
}

export interface BookingStorage {
  /** Takes it out: of two forms on one page, one goes on with it. */
  takeHold(): KeptHold | null;
  writeHold(kept: KeptHold | null): void;
}

function parse(text: string | null): KeptHold | null {
  try {
    const { token, hold } = JSON.parse(text ?? '{}') as Partial<KeptHold>;
    const isKnown = typeof token === 'string' && VISITOR_TOKEN_PATTERN.test(token);
    return isKnown && typeof hold?.id === 'string' && typeof hold.start === 'string' ? { token, hold } : null;
  } catch {
    return null;
  }
}

export function createBookingStorage(site: string, backends: StorageBackends): BookingStorage {
  const session = createSafeStorage(backends.session, `frontdesk:${site}:`);
  return {
    takeHold() {
      const kept = parse(session.read('booking-hold'));
      if (kept) session.write('booking-hold', null);
      return kept;
    },
    writeHold: (kept) => session.write('booking-hold', kept && JSON.stringify(kept)),
  };
}
