/** Opens the data file, after the checks that lmdb leaves out. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { messageOf } from '../errors.js';
import { explained } from '../start-error.js';
import { checkFile } from './file-check.js';
import { dataFileName } from './files.js';

const maxReaders = 512;

/** More than lmdb's table of readers takes with `maxReaders` entries of 64 bytes. */
const readerTableBytes = 40_960;
/** What a start writes at most, and then some. */
const roomBytes = 65_536;

/** @throws a sentence that names the folder or the file, and what to do. */
export function openDatabase(dir: string, durable: boolean): RootDatabase<Buffer, Buffer> {
  const file = join(dir, dataFileName);
  const lmdb = loadLmdb();
  prepare(dir, file);
  return lmdb.open<Buffer, Buffer>({
    path: file,
    noSubdir: true,
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
    noSync: !durable,
    maxReaders,
  });
}

/** All that opening needs is tried before, because lmdb ends the process when it fails half-way. */
function prepare(dir: string, file: string): void {
  explained(`The data folder ${dir}`, () => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    assertRoom(join(dir, `room.${process.pid}`));
  });
  explained(`The data file ${file}`, () => {
    checkFile(file);
    if (existsSync(file)) closeSync(openSync(file, 'r+'));
  });
  const readers = `${file}-lock`;
  // lmdb writes to it through memory; on a full disk a file with gaps would end the process there.
  explained(`The file ${readers}`, () => writeFileSync(readers, Buffer.alloc(readerTableBytes), { mode: 0o600 }));
}

function assertRoom(probe: string): void {
  try {
    writeFileSync(probe, Buffer.alloc(roomBytes));
  } finally {
    rmSync(probe, { force: true });
  }
}

function loadLmdb(): typeof import('lmdb') {
  try {
    // The package's type declarations describe a CommonJS module, so it is loaded as one.
    return createRequire(import.meta.url)('lmdb') as typeof import('lmdb');
  } catch (error) {
    const reason = messageOf(error).split('\n', 1)[0] ?? '';
    throw new Error(
      `The embedded store needs lmdb built for ${process.platform} ${process.arch}, and it cannot be loaded (${reason}). ` +
        'Run "npm install" on this machine with optional packages, or use a MongoDB server and name it in MONGODB_URI.',
      { cause: error },
    );
  }
}
