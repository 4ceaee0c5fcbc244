/**
 * Files that answer a question (BK-32): a visitor begins one, sends its parts and finishes it; a booking that names it takes it. What it
 * is, is read from its first bytes. Staff who may read answers see what there is and get an address for a few minutes.
 *
 * Taking has two steps with the write of the booking between them: claim, write, keep. A server that dies in between leaves files that
 * expire, and the sweep keeps those whose booking was written.
 */
import { limitsOf, nameFile, sniffFileType } from '@frontdesk/domain/booking/file-kinds';
import type { Answers, FileLimits } from '@frontdesk/protocol/booking-fields';
import type { BookingFile } from '@frontdesk/protocol/booking-files';
import type { BookingFileId, BookingServiceId } from '@frontdesk/protocol/ids';
import { FILE_PART_BYTES } from '@frontdesk/protocol/file-limits';
import type { Clock } from '../core/clock.js';
import type { StaffContext, VisitorContext } from '../core/context.js';
import { deriveId } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import type { BookingService, Schedule, Scoped } from './booking.types.js';
import type { IsOwnerWritten } from './files.owners.js';
import type { FileStore, StoredFile } from './files.store.js';
import type { Schedules } from './schedules.js';
import type { FileLinks, FileSeal } from './sealed-files.js';

const minuteMs = 60_000;
/** How long a file waits for its booking. */
export const FILE_WAIT_MS = 60 * minuteMs;
const LINK_MS = 5 * minuteMs;
/** Of one visitor, without a booking. */
const MAX_WAITING = 20;

export interface FilesDeps {
  readonly store: FileStore;
  readonly seal: FileSeal;
  readonly links: FileLinks;
  readonly schedules: Pick<Schedules, 'read'>;
  readonly limits: Pick<Limits, 'consume'>;
  readonly isOwnerWritten: IsOwnerWritten;
  readonly clock: Clock;
  readonly publicUrl: string;
}

interface NewFile {
  readonly serviceIds: readonly BookingServiceId[];
  readonly questionKey: string;
  readonly name: string;
  readonly size: number;
}

interface FileBegun {
  readonly fileId: BookingFileId;
  readonly partBytes: number;
  readonly partsUrl: string;
}

export const countParts = (size: number): number => Math.ceil(size / FILE_PART_BYTES);

function findLimits(schedule: Schedule, { serviceIds, questionKey }: NewFile): FileLimits {
  for (const id of serviceIds) {
    const service = schedule.services.get(id);
    if (!service || service.isArchived) continue;
    const question = service.questions.find(({ key, type }) => key === questionKey && type === 'file');
    if (question) return limitsOf(question);
  }
  throw new AppError('NOT_FOUND');
}

export function presentFile({ id, questionKey, name, type, size }: StoredFile): BookingFile {
  if (!type) throw new Error('A file is something once it is there.');
  return { id, questionKey, name, type, size };
}

function refuseAnswer(key: string): AppError {
  return new AppError('VALIDATION', { fields: { [`answers.${key}`]: 'names a file that is not there' } });
}

export type FilesService = ReturnType<typeof createFilesService>;

