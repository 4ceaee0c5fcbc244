/** A stored document is preceded by its CRC-32, so that damage is reported instead of returned. */
import { crc32 } from 'node:zlib';
import type { Environment } from './environment.js';

const checksumBytes = 4;

export function sealRecord(document: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(checksumBytes + document.length);
  sealed.writeUInt32LE(crc32(document), 0);
  document.copy(sealed, checksumBytes);
  return sealed;
}

export function openRecord(sealed: Buffer, environment: Environment): Buffer {
  const document = sealed.subarray(checksumBytes);
  if (sealed.length <= checksumBytes || sealed.readUInt32LE(0) !== crc32(document))
    environment.reportDamage('a document does not have its checksum');
  return document;
}
