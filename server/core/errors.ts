/** The one error class that services throw on purpose; everything else becomes INTERNAL and is logged. */
import { ERROR_CATALOGUE, type ErrorBody, type ErrorCode } from '@frontdesk/protocol/result';

export interface AppErrorDetails {
  /** Overrides the catalogue's text; never contains internals or personal data. */
  message?: string;
  retryAfterMs?: number;
  fields?: Record<string, string>;
  /** The state that won; goes to the client, so it must be a DTO that this client may see. */
  current?: unknown;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(details.message ?? ERROR_CATALOGUE[code].message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  toBody(requestId: string): ErrorBody {
    const { retryAfterMs, fields, current } = this.details;
    return {
      code: this.code,
      message: this.message,
      requestId,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)) }),
      ...(fields === undefined ? {} : { fields }),
      ...(current === undefined ? {} : { current }),
    };
  }
}

/** A query ran without saying for which tenant. Always a bug of ours, never an answer to a client. */
export class NoTenantContextError extends Error {
  readonly code = 'NO_TENANT_CONTEXT';

  constructor(operation: string) {
    super(`NO_TENANT_CONTEXT: ${operation} ran without a tenant.`);
    this.name = 'NoTenantContextError';
  }
}

/** Names of driver errors after which nobody knows whether the write happened; see delivery-protocol 3.2. */
const STORE_FAILURES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoWriteConcernError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'MongoTopologyClosedError',
  'MongoExpiredSessionError',
  'MongooseServerSelectionError',
]);

export function isStoreFailure(error: unknown): boolean {
  return error instanceof Error && STORE_FAILURES.has(error.name);
}

/** The unique index that refused a write, by its key pattern's field names, or undefined for any other error. */
export function duplicateKeyFields(error: unknown): readonly string[] | undefined {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== 11000) return undefined;
  const pattern = (error as { keyPattern?: Record<string, unknown> }).keyPattern;
  return Object.keys(pattern ?? {});
}

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isStoreFailure(error)) return new AppError('STORE_UNAVAILABLE', { retryAfterMs: 1_000, cause: error });
  return new AppError('INTERNAL', { retryAfterMs: 2_000, cause: error });
}
