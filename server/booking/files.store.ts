/** Repository of files that answer questions. Bytes come and go sealed; who may have them is for the service to say. */
import { trusted, Types } from 'mongoose';
import type { BookingFileId, TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { Scoped } from './booking.types.js';
import type { FileModels, FileRecord } from './files.model.js';

export interface StoredFile extends Omit<FileRecord, '_id' | 'tenantId'> {
  readonly id: BookingFileId;
  readonly tenantId: TenantId;
}

export interface FileClaim {
  readonly holder: string;
  readonly ownerId: string;
  /** Owners it may be taken from; null for none. */
  readonly from: readonly (string | null)[];
  readonly expiresAt: Date;
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);

const toFile = ({ _id, tenantId, ...file }: FileRecord): StoredFile => ({
  ...file,
  id: _id.toHexString() as BookingFileId,
  tenantId: tenantId.toHexString() as TenantId,
});

export type FileStore = ReturnType<typeof createFileStore>;

export function createFileStore({ File, Part }: FileModels) {
  const byId = (context: Scoped, id: BookingFileId) => ({ ...scope(context), _id: objectId(id) });
  const byIds = (context: Scoped, ids: readonly BookingFileId[]) => ({
    ...scope(context),
    _id: trusted({ $in: ids.map(objectId) }),
  });

  return {
    async find(context: Scoped, id: BookingFileId): Promise<StoredFile | undefined> {
      const record = await File.findOne(byId(context, id)).lean<FileRecord>();
      return record ? toFile(record) : undefined;
    },
    /** Whose file an address speaks of, before its signature is believed. */
    async findByAddress(id: BookingFileId): Promise<StoredFile | undefined> {
      const record = await File.findOne({ _id: objectId(id) })
        .setOptions({ crossTenant: 'the address of a file names it, and its signature the tenant' })
        .lean<FileRecord>();
      return record ? toFile(record) : undefined;
    },
    /** Made once per id: a second try answers with the first one's. */
    async insert(context: Scoped, { id, ...file }: Omit<StoredFile, 'tenantId'>): Promise<StoredFile> {
      try {
        await File.create({ ...byId(context, id), ...file });
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
      }
      const stored = await this.find(context, id);
      if (!stored) throw new Error('A file was removed while it was made.');
      return stored;
    },
    async countWaiting(context: Scoped, holder: string): Promise<number> {
      return File.countDocuments({ ...scope(context), holder, expiresAt: trusted({ $exists: true }) });
    },
    async list(context: Scoped, ids: readonly BookingFileId[]): Promise<StoredFile[]> {
      return (await File.find(byIds(context, ids)).lean<FileRecord[]>()).map(toFile);
    },
    async listOfOwner(context: Scoped, ownerId: string): Promise<StoredFile[]> {
      const records = await File.find({ ...scope(context), ownerId, isReady: true })
        .sort({ createdAt: 1, _id: 1 })
        .lean<FileRecord[]>();
      return records.map(toFile);
    },
    async update(
      context: Scoped,
      id: BookingFileId,
      set: Partial<Pick<StoredFile, 'name' | 'type' | 'isReady'>>,
    ): Promise<StoredFile | undefined> {
      const record = await File.findOneAndUpdate(
        byId(context, id),
        { $set: set },
        { returnDocument: 'after' },
      ).lean<FileRecord>();
      return record ? toFile(record) : undefined;
    },
    /** Those of this visitor that no booking keeps, and one of `from` has, are this owner's from now on. Answers how many are. */
    async claim(context: Scoped, ids: readonly BookingFileId[], claim: FileClaim): Promise<number> {
      const { holder, ownerId, from, expiresAt } = claim;
      const own = { ...byIds(context, ids), holder, isReady: true };
      const free = { ownerId: trusted({ $in: [...from] }), expiresAt: trusted({ $exists: true }) };
      await File.updateMany({ ...own, ...free }, { $set: { ownerId, expiresAt } });
      // A twin of the same request may have come first, and kept them.
      return File.countDocuments({ ...own, ownerId });
    },
    async keep(context: Scoped, ownerId: string): Promise<void> {
      await File.updateMany({ ...scope(context), ownerId }, { $unset: { expiresAt: 1 } });
    },
    async writePart(context: Scoped, fileId: BookingFileId, part: number, bytes: Buffer): Promise<void> {
      const place = { ...scope(context), fileId: objectId(fileId), part };
      await Part.updateOne(place, { $set: { bytes } }, { upsert: true });
    },
    async readPart(context: Scoped, fileId: BookingFileId, part: number): Promise<Buffer | undefined> {
      const record = await Part.findOne({ ...scope(context), fileId: objectId(fileId), part });
      return record?.bytes;
    },
    async countParts(context: Scoped, fileId: BookingFileId): Promise<number> {
      return Part.countDocuments({ ...scope(context), fileId: objectId(fileId) });
    },
    /** From now on nothing can take it; false when something did in the meantime. */
    async doom(context: Scoped, fileId: BookingFileId, now: Date): Promise<boolean> {
      const expired = { ...byId(context, fileId), expiresAt: trusted({ $lte: now }) };
      const { matchedCount } = await File.updateOne(expired, { $set: { isReady: false, holder: 'nobody' } });
      return matchedCount === 1;
    },
    /** The parts first: whoever dies in between leaves a file that is found and removed again. */
    async remove(context: Scoped, fileId: BookingFileId): Promise<void> {
      await Part.deleteMany({ ...scope(context), fileId: objectId(fileId) });
      await File.deleteOne(byId(context, fileId));
    },
    async removeParts(context: Scoped, fileId: BookingFileId): Promise<void> {
      await Part.deleteMany({ ...scope(context), fileId: objectId(fileId) });
    },
    async listExpired(now: Date, limit: number): Promise<StoredFile[]> {
      const records = await File.find({ expiresAt: trusted({ $lte: now }) })
        .setOptions({ crossTenant: 'the sweep serves every tenant' })
        .sort({ expiresAt: 1 })
        .limit(limit)
        .lean<FileRecord[]>();
      return records.map(toFile);
    },
  };
}
