/**
 * The token in the link that changes a booking (booking.md 5.7): which booking, until when, and an HMAC-SHA256 over both, the tenant, the
 * purpose and the booking's salt. Nobody keeps it: it follows from the booking, so that an answer that was lost can be given again, and
 * dies when the salt changes.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BookingId } from '@frontdesk/protocol/ids';
import type { Config } from '../config.js';
import { deriveSecret } from '../core/derived.js';
import type { Allocation } from './booking.types.js';

/**
 * `calendar` opens the visit as a file and nothing else, because it stands in an address that servers write down; `seat` speaks of seats
 * in a class.
 */
export type LinkPurpose = 'manage' | 'calendar' | 'seat';

const ID_BYTES = 12;
const EXPIRY_BYTES = 4;
const MAC_BYTES = 32;
const TOKEN_BYTES = ID_BYTES + EXPIRY_BYTES + MAC_BYTES;
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** A link still shows what was booked on the day after the visit. */
const AFTER_VISIT_MS = dayMs;
/** Staff may have moved the visit to a later day than it was when the link was made. */
const SPARE_MS = 30 * dayMs;

type Linked = Pick<Allocation, 'id' | 'tenantId' | 'manageSalt' | 'replacedSalt' | 'end'>;

export interface ManageLinks {
  create(booking: Linked, purpose?: LinkPurpose): string;
  /** The booking that a token speaks of, before anything is believed; undefined for what is no token. */
  peek(token: string): BookingId | undefined;
  /** `replaced`: the link that the last move replaced. */
  check(booking: Linked, token: string, nowMs: number, purpose?: LinkPurpose): 'valid' | 'replaced' | 'refused';
}

export function createManageLinks({ jwtSecrets }: Pick<Config, 'jwtSecrets'>): ManageLinks {
  const keys = jwtSecrets.map(({ secret }) => deriveSecret(secret, 'booking-link'));

  function sign(key: Buffer, { tenantId }: Linked, salt: string, purpose: LinkPurpose, head: Buffer): Buffer {
    return createHmac('sha256', key).update(`${purpose} ${tenantId} ${salt} `).update(head).digest();
  }

  function decode(token: string): Buffer | undefined {
    const bytes = Buffer.from(token, 'base64url');
    // The decoder forgives what does not belong; a token has one spelling.
    return bytes.length === TOKEN_BYTES && bytes.toString('base64url') === token ? bytes : undefined;
  }

  return {
    create(booking, purpose = 'manage') {
      const [key] = keys;
      if (!key) throw new Error('The server has no secret.');
      const head = Buffer.alloc(ID_BYTES + EXPIRY_BYTES);
      head.write(booking.id, 'hex');
      head.writeUInt32BE(Math.ceil((booking.end.getTime() + SPARE_MS) / minuteMs), ID_BYTES);
      return Buffer.concat([head, sign(key, booking, booking.manageSalt, purpose, head)]).toString('base64url');
    },
    peek(token) {
      return decode(token)?.subarray(0, ID_BYTES).toString('hex') as BookingId | undefined;
    },
    check(booking, token, nowMs, purpose = 'manage') {
      const bytes = decode(token);
      if (!bytes) return 'refused';
      const head = bytes.subarray(0, ID_BYTES + EXPIRY_BYTES);
      const given = bytes.subarray(ID_BYTES + EXPIRY_BYTES);
      const isOver = nowMs >= booking.end.getTime() + AFTER_VISIT_MS;
      if (isOver || nowMs >= head.readUInt32BE(ID_BYTES) * minuteMs) return 'refused';
      const fits = (salt: string | null): boolean =>
        salt !== null && keys.some((key) => timingSafeEqual(sign(key, booking, salt, purpose, head), given));
      if (fits(booking.manageSalt)) return 'valid';
      return fits(booking.replacedSalt) ? 'replaced' : 'refused';
    },
  };
}
