/**
 * What a client may conclude from an answer. A transport failure (no answer, a cut connection, a proxy's error page)
 * is reported as a {@link Failure} too, so that callers handle one shape, but it says nothing about what the server
 * did: its `requestId` is LOCAL_REQUEST_ID and {@link isUnknownOutcome} tells it apart.
 */
import { isErrorCode, isTransient, type ErrorBody, type Failure, type Result } from '@frontdesk/protocol/result';

/** No server makes this id, so it marks failures that were made here. */
export const LOCAL_REQUEST_ID = 'local';

/** The request may or may not have been carried out; repeat it with the same key. */
export function createUnknownOutcome(message: string): Failure {
  return { ok: false, error: { code: 'STORE_UNAVAILABLE', message, requestId: LOCAL_REQUEST_ID } };
}

export function isUnknownOutcome(error: ErrorBody): boolean {
  return error.requestId === LOCAL_REQUEST_ID;
}

/** True when the same request, with the same key, should be tried again without asking anyone. */
export function isRetryable(error: ErrorBody): boolean {
  return isUnknownOutcome(error) || isTransient(error.code);
}

/** True when a fresh credential may turn the refusal into a success. */
export function isCredentialRefusal(error: ErrorBody): boolean {
  return error.code === 'UNAUTHENTICATED' || error.code === 'TOKEN_EXPIRED';
}

export function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== 'object' || value === null) return false;
  const body = value as Partial<ErrorBody>;
  return isErrorCode(body.code) && typeof body.message === 'string' && typeof body.requestId === 'string';
}

/** Recognises our envelope; whatever else a proxy or a captive portal sends is not an answer. */
export function isResult(value: unknown): value is Result<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const result = value as { ok?: unknown; data?: unknown; error?: unknown };
  return result.ok === true ? 'data' in value : result.ok === false && isErrorBody(result.error);
}
