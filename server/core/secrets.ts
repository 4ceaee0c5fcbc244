/** Random and hashed values (SEC-03): everything unguessable comes from the platform's CSPRNG through here. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in base64url (43 characters). */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in base64url. Enough for secrets of 128 bits and more; passwords go through bcrypt. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` random characters of [0-9A-Za-z], without modulo bias. */
export function createBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 248 && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}
