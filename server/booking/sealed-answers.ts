/**
 * Sensitive answers as the store keeps them (booking.md 5.7): AES-256-GCM under a key of the tenant, which follows from the server's
 * secret. The booking's id is authenticated with them, so that an answer cannot be carried over to somebody else's booking.
 *
 * `kid.nonce.tag.text`: the secret that sealed it is named, so that answers stay readable while an older secret is still configured.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Answers } from '@frontdesk/protocol/booking-fields';
import type { BookingId, TenantId } from '@frontdesk/protocol/ids';
import type { Config } from '../config.js';
import { deriveSecret } from '../core/derived.js';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, 8.2: 96 bits. */
const NONCE_BYTES = 12;

export interface BookingName {
  readonly tenantId: TenantId;
  readonly id: BookingId;
}

export interface AnswerSeal {
  /** null when there is nothing to keep. */
  seal(booking: BookingName, answers: Answers): string | null;
  /** Throws when the text was changed, belongs to another booking, or its secret is gone. */
  open(booking: BookingName, sealed: string | null): Answers;
}

export function createAnswerSeal({ jwtSecrets }: Pick<Config, 'jwtSecrets'>): AnswerSeal {
  const keyOf = (secret: Buffer, tenantId: TenantId): Buffer => deriveSecret(secret, `booking-answers ${tenantId}`);
  return {
    seal({ tenantId, id }, answers) {
      const [newest] = jwtSecrets;
      if (Object.keys(answers).length === 0) return null;
      if (!newest) throw new Error('The server has no secret.');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keyOf(newest.secret, tenantId), nonce).setAAD(Buffer.from(id));
      const text = Buffer.concat([cipher.update(JSON.stringify(answers), 'utf8'), cipher.final()]);
      const parts = [Buffer.from(newest.kid), nonce, cipher.getAuthTag(), text];
      return parts.map((part) => part.toString('base64url')).join('.');
    },
    open({ tenantId, id }, sealed) {
      if (sealed === null) return {};
      const [kid = '', nonce = '', tag = '', text = ''] = sealed.split('.');
      const name = Buffer.from(kid, 'base64url').toString();
      const known = jwtSecrets.find((secret) => secret.kid === name);
      if (!known) throw new Error('The secret that sealed an answer is not configured any more.');
      const decipher = createDecipheriv(CIPHER, keyOf(known.secret, tenantId), Buffer.from(nonce, 'base64url'))
        .setAAD(Buffer.from(id))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]);
      return JSON.parse(plain.toString('utf8')) as Answers;
    },
  };
}
