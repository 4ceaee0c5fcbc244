/**
 * Files as the store keeps them: each part AES-256-GCM under a key of the tenant, as sealed-answers.ts does for text. The file and the
 * number of the part are authenticated with it, so that parts cannot change places. One byte of length, then kid, nonce, tag, bytes.
 *
 * And the addresses at which staff fetch them: the file, until when, and an HMAC over both and the tenant. Nobody keeps them.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { BookingFileId, TenantId } from '@frontdesk/protocol/ids';
import type { Config } from '../config.js';
import { deriveSecret } from '../core/derived.js';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, 8.2: 96 bits. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 12;
const EXPIRY_BYTES = 4;
const MAC_BYTES = 32;

export interface FileName {
  readonly tenantId: TenantId;
  readonly id: BookingFileId;
}

export interface FileSeal {
  seal(file: FileName, part: number, bytes: Uint8Array): Buffer;
  /** Throws when the bytes were changed, belong elsewhere, or their secret is gone. */
  open(file: FileName, part: number, sealed: Buffer): Buffer;
}

const nameOf = ({ id }: FileName, part: number): Buffer => Buffer.from(`${id} ${part}`);

export function createFileSeal({ jwtSecrets }: Pick<Config, 'jwtSecrets'>): FileSeal {
  const keyOf = (secret: Buffer, tenantId: TenantId): Buffer => deriveSecret(secret, `booking-files ${tenantId}`);
  return {
    seal(file, part, bytes) {
      const [newest] = jwtSecrets;
      if (!newest) throw new Error('The server has no secret.');
      const kid = Buffer.from(newest.kid);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keyOf(newest.secret, file.tenantId), nonce).setAAD(nameOf(file, part));
      const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([Buffer.of(kid.length), kid, nonce, cipher.getAuthTag(), body]);
    },
    open(file, part, sealed) {
      const end = 1 + (sealed[0] ?? 0);
      const kid = sealed.subarray(1, end).toString();
      const known = jwtSecrets.find((secret) => secret.kid === kid);
      if (!known) throw new Error('The secret that sealed a file is not configured any more.');
      const nonce = sealed.subarray(end, end + NONCE_BYTES);
      const tag = sealed.subarray(end + NONCE_BYTES, end + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(CIPHER, keyOf(known.secret, file.tenantId), nonce)
        .setAAD(nameOf(file, part))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(end + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}

export interface FileLinks {
  create(file: FileName, expiresAtMs: number): string;
  /** The file that a token speaks of, before anything is believed; undefined for what is no token. */
  peek(token: string): BookingFileId | undefined;
  check(file: FileName, token: string, nowMs: number): boolean;
}

export function createFileLinks({ jwtSecrets }: Pick<Config, 'jwtSecrets'>): FileLinks {
  const keys = jwtSecrets.map(({ secret }) => deriveSecret(secret, 'booking-file-link'));
  const sign = (key: Buffer, { tenantId }: FileName, head: Buffer): Buffer =>
    createHmac('sha256', key).update(`${tenantId} `).update(head).digest();

  function decode(token: string): Buffer | undefined {
    const bytes = Buffer.from(token, 'base64url');
    // The decoder forgives what does not belong; a token has one spelling.
    const isWhole = bytes.length === ID_BYTES + EXPIRY_BYTES + MAC_BYTES && bytes.toString('base64url') === token;
    return isWhole ? bytes : undefined;
  }

  return {
    create(file, expiresAtMs) {
      const [key] = keys;
      if (!key) throw new Error('The server has no secret.');
      const head = Buffer.alloc(ID_BYTES + EXPIRY_BYTES);
      head.write(file.id, 'hex');
      head.writeUInt32BE(Math.floor(expiresAtMs / 1_000), ID_BYTES);
      return Buffer.concat([head, sign(key, file, head)]).toString('base64url');
    },
    peek: (token) => decode(token)?.subarray(0, ID_BYTES).toString('hex') as BookingFileId | undefined,
    check(file, token, nowMs) {
      const bytes = decode(token);
      if (!bytes || nowMs >= bytes.readUInt32BE(ID_BYTES) * 1_000) return false;
      const head = bytes.subarray(0, ID_BYTES + EXPIRY_BYTES);
      const given = bytes.subarray(ID_BYTES + EXPIRY_BYTES);
      if (head.subarray(0, ID_BYTES).toString('hex') !== file.id) return false;
      return keys.some((key) => timingSafeEqual(sign(key, file, head), given));
    },
  };
}
