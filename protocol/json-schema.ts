/** JSON Schema of the wire, made from the same zod schemas that validate it. Shared by both documents. */
import { z } from 'zod';
import { ERROR_CATALOGUE, type ErrorCode } from './result.js';
import type { CommandDefinition } from './command.js';

/** A JSON document under construction. */
export type Json = { [key: string]: unknown };

/** What a client may send (`input`) or will get (`output`). Transforms have no JSON Schema; their input side has. */
export function describeSchema(schema: z.ZodType, side: 'input' | 'output'): Json {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io: side, unrepresentable: 'any' });
  return described;
}

/** Codes that any command may answer, whatever it does. */
const EVERYWHERE: readonly ErrorCode[] = [
  'VALIDATION',
  'INCOMPATIBLE_PROTOCOL',
  'TOO_LARGE',
  'RATE_LIMITED',
  'BUSY',
  'DRAINING',
  'STORE_UNAVAILABLE',
  'INTERNAL',
];
const HTTP_ONLY: readonly ErrorCode[] = ['METHOD_NOT_ALLOWED', 'UNSUPPORTED_TYPE'];
const BY_AUDIENCE: Readonly<Record<CommandDefinition['audience'], readonly ErrorCode[]>> = {
  public: ['UNAUTHENTICATED', 'FORBIDDEN'],
  visitor: ['UNAUTHENTICATED', 'ORIGIN_NOT_ALLOWED', 'NOT_FOUND'],
  staff: ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN', 'REAUTH_REQUIRED', 'NOT_FOUND'],
  device: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'],
  ticket: ['NOT_FOUND'],
};
const WITH_KEY: readonly ErrorCode[] = ['IDEMPOTENCY_IN_FLIGHT', 'IDEMPOTENCY_MISMATCH'];

/** Every code that this command can answer over the given transport. */
export function listErrorCodes(definition: CommandDefinition, transport: 'http' | 'socket'): ErrorCode[] {
  return [
    ...new Set([
      ...EVERYWHERE,
      ...(transport === 'http' ? HTTP_ONLY : (['SLOW_CONSUMER'] as const)),
      ...BY_AUDIENCE[definition.audience],
      ...(definition.idempotency === 'key' ? WITH_KEY : []),
      ...definition.errors,
    ]),
  ];
}

export function describeFailure(codes: readonly ErrorCode[]): Json {
  return {
    type: 'object',
    required: ['ok', 'error'],
    properties: {
      ok: { const: false },
      error: { allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { code: { enum: [...codes] } } }] },
    },
  };
}

export function describeSuccess(output: z.ZodType): Json {
  return {
    type: 'object',
    required: ['ok', 'data'],
    properties: { ok: { const: true }, data: describeSchema(output, 'output') },
  };
}

/** `error` of a failed answer, with the catalogue spelled out for the reader. */
export function describeErrorBody(): Json {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { status, retry, message }]) => `- \`${code}\` (${status}, retry: ${retry}): ${message}`,
  );
  return {
    type: 'object',
    description: `The catalogue is closed:\n${rows.join('\n')}`,
    required: ['code', 'message', 'requestId'],
    properties: {
      code: { type: 'string', enum: Object.keys(ERROR_CATALOGUE) },
      message: { type: 'string', description: 'For a developer; translate the code for people.' },
      requestId: { type: 'string', description: 'Quote it when you ask for help.' },
      retryAfterMs: { type: 'integer', minimum: 0, description: 'Wait this long before the next try.' },
      fields: { type: 'object', additionalProperties: { type: 'string' }, description: 'Field path → what is wrong.' },
      current: { description: 'The state that won; with CONFLICT and THREAD_MOVED.' },
    },
  };
}
