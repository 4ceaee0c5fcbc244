/** Backup and restore: a folder with the data file and a manifest, and back. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.js';
import { dataFileName } from '../storage/files.js';
import type { Connect } from './deployment.js';
import { createFolder } from './folder.js';
import { findDifference, hashFile, readManifest, writeManifest } from './manifest.js';
import { copyData, withCopy } from './source.js';
import { summariseAll, type CollectionSummary } from './store-data.js';

/**
 * Copies the store in `dir` into the folder `to`, which must be empty or missing; the store may be in use. Everything is
 * read once from the copy, so a backup that exists is one that can be restored.
 */
export function backUp(dir: string, to: string, connect: Connect): Promise<readonly CollectionSummary[]> {
  return createFolder(to, async (draft) => {
    await copyData(dir, join(draft, dataFileName), connect);
    const collections = await withCopy(draft, async (data) => {
      const [problem] = data.verify();
      if (problem !== undefined) throw new Error(`The store in ${dir} is damaged, so no backup was made: ${problem}`);
      return summariseAll(data);
    });
    writeManifest(draft, await hashFile(join(draft, dataFileName)), collections);
    return collections;
  });
}

/** Makes the folder `dir`, which must be empty or missing, a store with what the backup `from` holds. */
export function restore(from: string, dir: string): Promise<readonly CollectionSummary[]> {
  const manifest = readManifest(from);
  return createFolder(dir, async (draft) => {
    const file = join(draft, dataFileName);
    await copyFile(join(from, dataFileName), file).catch((error: unknown) => {
      throw new Error(`The data could not be copied to ${dir}: ${messageOf(error)}`, { cause: error });
    });
    if ((await hashFile(file)) !== manifest.sha256)
      throw new Error(`The backup ${from} is damaged: ${dataFileName} is not what was backed up.`);
    const found = await withCopy(draft, summariseAll);
    const difference = findDifference(manifest.collections, found);
    if (difference !== undefined) throw new Error(`The backup ${from} does not match its manifest: ${difference}.`);
    return found;
  });
}
