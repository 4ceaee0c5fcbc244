/**
 * What a file is, by its first bytes, and what it may be called. Neither the name nor the type that somebody gives is believed: a page
 * that calls itself a picture is none.
 *
 * Signatures: JPEG (ITU-T T.81), PNG (W3C PNG, 5.2), WebP (RFC 9649, 2.4), HEIC (ISO/IEC 23008-12, the brand of its `ftyp` box), PDF
 * (ISO 32000-2, 7.5.2, at the very beginning and not somewhere in the first kilobyte).
 */
import type { FileLimits, Question } from '@frontdesk/protocol/booking-fields';
import { FILE_DEFAULT_BYTES, MAX_FILES_PER_ANSWER } from '@frontdesk/protocol/file-limits';
import type { FileType } from '@frontdesk/protocol/vocabulary';

/** The first is the one that is written. */
export const FILE_EXTENSIONS: Readonly<Record<FileType, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
};

export const DEFAULT_FILE_LIMITS: FileLimits = {
  types: Object.keys(FILE_EXTENSIONS) as FileType[],
  maxBytes: FILE_DEFAULT_BYTES,
  maxCount: MAX_FILES_PER_ANSWER,
};

export const limitsOf = ({ file }: Pick<Question, 'file'>): FileLimits => file ?? DEFAULT_FILE_LIMITS;

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1'];
const MAX_NAME_LENGTH = 100;

const textAt = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** null is nothing that is allowed anywhere. */
export function sniffFileType(bytes: Uint8Array): FileType | null {
  if (textAt(bytes, 0, 3) === '\u00FF\u00D8\u00FF') return 'image/jpeg';
  if (textAt(bytes, 0, 8) === '\u0089PNG\r\n\u001A\n') return 'image/png';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'image/webp';
  if (textAt(bytes, 4, 4) === 'ftyp' && HEIC_BRANDS.includes(textAt(bytes, 8, 4))) return 'image/heic';
  return textAt(bytes, 0, 5) === '%PDF-' ? 'application/pdf' : null;
}

/**
 * Without folders, control characters, letters that turn the reading direction round, and what some file system refuses; with the
 * extension of what it is, so that nothing opens as something else.
 */
export function nameFile(given: string, type: FileType): string {
  const extensions = FILE_EXTENSIONS[type];
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  const dot = clean.lastIndexOf('.');
  const isTrue = dot > 0 && extensions.includes(clean.slice(dot + 1).toLowerCase());
  const stem = [...(isTrue ? clean.slice(0, dot) : clean)].slice(0, MAX_NAME_LENGTH).join('').trim();
  return `${stem || 'file'}.${isTrue ? clean.slice(dot + 1).toLowerCase() : extensions[0]}`;
}
