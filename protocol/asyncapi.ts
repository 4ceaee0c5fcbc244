/**
 * The AsyncAPI 3.0 document: what travels over Socket.IO. Operations are seen from the server, as AsyncAPI asks: it
 * receives commands, each with a reply (Socket.IO's acknowledgement), and sends facts.
 */
import { COMMANDS } from './catalogue.js';
import { AUDIENCE_QUERY, SITE_QUERY, type Audience, type CommandDefinition } from './command.js';
import { idempotencyKey } from './fields.js';
import { deviceFacts, staffFacts, ticketFacts, visitorFacts } from './facts.js';
import {
  describeErrorBody,
  describeFailure,
  describeSchema,
  describeSuccess,
  listErrorCodes,
  type Json,
} from './json-schema.js';
import { PROTOCOL_VERSION } from './version.js';
import type { z } from 'zod';

type Namespace = Exclude<Audience, 'public'>;

const NAMESPACES: Readonly<Record<Namespace, { facts: Readonly<Record<string, z.ZodType>>; handshake: string }>> = {
  visitor: {
    facts: visitorFacts,
    handshake: `Query \`${SITE_QUERY}\`: the public site key; \`auth\`: {site, token, protocol}. The Origin must be allowed by the site.`,
  },
  staff: {
    facts: staffFacts,
    handshake: `Query \`${AUDIENCE_QUERY}=staff\`; \`auth\`: {token, protocol}, where token is an access token.`,
  },
  device: {
    facts: deviceFacts,
    handshake: `Query \`${AUDIENCE_QUERY}=device\`; \`auth\`: {token, protocol}, where token is the token of a paired device.`,
  },
  ticket: {
    facts: ticketFacts,
    handshake: `Query \`${AUDIENCE_QUERY}=ticket\`; \`auth\`: {token, protocol}, where token is the token of a ticket.`,
  },
};

/** `message:send` → `messageSend`: AsyncAPI keys may not carry a colon where they are referred to. */
function toKey(name: string): string {
  return name.replace(/[:-](\w)/g, (_match, letter: string) => letter.toUpperCase());
}

function describeRequest(definition: CommandDefinition): Json {
  return {
    name: definition.name,
    summary: definition.summary,
    payload: {
      type: 'object',
      required: definition.idempotency === 'key' ? ['input', 'idempotencyKey'] : ['input'],
      properties: {
        input: describeSchema(definition.input, 'input'),
        ...(definition.idempotency === 'key' && { idempotencyKey: describeSchema(idempotencyKey, 'input') }),
      },
    },
  };
}

function describeAnswer(definition: CommandDefinition): Json {
  const failure = describeFailure(listErrorCodes(definition, 'socket'));
  return {
    name: `${definition.name} (acknowledgement)`,
    payload: { oneOf: [describeSuccess(definition.output), failure] },
  };
}

function describeNamespace(namespace: Namespace): { messages: Json; operations: Json } {
  const messages: Json = {};
  const operations: Json = {};
  const channel = { $ref: `#/channels/${namespace}` };
  const messageOf = (key: string) => ({ $ref: `#/channels/${namespace}/messages/${key}` });
  for (const definition of Object.values(COMMANDS[namespace])) {
    if (!definition.transports.includes('socket')) continue;
    const key = toKey(definition.name);
    messages[key] = describeRequest(definition);
    messages[`${key}Answer`] = describeAnswer(definition);
    operations[`${namespace}.${key}`] = {
      action: 'receive',
      channel,
      summary: definition.summary,
      messages: [messageOf(key)],
      reply: { channel, messages: [messageOf(`${key}Answer`)] },
    };
  }
  for (const [name, schema] of Object.entries(NAMESPACES[namespace].facts)) {
    const key = toKey(name);
    messages[key] = { name, payload: describeSchema(schema, 'output') };
    operations[`${namespace}.${key}`] = { action: 'send', channel, messages: [messageOf(key)] };
  }
  return { messages, operations };
}

export function createAsyncApi(serverUrl: string): Json {
  const url = new URL(serverUrl);
  const names = Object.keys(NAMESPACES) as Namespace[];
  const described = names.map((name) => ({ name, ...describeNamespace(name) }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Frontdesk realtime',
      version: String(PROTOCOL_VERSION),
      description:
        'Socket.IO 4. Every request is acknowledged. Facts may be lost on the way; a client compares heads and syncs.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      frontdesk: { host: url.host, protocol: url.protocol === 'https:' ? 'wss' : 'ws', pathname: '/socket.io/' },
    },
    channels: Object.fromEntries(
      described.map(({ name, messages }) => [
        name,
        { address: `/${name}`, description: NAMESPACES[name].handshake, messages },
      ]),
    ),
    operations: Object.assign({}, ...described.map(({ operations }) => operations)) as Json,
    components: { schemas: { Error: describeErrorBody() } },
  };
}
