/**
 * What a command is on the wire. A definition is made once, here; the server binds it to a permission, a limit and a
 * service call, and both transports, the OpenAPI and the AsyncAPI documents are generated from it.
 */
import type { z } from 'zod';
import type { ErrorCode } from './result.js';
import type { IdempotencyKey } from './ids.js';

/**
 * Who may call: anyone, a website's visitor, a signed-in member of a tenant, a paired kiosk or display, or whoever holds the
 * link of a queue ticket.
 */
export const AUDIENCES = ['public', 'visitor', 'staff', 'device', 'ticket'] as const;
export type Audience = (typeof AUDIENCES)[number];

export type Transport = 'socket' | 'http';

/**
 * - `key`: changes state; the client sends an idempotency key and repeats it on every retry.
 * - `natural`: changes state, and doing it twice is the same as once (a marker that only grows, a sign-out).
 * - `read`: changes nothing.
 */
export type Idempotency = 'key' | 'natural' | 'read';

export interface CommandDefinition<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Asker extends Audience = Audience,
> {
  readonly name: Name;
  readonly audience: Asker;
  readonly summary: string;
  readonly transports: readonly Transport[];
  readonly idempotency: Idempotency;
  readonly input: Input;
  readonly output: Output;
  /** Codes beyond those that every command may answer. */
  readonly errors: readonly ErrorCode[];
  /** HTTP status of success; 202 where the answer must not say whether anything was done. */
  readonly successStatus: 200 | 202;
}

type Defaulted = 'transports' | 'errors' | 'successStatus';

export function defineCommand<
  const Name extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
  const Asker extends Audience,
>(
  definition: Omit<CommandDefinition<Name, Input, Output, Asker>, Defaulted> &
    Partial<Pick<CommandDefinition, Defaulted>>,
): CommandDefinition<Name, Input, Output, Asker> {
  return { transports: ['socket', 'http'], errors: [], successStatus: 200, ...definition };
}

/** The one argument of every Socket.IO request, before its acknowledgement function. */
export interface SocketRequest<Input = unknown> {
  readonly input: Input;
  readonly idempotencyKey?: IdempotencyKey;
}

/** HTTP twin: `POST` here with the input as JSON and the key in `Idempotency-Key`. */
export function commandPath(definition: Pick<CommandDefinition, 'audience' | 'name'>): string {
  return `/v1/${definition.audience}/${definition.name}`;
}

/**
 * Query parameter that carries a visitor's site key, on HTTP twins (`POST /v1/visitor/message:send?site=pk_…`) and on
 * the Socket.IO handshake URL (`query: { site }`). It stands in the URL because a CORS preflight and an upgrade request
 * carry no custom headers, and the server checks the Origin against the site's list on exactly those. The key is public.
 */
export const SITE_QUERY = 'site';

/**
 * `GET` here with `?site=`: may this page embed the site? A browser hides a refused cross-origin answer from the page, so
 * a widget could not tell a refusal from a dead network. This one answer may be read by every page: `{ ok: true }` data
 * or ORIGIN_NOT_ALLOWED, about the asking page's own origin and nothing else.
 */
export const EMBED_CHECK_PATH = '/v1/embed-check';

/** Query parameter of the Socket.IO handshake URL of signed-in members: `query: { audience: 'staff' }`. */
export const AUDIENCE_QUERY = 'audience';

/** Staff commands over HTTP also take an API key as bearer token; it begins so. */
export const API_KEY_PREFIX = 'fdk_';

export const HEADERS = {
  idempotencyKey: 'Idempotency-Key',
  protocol: 'X-Frontdesk-Protocol',
  /** Present on every cookie-reading request, so that a cross-site form cannot make one (SES-06). */
  csrf: 'X-Frontdesk-Request',
} as const;

type DefinitionMap = Readonly<Record<string, CommandDefinition>>;

/** Name → input and output types, as a typed client wants them. */
export type CommandTypes<Commands extends DefinitionMap> = {
  [Name in keyof Commands & string]: {
    readonly input: z.input<Commands[Name]['input']>;
    readonly output: z.output<Commands[Name]['output']>;
    readonly idempotency: Commands[Name]['idempotency'];
  };
};
