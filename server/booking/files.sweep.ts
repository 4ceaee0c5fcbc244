/**
 * Files that no booking took are deleted an hour after they were begun. One whose booking was written by a server that died before it
 * could say so is kept. Several processes may sweep: each file is doomed on the condition that it still waits, and removed after that.
 */
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { createSweeper } from '../core/sweeper.js';
import type { IsOwnerWritten } from './files.owners.js';
import type { FileStore, StoredFile } from './files.store.js';

const SWEEP_INTERVAL_MS = 60_000;
const PER_SWEEP = 200;

export interface FilesSweep {
  start(): void;
  /** Removes what is due; for tests, whose clock runs faster. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export function createFilesSweep(deps: {
  readonly files: Pick<FileStore, 'listExpired' | 'doom' | 'remove' | 'keep'>;
  readonly isOwnerWritten: IsOwnerWritten;
  readonly clock: Clock;
  readonly log: Logger;
}): FilesSweep {
  const { files, isOwnerWritten, clock, log } = deps;

  async function settle(file: StoredFile): Promise<void> {
    const { ownerId } = file;
    if (ownerId !== null && (await isOwnerWritten(file, ownerId))) return files.keep(file, ownerId);
    if (await files.doom(file, file.id, new Date(clock.now()))) await files.remove(file, file.id);
  }

  async function sweep(): Promise<void> {
    for (const file of await files.listExpired(new Date(clock.now()), PER_SWEEP)) await settle(file);
  }

  const sweeper = createSweeper(sweep, {
    everyMs: SWEEP_INTERVAL_MS,
    log,
    failure: 'files that nobody took could not be removed yet',
  });
  return {
    sweep,
    ...sweeper,
  };
}
