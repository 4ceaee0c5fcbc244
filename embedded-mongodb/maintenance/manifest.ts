/** What a backup says of itself, in `manifest.json` beside the data: enough to tell whether a restored store is the same. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../errors.js';
import type { CollectionSummary } from './store-data.js';

const manifestFileName = 'manifest.json';
const currentFormat = 1;

export interface Manifest {
  readonly format: typeof currentFormat;
  readonly createdAt: string;
  /** SHA-256 of the data file. It is checked before lmdb sees the file, which cannot bear every kind of damage. */
  readonly sha256: string;
  readonly collections: readonly CollectionSummary[];
}

export function writeManifest(dir: string, sha256: string, collections: readonly CollectionSummary[]): void {
  const manifest: Manifest = { format: currentFormat, createdAt: new Date().toISOString(), sha256, collections };
  writeFileSync(join(dir, manifestFileName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

/** @throws a sentence when the folder holds no backup that this version can read. */
export function readManifest(dir: string): Manifest {
  const file = join(dir, manifestFileName);
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as Partial<Manifest>;
  } catch (error) {
    throw new Error(`${dir} is not a backup: ${manifestFileName} cannot be read (${messageOf(error)}).`, {
      cause: error,
    });
  }
  if (manifest.format !== currentFormat)
    throw new Error(`${file} has format ${String(manifest.format)}; this version reads format ${currentFormat}.`);
  if (typeof manifest.sha256 !== 'string' || !Array.isArray(manifest.collections))
    throw new Error(`${file} is damaged.`);
  return manifest as Manifest;
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** The first difference in words, or nothing. */
export function findDifference(
  expected: readonly CollectionSummary[],
  found: readonly CollectionSummary[],
): string | undefined {
  const byName = new Map(found.map((summary) => [`${summary.database}.${summary.name}`, summary]));
  for (const wanted of expected) {
    const ns = `${wanted.database}.${wanted.name}`;
    const summary = byName.get(ns);
    if (!summary) return `${ns} is missing`;
    if (summary.count !== wanted.count) return `${ns} holds ${summary.count} documents instead of ${wanted.count}`;
    if (summary.hash !== wanted.hash) return `the documents of ${ns} differ`;
    if (!isDeepStrictEqual(summary.indexes, wanted.indexes)) return `the indexes of ${ns} differ`;
    byName.delete(ns);
  }
  const [stranger] = byName.keys();
  return stranger === undefined ? undefined : `${stranger} should not be there`;
}
