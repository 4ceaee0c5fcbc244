/** Codes that were sent to addresses, one document for each asker, service and address; forgotten soon after they are of no use. */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { Locale } from '@frontdesk/protocol/locales';
import type { VerificationChannel } from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface VerificationRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  /** Digest of who asked, for which service, and of the address. */
  key: string;
  channel: VerificationChannel;
  /** There until the code was sent. */
  address: string | null;
  serviceId: string;
  locale: Locale;
  /** Names the code. Nothing here says what it is: it follows from this and the server's secret. */
  nonce: string;
  /** Idempotency key of the request. */
  askedBy: string;
  resendAt: Date;
  expiresAt: Date;
  /** Right ones too; counted by the write that judges them. */
  tries: number;
  /** In the order of counting. */
  checks: { key: string; hash: string; isRight: boolean }[];
  verifiedUntil: Date | null;
  /** The booking that it was spent on, by the write that made it. */
  usedBy: string | null;
  /** Tries of that write that were not refused: they booked, are on their way, or nobody knows. */
  uses: number;
  forgetAt: Date;
}

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;

const verificationSchema = new Schema<VerificationRecord>(
  {
    key: text,
    channel: text,
    address: { type: String, default: null },
    serviceId: text,
    locale: text,
    nonce: text,
    askedBy: text,
    resendAt: instant,
    expiresAt: instant,
    tries: { type: Number, required: true },
    checks: [{ type: Schema.Types.Mixed, required: true }],
    verifiedUntil: { type: Date, default: null },
    usedBy: { type: String, default: null },
    uses: { type: Number, default: 0 },
    forgetAt: instant,
  },
  { collection: 'booking_verifications', strict: 'throw', versionKey: false },
);
verificationSchema.plugin(tenantScope);
verificationSchema.index({ tenantId: 1, key: 1 }, { unique: true });
verificationSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export function createVerificationModel(connection: Connection): Model<VerificationRecord> {
  return connection.model<VerificationRecord>('BookingVerification', verificationSchema);
}
