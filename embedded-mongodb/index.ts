/**
 * `startEmbeddedMongo` starts a small durable store that speaks the MongoDB wire protocol, in a worker thread of this
 * process, and returns the URI to connect the official driver to. See README.md for its scope and its numbers.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { explained } from './start-error.js';
import { acquireLock, type FolderLock } from './lock-file.js';
import type { WorkerInput, WorkerMessage } from './worker.js';
import type { ListenAddress } from './wire/server.js';

export interface EmbeddedMongoOptions {
  /** The folder of the data; made when it does not exist. Required unless `ephemeral`. */
  readonly dir?: string;
  /** The default database in the URI. */
  readonly databaseName?: string;
  /** A temporary folder that is removed on close, without flushing to disk. For tests. */
  readonly ephemeral?: boolean;
  /** How often expired documents of TTL indexes are removed. */
  readonly ttlSweepMs?: number;
  readonly onLog?: (level: 'info' | 'warn' | 'error', message: string) => void;
}

export interface EmbeddedMongo {
  readonly uri: string;
  /** Acknowledged writes are on disk already; this ends connections, flushes the rest and releases the folder. */
  close(): Promise<void>;
}

const defaultTtlSweepMs = 60_000;
/** Half of Node's default: with that the store grew to 45 to 52 MB over idle and was no faster (`npm run bench:store`). */
const maxYoungGenerationSizeMb = 24;
/** The kernel's limit on a socket path is 104 bytes on macOS and 108 on Linux. */
const maxSocketPathBytes = 100;

interface Endpoint {
  readonly address: ListenAddress;
  readonly uriHost: (port: number | undefined) => string;
  readonly remove: () => void;
}

/**
 * A socket in a folder only this user can enter; none on Windows. Lower case, because connection strings fold the case of
 * hosts.
 */
function socketPathOf(dir: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const name = `frontdesk-${createHash('sha256')
    .update(`${process.getuid?.() ?? 0}:${dir}`)
    .digest('hex')
    .slice(0, 16)}`;
  const base = tmpdir();
  const isSuitable = base === base.toLowerCase() && Buffer.byteLength(join(base, name, 's.sock')) <= maxSocketPathBytes;
  return join(isSuitable ? base : '/tmp', name, 's.sock');
}

function createEndpoint(socketPath: string | undefined): Endpoint {
  if (socketPath === undefined) {
    return {
      address: { host: '127.0.0.1', port: 0 },
      uriHost: (port) => `127.0.0.1:${port ?? 0}`,
      remove: () => undefined,
    };
  }
  const folder = dirname(socketPath);
  explained(
    `The socket folder ${folder}`,
    () => {
      // The lock on the data folder is held, so whatever is left here belongs to a process that is gone.
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { mode: 0o700 });
    },
    ' It lies in the folder for temporary files, which TMPDIR names.',
  );
  return {
    address: { path: socketPath },
    uriHost: () => encodeURIComponent(socketPath),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function waitUntilReady(worker: Worker, onLog: EmbeddedMongoOptions['onLog']): Promise<number | undefined> {
  return new Promise((resolveReady, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'log') onLog?.(message.level, message.message);
      else if (message.type === 'ready') resolveReady(message.port);
      else if (message.type === 'failed') reject(new Error(message.message));
    });
    worker.once('error', (error) => {
      onLog?.('error', `the store's thread ended: ${error instanceof Error ? error.message : String(error)}`);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
    worker.once('exit', (code) =>
      reject(new Error(`The embedded store could not start: its thread ended with code ${code}`)),
    );
  });
}

export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  if (!options.dir && !options.ephemeral)
    throw new Error('startEmbeddedMongo needs a data folder (dir), or ephemeral: true');
  const dir = openFolder(options.dir);
  const socketPath = socketPathOf(dir);
  const lock = explained(`The data folder ${dir}`, () => acquireLock(dir, socketPath));
  try {
    return await startLocked(dir, lock, createEndpoint(socketPath), options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The real path of the data folder, which is made when it does not exist. */
function openFolder(requested: string | undefined): string {
  if (requested === undefined) {
    const base = tmpdir();
    return explained(`The folder for temporary files ${base}`, () =>
      realpathSync(mkdtempSync(join(base, 'frontdesk-store-'))),
    );
  }
  const dir = resolve(requested);
  return explained(`The data folder ${dir}`, () => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return realpathSync(dir);
  });
}

async function startLocked(
  dir: string,
  lock: FolderLock,
  endpoint: Endpoint,
  options: EmbeddedMongoOptions,
): Promise<EmbeddedMongo> {
  const ephemeral = options.ephemeral ?? false;
  const input: WorkerInput = {
    dir,
    durable: !ephemeral,
    ttlSweepMs: options.ttlSweepMs ?? defaultTtlSweepMs,
    address: endpoint.address,
  };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: input,
    name: 'embedded-mongodb',
    resourceLimits: { maxYoungGenerationSizeMb },
  });
  const exited = new Promise<void>((resolveExit) => worker.once('exit', () => resolveExit()));
  let port: number | undefined;
  try {
    port = await waitUntilReady(worker, options.onLog);
  } catch (error) {
    await worker.terminate();
    endpoint.remove();
    throw error;
  }
  const path = encodeURIComponent(options.databaseName ?? 'frontdesk');
  const uri = `mongodb://${endpoint.uriHost(port)}/${path}?directConnection=true&retryWrites=false`;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    worker.postMessage('close');
    await exited;
    endpoint.remove();
    lock.release();
    if (ephemeral) rmSync(dir, { recursive: true, force: true });
  };
  return { uri, close: () => (closing ??= close()) };
}
