/** Commands that drivers know and this store refuses with the code a standalone server gives. */
import { fail, searchRefusal } from '../errors.js';
import type { Command } from './command.js';

function refuse(
  names: readonly string[],
  codeName: Parameters<typeof fail>[0],
  message: (name: string) => string,
): Command {
  return { names, fields: ['*'], handle: ({ name }) => fail(codeName, message(name)) };
}

export const transactionRefusal = 'Transaction numbers are only allowed on a replica set member or mongos';

export const refusedCommands: readonly Command[] = [
  refuse(['commitTransaction', 'abortTransaction'], 'IllegalOperation', () => transactionRefusal),
  refuse(['mapReduce', 'mapreduce'], 'NotImplemented', (name) => `${name} is not supported by this store`),
  refuse(['replSetGetStatus'], 'NoReplicationEnabled', () => 'not running with --replSet'),
  refuse(
    ['createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex', 'listSearchIndexes'],
    'SearchNotEnabled',
    () => searchRefusal,
  ),
  refuse(
    ['saslStart', 'saslContinue', 'authenticate'],
    'AuthenticationFailed',
    () => 'this store has no users; access is guarded by the permissions of its socket',
  ),
];
