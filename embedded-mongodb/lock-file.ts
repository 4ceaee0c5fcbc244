/**
 * One process per folder. The lock names its holder; it is stale when that process is gone, or when another process has
 * the number now (start times differ). A holder on another host or in another container cannot be looked up, so there
 * the age of the lock decides, which the holder keeps fresh.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

export interface Holder {
  readonly pid: number;
  readonly processStart: string | undefined;
  readonly host: string;
  readonly since: string;
  readonly token: string;
  /** Where the holder listens, if it serves the data. */
  readonly socket?: string;
}

export interface FolderLock {
  release(): void;
}

const lockFileName = 'store.lock';
const refreshMs = 5_000;
const foreignStaleMs = 30_000;
/** After so many looks at a lock that nobody alive holds, another process is taking it. */
const attempts = 5;

/** When the process started, as the system counts it; only Linux tells without a helper program. */
function processStartOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may contain spaces and parentheses, so fields are counted after the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isStale(holder: Holder | undefined, path: string): boolean {
  const ageMs = Date.now() - statSync(path).mtimeMs;
  if (!holder) return ageMs > foreignStaleMs;
  if (holder.host !== hostname()) return ageMs > foreignStaleMs;
  if (!isAlive(holder.pid)) return true;
  const start = processStartOf(holder.pid);
  return start !== undefined && holder.processStart !== undefined && start !== holder.processStart;
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function describeRefusal(dir: string, holder: Holder | undefined): string {
  if (!holder) return `The data folder ${dir} is being opened by another process. Try again, or use another folder.`;
  const who =
    holder.pid === process.pid && holder.host === hostname()
      ? 'this process'
      : `process ${holder.pid} on ${holder.host}`;
  return `The data folder ${dir} is in use by ${who} since ${holder.since}. Stop that process, or use another folder.`;
}

/** A link appears with its whole content, and only one process can make it. */
function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a holder that is gone. One process at a time may do that and looks again before it does, so that
 * none removes the lock that another has just taken.
 */
function removeStale(path: string, draft: string): void {
  const guard = `${path}.takeover`;
  if (!tryLink(draft, guard)) {
    if (isStaleSafely(readHolder(guard), guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isStaleSafely(readHolder(path), path)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Who has the folder open, if anybody has. */
export function findHolder(dir: string): Holder | undefined {
  const path = join(dir, lockFileName);
  const holder = readHolder(path);
  return holder && !isStaleSafely(holder, path) ? holder : undefined;
}

/** @throws a sentence that names the holder, when there is one. */
export function acquireLock(dir: string, socket?: string): FolderLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, lockFileName);
  const own: Holder = {
    pid: process.pid,
    processStart: processStartOf(process.pid),
    host: hostname(),
    since: new Date().toISOString(),
    token: randomUUID(),
    ...(socket === undefined ? {} : { socket }),
  };
  const draft = `${path}.${own.token}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600, flush: true });
  try {
    for (let attempt = 1; !tryLink(draft, path); attempt++) {
      const holder = readHolder(path);
      const isStale = isStaleSafely(holder, path);
      if (!isStale || attempt === attempts) throw new Error(describeRefusal(dir, isStale ? undefined : holder));
      removeStale(path, draft);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const timer = setInterval(() => refresh(path), refreshMs);
  timer.unref();
  return {
    release: () => {
      clearInterval(timer);
      if (readHolder(path)?.token === own.token) rmSync(path, { force: true });
    },
  };
}

function isStaleSafely(holder: Holder | undefined, path: string): boolean {
  try {
    return isStale(holder, path);
  } catch {
    // The lock vanished between reading and looking at it: its holder released it.
    return true;
  }
}

function refresh(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Without the file there is nothing to keep fresh; the process keeps its data open all the same.
  }
}
