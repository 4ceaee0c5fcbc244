/** Stored form of files that answer a question: what each is, and its bytes in sealed parts (ADR 0017). */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { FileType } from '@frontdesk/protocol/vocabulary';
import { tenantScope } from '../core/store/tenant-scope.js';

export interface FileRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  /** The visitor's token by its hash. */
  holder: string;
  questionKey: string;
  /** Kinds that the question takes. */
  allowed: FileType[];
  /** As given, until the first part says what it is. */
  name: string;
  size: number;
  type: FileType | null;
  isReady: boolean;
  /** The booking or the entry of a class that has it, by its id; null is nobody yet. */
  ownerId: string | null;
  /** Until when it waits for a booking; absent in one that is kept. */
  expiresAt?: Date;
  createdAt: Date;
}

export interface FilePartRecord {
  tenantId: Types.ObjectId;
  fileId: Types.ObjectId;
  part: number;
  bytes: Buffer;
}

const text = { type: String, required: true } as const;

const fileSchema = new Schema<FileRecord>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    holder: text,
    questionKey: text,
    allowed: { type: [String], required: true },
    name: text,
    size: { type: Number, required: true },
    type: { type: String, default: null },
    isReady: { type: Boolean, required: true },
    ownerId: { type: String, default: null },
    expiresAt: { type: Date },
    createdAt: { type: Date, required: true },
  },
  { collection: 'booking_files', strict: 'throw', versionKey: false },
);
fileSchema.plugin(tenantScope);
fileSchema.index({ tenantId: 1, ownerId: 1 });
/** What a visitor has that no booking took yet. */
fileSchema.index({ tenantId: 1, holder: 1 }, { partialFilterExpression: { expiresAt: { $exists: true } } });
/** What nobody took, of all tenants. No TTL: the parts go first. */
fileSchema.index({ expiresAt: 1 }, { partialFilterExpression: { expiresAt: { $exists: true } } });

const partSchema = new Schema<FilePartRecord>(
  {
    fileId: { type: Schema.Types.ObjectId, required: true },
    part: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
  },
  { collection: 'booking_file_parts', strict: 'throw', versionKey: false },
);
partSchema.plugin(tenantScope);
partSchema.index({ tenantId: 1, fileId: 1, part: 1 }, { unique: true });

export interface FileModels {
  readonly File: Model<FileRecord>;
  readonly Part: Model<FilePartRecord>;
}

export function createFileModels(connection: Connection): FileModels {
  return {
    File: connection.model<FileRecord>('BookingFile', fileSchema),
    Part: connection.model<FilePartRecord>('BookingFilePart', partSchema),
  };
}
