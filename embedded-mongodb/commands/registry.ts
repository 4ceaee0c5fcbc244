/** The table of commands. A new command adds its file here; whatever is not here is refused with code 59. */
import type { Command } from './command.js';
import { aggregateCommand } from './aggregate.js';
import { backupCommand } from './backup.js';
import { bulkWriteCommand } from './bulk-write.js';
import { collModCommand } from './coll-mod.js';
import {
  createCommand,
  dropCommand,
  dropDatabaseCommand,
  listCollectionsCommand,
  listDatabasesCommand,
} from './collections.js';
import { countCommand } from './count.js';
import { dbStatsCommand } from './db-stats.js';
import { deleteCommand } from './delete.js';
import { distinctCommand } from './distinct.js';
import { explainCommand } from './explain.js';
import { findAndModifyCommand } from './find-and-modify.js';
import { findCommand, getMoreCommand, killCursorsCommand } from './find.js';
import { createIndexesCommand, dropIndexesCommand, listIndexesCommand } from './indexes.js';
import { insertCommand } from './insert.js';
import { refusedCommands } from './refused.js';
import {
  buildInfoCommand,
  connectionStatusCommand,
  helloCommand,
  pingCommand,
  serverStatusCommand,
  sessionCommands,
} from './server-status.js';
import { updateCommand } from './update.js';

const commands: readonly Command[] = [
  helloCommand,
  pingCommand,
  buildInfoCommand,
  serverStatusCommand,
  connectionStatusCommand,
  ...sessionCommands,
  findCommand,
  getMoreCommand,
  killCursorsCommand,
  insertCommand,
  updateCommand,
  deleteCommand,
  findAndModifyCommand,
  bulkWriteCommand,
  aggregateCommand,
  countCommand,
  distinctCommand,
  explainCommand,
  createCommand,
  dropCommand,
  dropDatabaseCommand,
  listCollectionsCommand,
  listDatabasesCommand,
  createIndexesCommand,
  listIndexesCommand,
  dropIndexesCommand,
  collModCommand,
  dbStatsCommand,
  backupCommand,
  ...refusedCommands,
];

export const commandTable: ReadonlyMap<string, Command> = new Map(
  commands.flatMap((command) => command.names.map((name) => [name, command] as const)),
);
