/**
 * `npm run store -- <command>`: backup, restore, export and verify. Exit code 0 when it is done, 1 when it could not be
 * done or the store is damaged, 2 when the command was not understood. One sentence says why.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../errors.js';
import { backUp, restore } from './backup.js';
import type { Connect } from './deployment.js';
import { exportTo } from './export.js';
import { withSource } from './source.js';
import { summariseAll, type CollectionSummary } from './store-data.js';

export interface CommandLine {
  readonly connect: Connect;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

const usage = `Usage: npm run store -- <command>

  backup  --dir STORE --to FOLDER     copy a store into a new folder, also while it is in use
  restore --from FOLDER --dir STORE   make a new store from a backup
  export  --dir STORE --to mongodb:…  copy a store into a MongoDB
  verify  --dir STORE                 check every document and every index entry

STORE is the folder with data.mdb: DATA_DIR/store.`;

class UsageError extends Error {}

type Flag = 'dir' | 'to' | 'from';
type Flags = Readonly<Record<Flag, string>>;

interface Task {
  readonly flags: readonly Flag[];
  /** Returns the exit code. */
  readonly run: (flags: Flags, line: CommandLine) => Promise<number>;
}

const tasks: Readonly<Record<string, Task>> = {
  backup: {
    flags: ['dir', 'to'],
    run: async ({ dir, to }, { connect, print }) => {
      const collections = await backUp(resolve(dir), resolve(to), connect);
      print(
        `Backed up ${describe(collections)} to ${resolve(to)}. Every document and index entry of the copy was checked.`,
      );
      return 0;
    },
  },
  restore: {
    flags: ['from', 'dir'],
    run: async ({ from, dir }, { print }) => {
      const collections = await restore(resolve(from), resolve(dir));
      print(
        `Restored ${describe(collections)} to ${resolve(dir)}. Counts, hashes and indexes are those of the backup.`,
      );
      return 0;
    },
  },
  export: {
    flags: ['dir', 'to'],
    run: async ({ dir, to }, { connect, print }) => {
      if (!/^mongodb(\+srv)?:\/\//.test(to)) throw new UsageError('--to must begin with mongodb:// or mongodb+srv://');
      const { collections, databases, isSnapshot } = await exportTo(resolve(dir), to, connect);
      print(
        `Copied ${describe(collections)} to the database ${databases.join(', ')}. Counts, hashes and indexes are equal.`,
      );
      if (isSnapshot)
        print(
          'The product is running, and what it writes from now on is not there. To move, stop it and export again.',
        );
      else print('Start the product with MONGODB_URI set to this server and this database.');
      return 0;
    },
  },
  verify: {
    flags: ['dir'],
    run: ({ dir }, { connect, print, printError }) =>
      withSource(resolve(dir), connect, async ({ data }) => {
        const problems = data.verify();
        if (problems.length === 0) {
          print(`Checked ${describe(await summariseAll(data))}: every document is sound and every index agrees.`);
          return 0;
        }
        const shown = 20;
        for (const problem of problems.slice(0, shown)) printError(problem);
        if (problems.length > shown) printError(`… and ${problems.length - shown} more`);
        printError(`The store in ${resolve(dir)} is damaged. Restore it from a backup.`);
        return 1;
      }),
  },
};

function describe(collections: readonly CollectionSummary[]): string {
  const documents = collections.reduce((sum, { count }) => sum + count, 0);
  return `${quantity(collections.length, 'collection')} with ${quantity(documents, 'document')}`;
}

function quantity(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

function parse(argv: readonly string[]): { readonly task: Task; readonly flags: Flags } {
  const [name = '', ...rest] = argv;
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!task) throw new UsageError(name === '' ? 'Name a command.' : `There is no command ${name}.`);
  const options = Object.fromEntries(task.flags.map((flag) => [flag, { type: 'string' as const }]));
  let values: Readonly<Record<string, string | boolean | undefined>>;
  try {
    ({ values } = parseArgs({ args: rest, options, strict: true }));
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
  const missing = task.flags.find((flag) => !values[flag]);
  if (missing !== undefined) throw new UsageError(`${name} needs --${missing}.`);
  return { task, flags: values as Flags };
}

/** @returns the exit code. */
export async function runCommandLine(argv: readonly string[], line: CommandLine): Promise<number> {
  if (argv[0] === '--help' || argv[0] === 'help') {
    line.print(usage);
    return 0;
  }
  try {
    const { task, flags } = parse(argv);
    return await task.run(flags, line);
  } catch (error) {
    line.printError(error instanceof UsageError ? `${error.message}\n\n${usage}` : messageOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}
