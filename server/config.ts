/** The only reader of the environment: validates, freezes, and exits with a readable list of what is wrong. */
import { createECDH, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin);

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4400),
  /** Where browsers reach this server. Links in mails, cookies and origin checks come from it, never from a Host header. */
  PUBLIC_URL: origin.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional(),
  /** `kid:secret` pairs, comma separated, newest first; each secret has at least 32 bytes. */
  JWT_SECRETS: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  /** smtp:// or smtps:// URL; absent: mails are written as files into `DATA_DIR/mail`. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).default('Frontdesk <frontdesk@localhost>'),
  /** Key pair that signs Web Push messages (RFC 8292), base64url. Absent: made once beside the embedded store. */
  PUSH_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/, 'must be an uncompressed P-256 point in base64url')
    .optional(),
  PUSH_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')
    .optional(),
  /** Push services that notices may be sent to, comma separated; `*.host` for everything below it. */
  PUSH_HOSTS: z
    .string()
    .default('fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com')
    .transform((text) =>
      text
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ''),
    ),
  /** Number of reverse proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Load tests raise it; production leaves it at 1. */
  RATE_LIMIT_MULTIPLIER: z.coerce.number().positive().default(1),
  /** Serve /openapi.json and /asyncapi.json. */
  PUBLISH_DOCUMENTS: flag.optional(),
});

export interface JwtSecret {
  readonly kid: string;
  readonly secret: Buffer;
}

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  /** An origin. With PORT 0 it must be given, because mails and tokens name it before the server listens. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly mongodbUri: string | null;
  readonly jwtSecrets: readonly JwtSecret[];
  readonly googleClientId: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly mailDir: string;
  /** `keys` null: notices are not pushed. */
  readonly push: { readonly keys: PushKeys | null; readonly hosts: readonly string[] };
  readonly trustedProxies: number;
  readonly logLevel: string;
  readonly rateLimitMultiplier: number;
  readonly publishDocuments: boolean;
  /** Folder of the built CDN files. */
  readonly widgetsDir: string;
}

export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const MIN_SECRET_BYTES = 32;
const WEAK_SECRET = /^(.)\1*$|secret|password|changeme|default|example/i;

function parseJwtSecrets(text: string, problems: string[]): JwtSecret[] {
  return text.split(',').flatMap((pair) => {
    const separator = pair.indexOf(':');
    const kid = pair.slice(0, separator).trim();
    const secret = pair.slice(separator + 1).trim();
    if (separator < 1 || !/^[\w-]{1,32}$/.test(kid)) {
      problems.push('JWT_SECRETS: each entry must look like kid:secret');
    } else if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
      problems.push(`JWT_SECRETS: the secret "${kid}" is shorter than ${MIN_SECRET_BYTES} bytes`);
    } else if (WEAK_SECRET.test(secret)) {
      problems.push(`JWT_SECRETS: the secret "${kid}" looks like a default`);
    }
    return [{ kid, secret: Buffer.from(secret) }];
  });
}

/** Outside production a secret is made once and kept beside the data, so that a restart signs nobody out. */
function loadLocalSecret(dataDir: string): JwtSecret[] {
  const file = join(dataDir, 'jwt-secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 });
  }
  const secret = readFileSync(file);
  // A crash between creating the file and writing it would leave a secret that anybody can guess.
  if (secret.length < MIN_SECRET_BYTES) throw new ConfigError([`${file}: is too short; delete it to get a new one`]);
  return [{ kid: 'local', secret }];
}

/**
 * Browsers subscribe with the public key, so a pair that is lost leaves them unreachable: it is kept beside the data. Several
 * processes on one database would each make their own, so there it must be given.
 */
function loadPushKeys(
  { PUSH_PUBLIC_KEY, PUSH_PRIVATE_KEY, MONGODB_URI }: z.output<typeof environment>,
  dataDir: string,
  problems: string[],
): PushKeys | null {
  if (PUSH_PUBLIC_KEY !== undefined && PUSH_PRIVATE_KEY !== undefined) {
    return { publicKey: PUSH_PUBLIC_KEY, privateKey: PUSH_PRIVATE_KEY };
  }
  if (PUSH_PUBLIC_KEY !== undefined || PUSH_PRIVATE_KEY !== undefined) {
    problems.push('PUSH_PUBLIC_KEY, PUSH_PRIVATE_KEY: give both or neither');
  }
  if (MONGODB_URI !== undefined || problems.length > 0) return null;
  const file = join(dataDir, 'push-key');
  const pair = createECDH('prime256v1');
  if (existsSync(file)) {
    const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
    if (secret.length !== 32) throw new ConfigError([`${file}: is damaged; delete it to get a new one`]);
    pair.setPrivateKey(secret);
  } else {
    pair.generateKeys();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, toBase64url(pair.getPrivateKey()), { mode: 0o600 });
  }
  return { publicKey: pair.getPublicKey('base64url'), privateKey: toBase64url(pair.getPrivateKey()) };
}

/** A small number comes with fewer bytes. */
function toBase64url(secret: Buffer): string {
  return Buffer.concat([Buffer.alloc(32 - secret.length), secret]).toString('base64url');
}

/** Reads and checks everything at once, so that an operator mends a broken configuration in one go. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const values = parsed.data;
  const problems: string[] = [];
  const isProduction = values.NODE_ENV === 'production';
  const dataDir = resolve(values.DATA_DIR);
  if (isProduction && !values.JWT_SECRETS) problems.push('JWT_SECRETS: required in production');
  if (isProduction && !values.PUBLIC_URL) problems.push('PUBLIC_URL: required in production');
  if (isProduction && values.PUBLIC_URL?.startsWith('http:')) problems.push('PUBLIC_URL: must be https in production');
  const configured = values.JWT_SECRETS ? parseJwtSecrets(values.JWT_SECRETS, problems) : null;
  const pushKeys = loadPushKeys(values, dataDir, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({
    environment: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDir,
    mongodbUri: values.MONGODB_URI ?? null,
    jwtSecrets: configured ?? loadLocalSecret(dataDir),
    googleClientId: values.GOOGLE_CLIENT_ID ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    mailDir: join(dataDir, 'mail'),
    push: { keys: pushKeys, hosts: values.PUSH_HOSTS },
    trustedProxies: values.TRUSTED_PROXIES,
    logLevel: values.LOG_LEVEL,
    rateLimitMultiplier: values.RATE_LIMIT_MULTIPLIER,
    publishDocuments: values.PUBLISH_DOCUMENTS ?? !isProduction,
    widgetsDir: resolve(import.meta.dirname, '../../widgets/cdn'),
  });
}
