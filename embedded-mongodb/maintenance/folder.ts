/** A folder that appears with everything in it, or not at all. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { flushFile, flushFolder } from '../storage/flush.js';

/**
 * Lets `fill` write into a folder with a temporary name (`<target>.partial-…`) beside the target, keeps what is in it
 * from other users, flushes it, and gives it its name. A process that is killed leaves a folder that nobody takes for
 * the target.
 * @throws when the target holds anything, or what `fill` throws; the temporary folder is gone then.
 */
export async function createFolder<T>(target: string, fill: (draft: string) => Promise<T>): Promise<T> {
  assertVacant(target);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}.partial-`);
  try {
    const result = await fill(draft);
    for (const name of readdirSync(draft)) {
      chmodSync(join(draft, name), 0o600);
      flushFile(join(draft, name));
    }
    flushFolder(draft);
    // Some systems do not rename over an empty folder. One that has been filled in the meantime stops both.
    if (existsSync(target)) rmdirSync(target);
    renameSync(draft, target);
    flushFolder(dirname(target));
    return result;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

function assertVacant(target: string): void {
  if (!existsSync(target)) return;
  const names = readdirSync(target);
  if (names.length > 0)
    throw new Error(
      `The folder ${target} is not empty (it holds ${names[0]}). Name a folder that is empty or missing.`,
    );
}
