/** Repository of pairing codes. They belong to no tenant; what has expired counts as gone, also before the store removes it. */
import { trusted, type Model } from 'mongoose';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { duplicateKeyFields } from '../core/errors.js';
import type { PairingRecord } from './devices.model.js';

export interface Pairing {
  readonly tokenHash: string;
  readonly kind: DeviceKind;
  readonly code: string;
  readonly expiresAt: Date;
}

export interface PairingStore {
  findByToken(tokenHash: string, now: Date): Promise<Pairing | undefined>;
  findByCode(code: string, now: Date): Promise<Pairing | undefined>;
  /** `code-taken`: another device shows this code; `token-taken`: somebody made one for this device a moment ago. */
  insert(pairing: Pairing, now: Date): Promise<'inserted' | 'code-taken' | 'token-taken'>;
  remove(tokenHash: string): Promise<void>;
}

function toPairing({ tokenHash, kind, code, expiresAt }: PairingRecord): Pairing {
  return { tokenHash, kind, code, expiresAt };
}

export function createPairingStore(Record: Model<PairingRecord>): PairingStore {
  async function find(by: { readonly tokenHash: string } | { readonly code: string }, now: Date) {
    const record = await Record.findOne({ ...by, expiresAt: trusted({ $gt: now }) }).lean<PairingRecord>();
    return record ? toPairing(record) : undefined;
  }
  return {
    findByToken: (tokenHash, now) => find({ tokenHash }, now),
    findByCode: (code, now) => find({ code }, now),
    async insert(pairing, now) {
      const isOver = { expiresAt: trusted({ $lte: now }) };
      await Record.deleteMany({ tokenHash: pairing.tokenHash, ...isOver });
      await Record.deleteMany({ code: pairing.code, ...isOver });
      try {
        await Record.create(pairing);
        return 'inserted';
      } catch (error) {
        const fields = duplicateKeyFields(error);
        if (!fields) throw error;
        return fields.includes('code') ? 'code-taken' : 'token-taken';
      }
    },
    async remove(tokenHash) {
      await Record.deleteOne({ tokenHash });
    },
  };
}
