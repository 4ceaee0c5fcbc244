/**
 * Files that no booking took are deleted an hour after they were begun. One whose booking was written by a server that died before it
 * could say so is kept. Several processes may sweep: each file is doomed on the condition that it still waits, and removed after that.
 */
import type { BookingId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import type { AllocationStore } from './allocation.store.js';
import { findEntry } from './enrolments.js';
import type { FileStore, StoredFile } from './files.store.js';
import type { SessionStore } from './session.store.js';

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
  readonly allocations: Pick<AllocationStore, 'find'>;
  readonly sessions: Pick<SessionStore, 'findByEnrolment'>;
  readonly clock: Clock;
  readonly log: Logger;
}): FilesSweep {
  const { files, allocations, sessions, clock, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  async function hasOwner(file: StoredFile): Promise<boolean> {
    const { ownerId } = file;
    if (ownerId === null) return false;
    if ((await allocations.find(file, ownerId as BookingId))?.customer) return true;
    const session = await sessions.findByEnrolment(file, ownerId as EnrolmentId);
    return Boolean(session && findEntry(session, ownerId as EnrolmentId)?.customer);
  }

  async function settle(file: StoredFile): Promise<void> {
    if (file.ownerId !== null && (await hasOwner(file))) return files.keep(file, file.ownerId);
    if (await files.doom(file, file.id, new Date(clock.now()))) await files.remove(file, file.id);
  }

  async function sweep(): Promise<void> {
    for (const file of await files.listExpired(new Date(clock.now()), PER_SWEEP)) await settle(file);
  }

  return {
    start() {
      timer = setInterval(() => {
        sweeping = sweeping
          .then(sweep)
          .catch((error: unknown) => log.warn({ err: error }, 'files that nobody took could not be removed yet'));
      }, SWEEP_INTERVAL_MS);
      timer.unref();
    },
    sweep,
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
