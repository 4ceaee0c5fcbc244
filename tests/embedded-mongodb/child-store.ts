/** Starts `writer-process` as a process of its own, so that it can be killed or limited, and reads what it reports. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./writer-process.js', import.meta.url));

export interface ChildStore {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves with the first line that begins so, or the one of that count; with an empty prefix with any line. */
  line(prefix: string, count?: number): Promise<string>;
  kill(): Promise<void>;
  /** Resolves with the exit code once all lines were read; null after a signal. */
  ended(): Promise<number | null>;
}

export interface ChildOptions {
  readonly mode: 'hold' | 'write' | 'fill';
  readonly dir: string;
  readonly run?: number;
  /** How large its files may grow, in units of 512 bytes. */
  readonly fileBlocks?: number;
}

export function startChild({ mode, dir, run = 0, fileBlocks }: ChildOptions): ChildStore {
  const command = [process.execPath, program, mode, dir, String(run)];
  const limited =
    fileBlocks === undefined ? command : ['sh', '-c', `ulimit -f ${fileBlocks}; exec "$0" "$@"`, ...command];
  const child = spawn(limited[0] as string, limited.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  reader.on('line', (line) => lines.push(line));
  return {
    process: child,
    lines,
    line: async (prefix, count = 1) => {
      for (;;) {
        const found = lines.filter((line) => line.startsWith(prefix));
        if (found.length >= count) return found[count - 1] as string;
        const refused = lines.find((line) => line.startsWith('refused'));
        if (refused !== undefined && !['refused', ''].includes(prefix)) throw new Error(refused);
        await Promise.race([
          once(reader, 'line'),
          ended.then(() => Promise.reject(new Error(`the child ended before: ${prefix}`))),
        ]);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended: async () => {
      await ended;
      return child.exitCode;
    },
  };
}

/** Kills what a test left running. */
export async function endChildren(children: ChildStore[]): Promise<void> {
  for (const child of children.splice(0))
    if (child.process.exitCode === null && child.process.signalCode === null) await child.kill();
}
