/** Opens the data file, after the checks that lmdb leaves out. */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { dataFileName } from './files.js';

const maxReaders = 512;

export function openDatabase(dir: string, durable: boolean): RootDatabase<Buffer, Buffer> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // The package's type declarations describe a CommonJS module, so it is loaded as one.
  const lmdb = createRequire(import.meta.url)('lmdb') as typeof import('lmdb');
  return lmdb.open<Buffer, Buffer>({
    path: join(dir, dataFileName),
    noSubdir: true,
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
    noSync: !durable,
    maxReaders,
  });
}
