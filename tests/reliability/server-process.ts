/** A real server in a process of its own, with its own data, that can be killed, stopped and started at any moment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeMutation } from './mutants/mutants.js';
import { findFreePort } from '../support/server.js';

const READY_LIMIT_MS = 20_000;
const READY_POLL_MS = 40;
const SERVER_ENTRY = fileURLToPath(import.meta.resolve('@frontdesk/server/index'));
const MUTANT_LOADER = new URL('./mutants/register.js', import.meta.url).href;

export interface ServerProcessOptions {
  readonly dataDir: string;
  /** Name of a mutant that the loader makes of the server while it starts. */
  readonly mutant?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called when the process ends although nobody asked it to. */
  readonly handleCrash: (what: string) => void;
}

export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  /** The end of what the process wrote, over all its lives. */
  readLog(): string;
  /** Resolves when `/ready` says so. */
  start(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | null>;
  pause(): void;
  resume(): void;
  readonly isRunning: boolean;
  measure(): { rssBytes: number; sockets: number };
}

export async function createServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(options.dataDir, 'server.log');
  let child: ChildProcess | null = null;
  let exited: Promise<number | null> = Promise.resolve(null);
  let isExpectedToEnd = false;

  /** A mutant that was not made would make a test of the tests pass for nothing. */
  function assertMutated(): void {
    if (options.mutant === undefined) return;
    if (!readFileSync(logFile, 'utf8').includes(describeMutation(options.mutant))) {
      throw new Error(`The server runs without its mutation "${options.mutant}".`);
    }
  }

  async function waitUntilReady(): Promise<void> {
    const deadline = Date.now() + READY_LIMIT_MS;
    while (Date.now() < deadline) {
      if (child === null || child.exitCode !== null) throw new Error(`The server did not start: ${tail(logFile)}`);
      if (await askReady(url)) return assertMutated();
      await sleep(READY_POLL_MS);
    }
    throw new Error(`The server was not ready after ${READY_LIMIT_MS} ms: ${tail(logFile)}`);
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    isExpectedToEnd = true;
    child?.kill(signal);
    const code = await exited;
    child = null;
    return code;
  }

  return {
    port,
    url,
    readLog: () => tail(logFile),
    async start() {
      isExpectedToEnd = false;
      const loader = options.mutant === undefined ? [] : ['--import', MUTANT_LOADER];
      const started = spawn(process.execPath, ['--enable-source-maps', ...loader, SERVER_ENTRY], {
        env: {
          PATH: process.env['PATH'],
          NODE_ENV: 'test',
          HOST: '127.0.0.1',
          PORT: String(port),
          PUBLIC_URL: url,
          DATA_DIR: options.dataDir,
          LOG_LEVEL: 'warn',
          RATE_LIMIT_MULTIPLIER: '100000',
          ...(options.mutant === undefined ? {} : { FRONTDESK_MUTANT: options.mutant }),
          ...options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (piece: Buffer) => appendFileSync(logFile, piece));
      }
      exited = new Promise((resolve) => {
        started.once('exit', (code, signal) => {
          if (!isExpectedToEnd) {
            options.handleCrash(`the server ended by itself (code ${code}, ${signal}): ${tail(logFile)}`);
          }
          resolve(code);
        });
      });
      await waitUntilReady();
    },
    async kill() {
      await end('SIGKILL');
    },
    terminate: () => end('SIGTERM'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    get isRunning() {
      return child !== null && child.exitCode === null;
    },
    measure: () => ({ rssBytes: readRss(child?.pid), sockets: countConnections(child?.pid, port) }),
  };
}

function askReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const question = get(`${url}/ready`, { agent: false, timeout: 1_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    question.on('timeout', () => question.destroy());
    question.on('error', () => resolve(false));
  });
}

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2_000);
  } catch {
    return '(no output)';
  }
}

function readRss(pid: number | undefined): number {
  if (pid === undefined) return 0;
  // Without the pages of the store's file, which the kernel maps in and takes back as it likes.
  const match = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

/** Established connections to the server's own port that the process still holds. */
function countConnections(pid: number | undefined, port: number): number {
  if (pid === undefined) return 0;
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  const localPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  /** ESTABLISHED, and CLOSE_WAIT: the other side is gone and nobody closed ours. */
  const held = new Set(['01', '08']);
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(localPort) && held.has(fields[3] ?? '') && inodes.has(fields[9] ?? ''))
    .length;
}