export function createFilesService(deps: FilesDeps) {
  const { store, seal, links, schedules, limits, clock } = deps;

  /** Of this visitor, and no booking's yet; anything else is as unknown as a random id. */
  async function findOwn(context: VisitorContext, id: BookingFileId): Promise<StoredFile> {
    const file = await store.find(context, id);
    const isWaiting = file?.expiresAt !== undefined && file.expiresAt.getTime() > clock.now();
    if (file?.holder !== context.actor.tokenHash || !isWaiting) throw new AppError('NOT_FOUND');
    return file;
  }

  async function requireRoom(context: VisitorContext, size: number): Promise<void> {
    if ((await store.countWaiting(context, context.actor.tokenHash)) >= MAX_WAITING) throw new AppError('CAP_REACHED');
    await limits.consume('file-volume', context.ipPrefix, countParts(size));
  }

  /** What it is, as soon as it can be known: nobody waits for ten megabytes to hear that they are not wanted. */
  async function identify(context: VisitorContext, file: StoredFile, first: Uint8Array): Promise<void> {
    const type = sniffFileType(first);
    if (type !== null && file.allowed.includes(type)) {
      await store.update(context, file.id, { type, name: nameFile(file.name, type) });
      return;
    }
    await store.remove(context, file.id);
    throw new AppError('UNSUPPORTED_TYPE', { message: 'This kind of file is not wanted here.' });
  }

  function namedIn(
    service: BookingService,
    answers: Answers,
  ): { key: string; limits: FileLimits; ids: BookingFileId[] }[] {
    return service.questions.flatMap((question) => {
      const answer = question.type === 'file' ? answers[question.key] : undefined;
      if (!Array.isArray(answer) || answer.length === 0) return [];
      return [{ key: question.key, limits: limitsOf(question), ids: answer as BookingFileId[] }];
    });
  }

  /** From whom this owner may take them: itself, nobody, and tries that came to nothing. */
  async function listGivers(
    context: Scoped,
    files: readonly StoredFile[],
    ownerId: string,
  ): Promise<(string | null)[]> {
    const givers: (string | null)[] = [ownerId, null];
    for (const other of new Set(files.map((file) => file.ownerId))) {
      if (other === null || other === ownerId) continue;
      if (!(await deps.isOwnerWritten(context, other))) givers.push(other);
    }
    return givers;
  }

  return {
    async begin(context: VisitorContext, input: NewFile): Promise<FileBegun> {
      const { schedule } = await schedules.read(context);
      const { maxBytes, types } = findLimits(schedule, input);
      if (input.size > maxBytes) throw new AppError('TOO_LARGE', { message: `At most ${maxBytes} bytes.` });
      const { tokenHash: holder } = context.actor;
      const { questionKey, name, size } = input;
      const id = deriveId<BookingFileId>(`file ${context.tenantId} ${holder} ${context.idempotencyKey ?? ''}`);
      const known = await store.find(context, id);
      if (!known) await requireRoom(context, size);
      const createdAt = new Date(clock.now());
      const waiting = { isReady: false, ownerId: null, type: null, expiresAt: new Date(clock.now() + FILE_WAIT_MS) };
      const blank = { id, holder, questionKey, allowed: types, name, size, createdAt, ...waiting };
      const file = known ?? (await store.insert(context, blank));
      if (file.size !== size || file.questionKey !== questionKey) throw new AppError('IDEMPOTENCY_MISMATCH');
      const partsUrl = `${deps.publicUrl}/v1/${context.actor.siteKey}/files/${id}`;
      return { fileId: id, partBytes: FILE_PART_BYTES, partsUrl };
    },
    /** A part that comes again replaces itself. */
    async receive(context: VisitorContext, id: BookingFileId, part: number, bytes: Buffer): Promise<void> {
      const file = await findOwn(context, id);
      if (file.isReady) return;
      const last = countParts(file.size) - 1;
      const expected = part < last ? FILE_PART_BYTES : file.size - last * FILE_PART_BYTES;
      if (part > last || bytes.length !== expected) {
        throw new AppError('VALIDATION', { fields: { part: 'is not as long as it should be' } });
      }
      if (part === 0) await identify(context, file, bytes);
      await store.writePart(context, id, part, seal.seal(file, part, bytes));
      // Removed meanwhile: whoever removed it did not see this part.
      if (!(await store.find(context, id))) await store.removeParts(context, id);
    },
    async finish(context: VisitorContext, id: BookingFileId): Promise<BookingFile> {
      const file = await findOwn(context, id);
      if (file.isReady) return presentFile(file);
      if (file.type === null || (await store.countParts(context, id)) < countParts(file.size)) {
        throw new AppError('CONFLICT');
      }
      const ready = await store.update(context, id, { isReady: true });
      if (!ready) throw new AppError('NOT_FOUND');
      return presentFile(ready);
    },
    async remove(context: VisitorContext, id: BookingFileId): Promise<{ accepted: true }> {
      const file = await store.find(context, id);
      if (file?.expiresAt && file.holder === context.actor.tokenHash) await store.remove(context, id);
      return { accepted: true };
    },
    /** Before the booking is written. Throws VALIDATION for files that are somebody else's, not there, or not as the question wants. */
    async claim(context: VisitorContext, service: BookingService, answers: Answers, ownerId: string): Promise<void> {
      const holder = context.actor.tokenHash;
      for (const {
        key,
        ids,
        limits: { maxBytes, types },
      } of namedIn(service, answers)) {
        const files = await store.list(context, ids);
        const isRight = ({ questionKey, type, size }: StoredFile): boolean =>
          questionKey === key && type !== null && types.includes(type) && size <= maxBytes;
        if (files.length < ids.length || !files.every(isRight)) throw refuseAnswer(key);
        const expiresAt = new Date(clock.now() + FILE_WAIT_MS);
        const from = await listGivers(context, files, ownerId);
        const claimed = await store.claim(context, ids, { holder, ownerId, from, expiresAt });
        if (claimed < ids.length) throw refuseAnswer(key);
      }
    },
    /** After it was written. */
    async keep(context: Scoped, service: BookingService, answers: Answers, ownerId: string): Promise<void> {
      if (namedIn(service, answers).length > 0) await store.keep(context, ownerId);
    },
    async list(context: Scoped, ownerId: string): Promise<BookingFile[]> {
      return (await store.listOfOwner(context, ownerId)).map(presentFile);
    },
    async forget(context: Scoped, ownerId: string): Promise<void> {
      for (const { id } of await store.listOfOwner(context, ownerId)) await store.remove(context, id);
    },
    async link(context: StaffContext, id: BookingFileId): Promise<{ url: string; expiresAt: string }> {
      const file = await store.find(context, id);
      if (!file?.isReady || file.ownerId === null) throw new AppError('NOT_FOUND');
      context.log.info({ file: id, member: context.actor.membershipId }, 'a file of a customer is opened');
      const expiresAtMs = clock.now() + LINK_MS;
      const url = `${deps.publicUrl}/booking-files/${links.create(file, expiresAtMs)}`;
      return { url, expiresAt: new Date(expiresAtMs).toISOString() };
    },
    /** undefined for an address that opens nothing, or nothing any more. */
    async open(token: string): Promise<{ file: BookingFile; parts: AsyncIterable<Buffer> } | undefined> {
      const id = links.peek(token);
      const file = id && (await store.findByAddress(id));
      if (!file?.isReady || file.ownerId === null || !links.check(file, token, clock.now())) return undefined;
      async function* read(): AsyncGenerator<Buffer> {
        for (let part = 0; file && part < countParts(file.size); part += 1) {
          const sealed = await store.readPart(file, file.id, part);
          if (!sealed) throw new Error('A part of a file is gone.');
          yield seal.open(file, part, sealed);
        }
      }
      return { file: presentFile(file), parts: read() };
    },
  };
}
