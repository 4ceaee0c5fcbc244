/** A command of this store's own, for its command line: the process that holds a folder is the only one that may copy it. */
import { isAbsolute } from 'node:path';
import { fail, messageOf } from '../errors.js';
import { argumentsOf, type Command } from './command.js';

export const backupCommand: Command = {
  names: ['frontdeskBackup'],
  fields: ['frontdeskBackup', 'to'],
  handle: async (context) => {
    const { engine, database } = context;
    if (database !== 'admin') fail('Unauthorized', 'frontdeskBackup may only be run against the admin database.');
    const target = argumentsOf(context).text('to');
    if (!isAbsolute(target)) fail('BadValue', `frontdeskBackup needs an absolute path, not ${target}`);
    try {
      await engine.environment.backup(target);
    } catch (error) {
      fail('FileStreamFailed', messageOf(error));
    }
    return {};
  },
};
