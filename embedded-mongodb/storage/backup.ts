/** Puts a copy of the data file in its place: whole and on disk, or not at all. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../errors.js';
import { flushFile, flushFolder } from './flush.js';

/**
 * Lets `copy` write a file beside the target and moves it there once it is flushed, so that a copy that was cut short
 * never has the name of a backup.
 * @throws when the target exists already or cannot be written; the message names it.
 */
export async function placeCopy(target: string, copy: (path: string) => Promise<void>): Promise<void> {
  reserve(target);
  const partial = `${target}.${randomUUID()}.partial`;
  try {
    await copy(partial);
    flushFile(partial);
    renameSync(partial, target);
    flushFolder(dirname(target));
  } catch (error) {
    rmSync(partial, { force: true });
    rmSync(target, { force: true });
    throw new Error(`The backup ${target} could not be written: ${messageOf(error)}`, { cause: error });
  }
}

/** Holds the name, so that of two backups to one place only one goes on. */
function reserve(target: string): void {
  try {
    closeSync(openSync(target, 'wx', 0o600));
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new Error(
      exists
        ? `The backup ${target} exists already and is not overwritten. Name another folder.`
        : `The backup ${target} could not be written: ${messageOf(error)}`,
      { cause: error },
    );
  }
}
