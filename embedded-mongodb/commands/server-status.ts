/** The handshake and the commands that describe the server. It presents itself as a standalone. */
import { Long, type Document } from 'bson';
import { maxDocumentBytes } from '../bson/codec.js';
import { type Command, type CommandContext } from './command.js';

const presentedVersion = [8, 0, 0, 0] as const;
/** The wire version of 8.0, the first with `bulkWrite`. */
const maxWireVersion = 25;
export const maxMessageBytes = 48_000_000;

function describeHello({ connectionId, name }: CommandContext): Document {
  return {
    helloOk: true,
    [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  };
}

export const helloCommand: Command = {
  names: ['hello', 'ismaster', 'isMaster'],
  fields: [
    'hello',
    'ismaster',
    'isMaster',
    'helloOk',
    'client',
    'compression',
    'saslSupportedMechs',
    'loadBalanced',
    'topologyVersion',
    'maxAwaitTimeMS',
    'speculativeAuthenticate',
    'hostInfo',
    'internalClient',
    'backpressure',
  ],
  handle: describeHello,
};

export const pingCommand: Command = { names: ['ping'], fields: ['ping'], handle: () => ({}) };

export const buildInfoCommand: Command = {
  names: ['buildInfo', 'buildinfo'],
  fields: ['buildInfo', 'buildinfo'],
  handle: () => ({
    version: presentedVersion.slice(0, 3).join('.'),
    versionArray: [...presentedVersion],
    gitVersion: 'frontdesk-embedded-store',
    modules: [],
    storageEngines: ['lmdb'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: maxDocumentBytes,
  }),
};

export const serverStatusCommand: Command = {
  names: ['serverStatus'],
  fields: ['serverStatus', 'repl', 'metrics', 'locks', 'tcmalloc'],
  handle: ({ engine }) => {
    const uptime = (Date.now() - engine.startedAt.getTime()) / 1000;
    return {
      host: 'embedded',
      version: presentedVersion.slice(0, 3).join('.'),
      process: 'frontdesk-embedded-store',
      pid: Long.fromNumber(process.pid),
      uptime,
      uptimeMillis: Long.fromNumber(Math.round(uptime * 1000)),
      localTime: new Date(),
      storageEngine: { name: 'lmdb', persistent: true },
      metrics: { cursor: { open: { total: engine.cursors.size } } },
    };
  },
};

export const connectionStatusCommand: Command = {
  names: ['connectionStatus'],
  fields: ['connectionStatus', 'showPrivileges'],
  handle: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
};

/** Sessions carry nothing here, so ending or refreshing them is always right. */
export const sessionCommands: readonly Command[] = [
  'endSessions',
  'refreshSessions',
  'killSessions',
  'killAllSessions',
  'killAllSessionsByPattern',
].map((name) => ({
  names: [name],
  fields: [name],
  handle: () => ({}),
}));
