/**
 * Files that answer a question of a booking (BK-32). A file is begun with what it should become, arrives in parts of FILE_PART_BYTES over
 * plain HTTP (`PUT` with the bytes as `application/octet-stream`), and is finished; a part that comes twice counts once.
 * Until a booking takes it, it is the visitor's alone and is deleted after an hour.
 *
 * Staff see its name, kind and size with the answers, and fetch it by an address that is good for a few minutes.
 */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { id, instant } from './fields.js';
import type { BookingFileId, BookingId, BookingServiceId, EnrolmentId } from './ids.js';
import { FILE_MAX_BYTES } from './file-limits.js';
import { FILE_TYPES } from './vocabulary.js';

const fileId = id<BookingFileId>();
const questionKey = z.string().max(32);

export const bookingFile = z.strictObject({
  id: fileId,
  questionKey,
  /** Made safe, with the extension of what it is. */
  name: z.string(),
  /** By its first bytes; what the browser said counts for nothing. */
  type: z.enum(FILE_TYPES),
  /** Bytes. */
  size: z.number().int(),
});
export type BookingFile = z.output<typeof bookingFile>;

export const fileVisitorCommands = {
  'file:begin': defineCommand({
    name: 'file:begin',
    audience: 'visitor',
    summary: 'I want to answer a question with a file; its parts follow by PUT.',
    idempotency: 'key',
    input: z.strictObject({
      /** Services of the visit, one of which asks the question. */
      serviceIds: z.array(id<BookingServiceId>()).min(1).max(5),
      questionKey,
      name: z.string().min(1).max(500),
      size: z.number().int().min(1).max(FILE_MAX_BYTES),
    }),
    /** `PUT` part n at `partsUrl`/n. */
    output: z.strictObject({ fileId, partBytes: z.number().int(), partsUrl: z.string() }),
    errors: ['CAP_REACHED', 'TOO_LARGE'],
  }),
  'file:finish': defineCommand({
    name: 'file:finish',
    audience: 'visitor',
    summary: 'Every part was sent; CONFLICT while one is missing.',
    idempotency: 'natural',
    input: z.strictObject({ fileId }),
    output: bookingFile,
    errors: ['CONFLICT', 'UNSUPPORTED_TYPE'],
  }),
  'file:remove': defineCommand({
    name: 'file:remove',
    audience: 'visitor',
    summary: 'Not this one; a file that a booking has stays.',
    idempotency: 'natural',
    input: z.strictObject({ fileId }),
    output: accepted,
  }),
} as const;

export const fileStaffCommands = {
  'booking-file:list': defineCommand({
    name: 'booking-file:list',
    audience: 'staff',
    summary: 'Files that a customer answered with, of a booking or of seats in a class.',
    idempotency: 'read',
    input: z.strictObject({ ownerId: z.union([id<BookingId>(), id<EnrolmentId>()]) }),
    output: z.strictObject({ files: z.array(bookingFile) }),
  }),
  'booking-file:link': defineCommand({
    name: 'booking-file:link',
    audience: 'staff',
    summary: 'An address at which the file can be downloaded for a few minutes.',
    idempotency: 'read',
    input: z.strictObject({ fileId }),
    output: z.strictObject({ url: z.string(), expiresAt: instant }),
  }),
} as const;
