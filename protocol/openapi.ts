/** The OpenAPI 3.1 document: every command that has an HTTP twin. Generated, so it cannot say what the code does not. */
import { listCommands } from './catalogue.js';
import { commandPath, HEADERS, SITE_QUERY, type Audience, type CommandDefinition } from './command.js';
import { UUID_V7_PATTERN, SITE_KEY_PATTERN } from './ids.js';
import {
  describeErrorBody,
  describeFailure,
  describeSchema,
  describeSuccess,
  listErrorCodes,
  type Json,
} from './json-schema.js';
import { ERROR_CATALOGUE, type ErrorCode } from './result.js';
import { PROTOCOL_VERSION } from './version.js';

const IDEMPOTENCY_TEXT: Readonly<Record<CommandDefinition['idempotency'], string>> = {
  key: 'Changes state. Send an idempotency key and repeat it on every retry; the first answer comes again.',
  natural: 'Changes state; doing it twice is the same as doing it once.',
  read: 'Changes nothing.',
};

const SECURITY: Readonly<Record<Audience, Json[]>> = {
  public: [],
  visitor: [{ visitorToken: [] }],
  staff: [{ accessToken: [] }],
  device: [{ deviceToken: [] }],
  ticket: [{ ticketToken: [] }],
};

const AUDIENCE_TEXT: Readonly<Record<Audience, string>> = {
  public: 'Anyone: sign-up, sign-in, mailed links.',
  visitor: "A website's visitor, from one of the site's allowed origins.",
  staff: 'A signed-in member of a business.',
  device: 'A paired kiosk or display.',
  ticket: 'Whoever holds the link of a queue ticket.',
};

function refer(name: string): Json {
  return { $ref: `#/components/parameters/${name}` };
}

function describeParameters(definition: CommandDefinition): Json[] {
  return [
    refer('protocol'),
    ...(definition.audience === 'public' ? [refer('csrf')] : []),
    ...(definition.audience === 'visitor' ? [refer('site')] : []),
    ...(definition.idempotency === 'key' ? [refer('idempotencyKey')] : []),
  ];
}

function describeFailures(codes: readonly ErrorCode[]): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERROR_CATALOGUE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const sorted = [...byStatus].sort(([one], [other]) => one - other);
  return Object.fromEntries(
    sorted.map(([status, sameStatus]) => [
      String(status),
      { description: sameStatus.join(', '), content: { 'application/json': { schema: describeFailure(sameStatus) } } },
    ]),
  );
}

function describeOperation(definition: CommandDefinition): Json {
  return {
    operationId: `${definition.audience}.${definition.name.replace(':', '.')}`,
    tags: [definition.audience],
    summary: definition.summary,
    description: IDEMPOTENCY_TEXT[definition.idempotency],
    security: SECURITY[definition.audience],
    parameters: describeParameters(definition),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: describeSchema(definition.input, 'input') } },
    },
    responses: {
      [String(definition.successStatus)]: {
        description: 'Done.',
        content: { 'application/json': { schema: describeSuccess(definition.output) } },
      },
      ...describeFailures(listErrorCodes(definition, 'http')),
    },
  };
}

const PARAMETERS: Json = {
  protocol: {
    name: HEADERS.protocol,
    in: 'header',
    description: "The client's protocol version.",
    schema: { type: 'integer', const: PROTOCOL_VERSION },
  },
  csrf: {
    name: HEADERS.csrf,
    in: 'header',
    description: 'Any value. A form on another website cannot send it.',
    schema: { type: 'string' },
  },
  site: {
    name: SITE_QUERY,
    in: 'query',
    required: true,
    description: 'Public key of the site. In the URL, because a preflight carries no custom headers.',
    schema: { type: 'string', pattern: SITE_KEY_PATTERN.source },
  },
  idempotencyKey: {
    name: HEADERS.idempotencyKey,
    in: 'header',
    required: true,
    description: 'UUIDv7, made before the first try. The same key with another body is refused.',
    schema: { type: 'string', pattern: UUID_V7_PATTERN.source },
  },
};

export function createOpenApi(serverUrl: string): Json {
  const commands = listCommands().filter((definition) => definition.transports.includes('http'));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Frontdesk',
      version: String(PROTOCOL_VERSION),
      description: 'One POST per command. The same commands run over Socket.IO; see the AsyncAPI document.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(AUDIENCE_TEXT).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(
      commands.map((definition) => [commandPath(definition), { post: describeOperation(definition) }]),
    ),
    components: {
      parameters: PARAMETERS,
      schemas: { Error: describeErrorBody() },
      securitySchemes: {
        visitorToken: { type: 'http', scheme: 'bearer', description: "Random token, made by the visitor's browser." },
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'At most ten minutes old; renewed by `session:refresh` from an httpOnly cookie.',
        },
        deviceToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'Random token, made by a device that a member paired.',
        },
        ticketToken: { type: 'http', scheme: 'bearer', description: 'Random token from the link of a ticket.' },
      },
    },
  };
}
