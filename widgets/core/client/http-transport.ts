/** The HTTP twin of every command: one POST, one {@link Result}. */
import { commandPath, EMBED_CHECK_PATH, HEADERS, SITE_QUERY, type Audience } from '@frontdesk/protocol/command';
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { ClientEnvironment } from './environment.js';
import { createUnknownOutcome, isResult } from './outcome.js';

/** The part of the environment that a request needs. */
export type HttpEnvironment = Pick<ClientEnvironment, 'clock' | 'fetch'>;

export interface HttpRequest {
  readonly serverUrl: string;
  readonly audience: Audience;
  readonly name: string;
  readonly input: unknown;
  readonly token: string | null;
  readonly site: string | null;
  readonly idempotencyKey: IdempotencyKey | undefined;
  readonly timeoutMs: number;
  readonly keepalive: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Never rejects. Credentials are omitted: a bearer token speaks for the caller, so no cookie of the host page's
 * visitor ever travels with it.
 */
export async function postCommand(environment: HttpEnvironment, request: HttpRequest): Promise<Result<unknown>> {
  const { clock } = environment;
  const abort = new AbortController();
  const handleAbort = (): void => abort.abort();
  if (request.signal?.aborted) return createUnknownOutcome('The request was given up.');
  request.signal?.addEventListener('abort', handleAbort, { once: true });
  const timer = clock.setTimeout(handleAbort, request.timeoutMs);
  try {
    const response = await environment.fetch(buildUrl(request), {
      method: 'POST',
      headers: buildHeaders(request),
      body: JSON.stringify(request.input),
      credentials: 'omit',
      cache: 'no-store',
      keepalive: request.keepalive,
      referrerPolicy: 'strict-origin-when-cross-origin',
      signal: abort.signal,
    });
    const answer: unknown = await response.json();
    return isResult(answer) ? answer : createUnknownOutcome(`The answer (HTTP ${response.status}) is not ours.`);
  } catch {
    if (abort.signal.aborted) return createUnknownOutcome('The server did not answer in time.');
    return (await findRefusal(environment, request)) ?? createUnknownOutcome('The server could not be reached.');
  } finally {
    clock.clearTimeout(timer);
    request.signal?.removeEventListener('abort', handleAbort);
  }
}

/**
 * A browser reports a refused cross-origin answer as a network error. The server says openly whether this page may embed
 * the site, so a refusal is not retried for ever.
 */
async function findRefusal(environment: HttpEnvironment, request: HttpRequest): Promise<Result<unknown> | null> {
  if (request.site === null || request.keepalive) return null;
  const url = `${request.serverUrl}${EMBED_CHECK_PATH}?${SITE_QUERY}=${encodeURIComponent(request.site)}`;
  const abort = new AbortController();
  const timer = environment.clock.setTimeout(() => abort.abort(), request.timeoutMs);
  try {
    const response = await environment.fetch(url, { credentials: 'omit', cache: 'no-store', signal: abort.signal });
    const answer: unknown = await response.json();
    return isResult(answer) && !answer.ok && answer.error.code === 'ORIGIN_NOT_ALLOWED' ? answer : null;
  } catch {
    return null;
  } finally {
    environment.clock.clearTimeout(timer);
  }
}

function buildUrl(request: HttpRequest): string {
  const query = request.site === null ? '' : `?${SITE_QUERY}=${encodeURIComponent(request.site)}`;
  return request.serverUrl + commandPath(request) + query;
}

function buildHeaders(request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    [HEADERS.protocol]: String(PROTOCOL_VERSION),
  };
  // Public commands may set a cookie, so the server wants a header that no form of another website can send.
  if (request.audience === 'public') headers[HEADERS.csrf] = '1';
  if (request.token !== null) headers['Authorization'] = `Bearer ${request.token}`;
  if (request.idempotencyKey !== undefined) headers[HEADERS.idempotencyKey] = request.idempotencyKey;
  return headers;
}
