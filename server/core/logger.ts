/**
 * Structured logs. No personal data: request bodies, tokens, cookies, e-mail addresses and message texts are never
 * passed in; the redaction list below is the second line of defence (AUD-03).
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

export function createLogger(options: { level: string; destination?: NodeJS.WritableStream }): Logger {
  return pino(
    {
      level: options.level,
      base: undefined,
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    (options.destination ?? process.stdout) as NodeJS.WritableStream,
  );
}
