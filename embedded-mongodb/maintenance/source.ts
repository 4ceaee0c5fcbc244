/**
 * Where the maintenance commands read from: a folder that nobody has open is opened; a folder that is in use is copied
 * by the process that holds it, because only that process may touch the file.
 */
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'bson';
import { messageOf } from '../errors.js';
import { acquireLock, findHolder, type Holder } from '../lock-file.js';
import { dataFileName } from '../storage/files.js';
import type { Connect, Deployment } from './deployment.js';
import { openStoreData, type StoreData } from './store-data.js';

/** What lmdb leaves beside a file that it had open. */
const lmdbLockFileName = `${dataFileName}-lock`;

export interface Source {
  readonly data: StoreData;
  /** Whether the product runs, so that `data` is a copy of a moment that is past. */
  readonly isSnapshot: boolean;
}

/** Copies the data file of a store, in use or not, to a path that does not exist. */
export async function copyData(dir: string, file: string, connect: Connect): Promise<void> {
  assertStore(dir);
  const holder = findHolder(dir);
  if (holder) return copyFromHolder(dir, holder, file, connect);
  await withLock(dir, () => withData(dir, (data) => data.copy(file)));
}

/** Opens the store of a folder, or a copy beside it when it is in use. */
export async function withSource<T>(dir: string, connect: Connect, use: (source: Source) => Promise<T>): Promise<T> {
  assertStore(dir);
  const holder = findHolder(dir);
  if (!holder) return withLock(dir, () => withData(dir, (data) => use({ data, isSnapshot: false })));
  const copy = mkdtempSync(`${realpathSync(dir)}.partial-`);
  try {
    await copyFromHolder(dir, holder, join(copy, dataFileName), connect);
    return await withCopy(copy, (data) => use({ data, isSnapshot: true }));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Opens a copy that nobody else knows of, and leaves it as it was. */
export async function withCopy<T>(dir: string, use: (data: StoreData) => Promise<T>): Promise<T> {
  try {
    return await withData(dir, use);
  } finally {
    rmSync(join(dir, lmdbLockFileName), { force: true });
  }
}

async function withData<T>(dir: string, use: (data: StoreData) => Promise<T>): Promise<T> {
  const data = openStoreData(dir);
  try {
    return await use(data);
  } finally {
    await data.close();
  }
}

async function withLock<T>(dir: string, use: () => Promise<T>): Promise<T> {
  const lock = acquireLock(dir);
  try {
    return await use();
  } finally {
    lock.release();
  }
}

function assertStore(dir: string): void {
  if (existsSync(join(dir, dataFileName))) return;
  const inside = join(dir, 'store');
  const advice = existsSync(join(inside, dataFileName)) ? ` Did you mean ${inside}?` : '';
  throw new Error(existsSync(dir) ? `The folder ${dir} holds no store.${advice}` : `The folder ${dir} does not exist.`);
}

async function copyFromHolder(dir: string, holder: Holder, file: string, connect: Connect): Promise<void> {
  const who = `The store in ${dir} is in use by process ${holder.pid} on ${holder.host}`;
  if (holder.socket === undefined)
    throw new Error(`${who}, which cannot be asked for a copy. Wait until it is done, or stop it.`);
  const uri = `mongodb://${encodeURIComponent(holder.socket)}/?directConnection=true&retryWrites=false`;
  let deployment: Deployment;
  try {
    deployment = await connect(uri);
  } catch (error) {
    throw new Error(`${who}, which does not answer (${messageOf(error)}). Stop it, and try again.`, { cause: error });
  }
  try {
    const command: Document = { frontdeskBackup: 1, to: file };
    await deployment.command('admin', command);
  } finally {
    await deployment.close();
  }
}
