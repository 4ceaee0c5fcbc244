/** The store's thread: opens the data, listens, and closes when it is told to. */
import { chmodSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from './engine.js';
import { messageOf } from './errors.js';
import { listen, type ListenAddress } from './wire/server.js';

export interface WorkerInput {
  readonly dir: string;
  readonly durable: boolean;
  readonly ttlSweepMs: number;
  readonly address: ListenAddress;
}

export type WorkerMessage =
  | { readonly type: 'ready'; readonly port: number | undefined }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };

const port = parentPort;
if (!port) throw new Error('worker.js is started by startEmbeddedMongo');
const send = (message: WorkerMessage): void => port.postMessage(message);

/**
 * lmdb rejects promises of its own beside the one that `Environment.write` awaits when a commit fails (a full disk). The
 * store goes on read-only then, so those must not end the thread. Anything else nobody handled is a defect and does.
 */
process.on('unhandledRejection', (reason) => {
  if (!(reason instanceof Error && 'commitError' in reason)) throw reason;
});

async function run(input: WorkerInput): Promise<void> {
  const log = (level: 'info' | 'warn' | 'error', message: string): void => send({ type: 'log', level, message });
  const engine = new Engine({ dir: input.dir, durable: input.durable, ttlSweepMs: input.ttlSweepMs, log });
  const server = await listen(engine, input.address);
  if ('path' in input.address) chmodSync(input.address.path, 0o600);
  const close = (): void =>
    void server
      .close()
      .then(() => engine.close())
      .catch((error: unknown) => log('error', `closing failed: ${messageOf(error)}`))
      .finally(() => port?.close());
  // There is one thing to tell the thread.
  port?.once('message', close);
  send({ type: 'ready', port: server.port });
}

run(workerData as WorkerInput).catch((error: unknown) => {
  send({ type: 'failed', message: messageOf(error) });
  port.close();
});
