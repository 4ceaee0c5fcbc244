/**
 * Structured logs. No personal data: request bodies, tokens, cookies, e-mail addresses and message texts are never
 * passed in; the redaction list and the serializer of errors below are the second line of defence (AUD-03).
 */
import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

const REDACTED_PATHS = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'email',
  'body',
  'authorization',
  'cookie',
].flatMap((name) => [name, `*.${name}`]);

/** Errors of libraries quote what they choke on: a duplicate key with its value, a recipient's address, a bad input. */
function scrub(text: string): string {
  return text.replace(/"[^"]*"|'[^']*'/g, '"…"').replace(/[^\s<>:;,()[\]{}]+@[^\s<>:;,()[\]{}]+/g, '[address]');
}

/** An allow-list: whatever else a library hangs on its errors (a query, a document, a command) stays out of the log. */
function serializeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: scrub(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}

export function createLogger(options: { level: string; destination?: NodeJS.WritableStream }): Logger {
  return pino(
    {
      level: options.level,
      base: undefined,
      serializers: { err: serializeError },
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    (options.destination ?? process.stdout) as NodeJS.WritableStream,
  );
}
