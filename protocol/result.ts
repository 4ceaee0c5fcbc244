/**
 * Every answer of every command, over both transports, is a {@link Result}. The catalogue is closed: a client may
 * switch over {@link ErrorCode} and know that it has seen everything.
 */

/** How a client may go on after an error. */
export type RetryRule = 'never' | 'after-refresh' | 'after-delay' | 'after-reset' | 'with-force';

interface ErrorEntry {
  /** HTTP status of the twin answer. */
  readonly status: number;
  readonly retry: RetryRule;
  /** Text for a developer; widgets translate the code instead. */
  readonly message: string;
}

export const ERROR_CATALOGUE = {
  UNAUTHENTICATED: { status: 401, retry: 'after-refresh', message: 'Sign in to continue.' },
  TOKEN_EXPIRED: { status: 401, retry: 'after-refresh', message: 'The access token has expired.' },
  FORBIDDEN: { status: 403, retry: 'never', message: 'You may not do this.' },
  REAUTH_REQUIRED: { status: 403, retry: 'never', message: 'Confirm your password first.' },
  ORIGIN_NOT_ALLOWED: { status: 403, retry: 'never', message: 'This website is not on the list of allowed origins.' },
  NOT_FOUND: { status: 404, retry: 'never', message: 'Not found.' },
  METHOD_NOT_ALLOWED: { status: 405, retry: 'never', message: 'This method is not allowed here.' },
  VALIDATION: { status: 400, retry: 'never', message: 'The request is not valid.' },
  INCOMPATIBLE_PROTOCOL: {
    status: 400,
    retry: 'never',
    message: 'This client and this server do not speak the same protocol version.',
  },
  TOO_LARGE: { status: 413, retry: 'never', message: 'The request is too large.' },
  UNSUPPORTED_TYPE: { status: 415, retry: 'never', message: 'This media type is not supported.' },
  CONFLICT: { status: 409, retry: 'never', message: 'Someone else changed this first.' },
  THREAD_MOVED: { status: 409, retry: 'with-force', message: 'New entries arrived that you have not seen.' },
  IDEMPOTENCY_IN_FLIGHT: {
    status: 409,
    retry: 'after-delay',
    message: 'The first try of this request is still running.',
  },
  IDEMPOTENCY_MISMATCH: { status: 422, retry: 'never', message: 'This idempotency key was used for another request.' },
  RESET_REQUIRED: { status: 410, retry: 'after-reset', message: 'The cursor is not usable; reload the conversation.' },
  QUEUE_EMPTY: { status: 409, retry: 'never', message: 'Nobody is waiting for what this counter serves.' },
  QUEUE_CLOSED: { status: 409, retry: 'never', message: 'This service takes no tickets now.' },
  CAP_REACHED: { status: 409, retry: 'never', message: 'No more tickets are given out for this service.' },
  COUNTER_BUSY: { status: 409, retry: 'never', message: 'This counter already has a ticket.' },
  NOT_YOUR_TICKET: { status: 409, retry: 'never', message: 'This ticket is set aside for somebody else.' },
  TOO_SOON: { status: 409, retry: 'after-delay', message: 'It is too early for this.' },
  TOO_FAR: { status: 403, retry: 'never', message: 'This place can only be joined nearby.' },
  OUTSIDE_WINDOW: { status: 409, retry: 'never', message: 'It is too early or too late to check in.' },
  SLOT_TAKEN: { status: 409, retry: 'never', message: 'This time is taken.' },
  SLOT_CLOSED: { status: 409, retry: 'never', message: 'This time cannot be booked.' },
  HOLD_EXPIRED: { status: 410, retry: 'never', message: 'The hold has expired.' },
  TOO_LATE: { status: 409, retry: 'never', message: 'It is too late for this.' },
  PROOF_REFUSED: { status: 403, retry: 'never', message: 'Solve a fresh challenge.' },
  VERIFICATION_REQUIRED: { status: 403, retry: 'never', message: 'Prove first that this address is yours.' },
  PREFILL_REFUSED: { status: 403, retry: 'never', message: 'The details signed by the website are not valid.' },
  RATE_LIMITED: { status: 429, retry: 'after-delay', message: 'Too many requests.' },
  BUSY: { status: 503, retry: 'after-delay', message: 'Too many requests are waiting for an answer.' },
  SLOW_CONSUMER: { status: 503, retry: 'after-delay', message: 'The connection reads too slowly.' },
  DRAINING: { status: 503, retry: 'after-delay', message: 'The server is restarting.' },
  STORE_UNAVAILABLE: { status: 503, retry: 'after-delay', message: 'The request could not be stored; try again.' },
  INTERNAL: { status: 500, retry: 'after-delay', message: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
  /** Milliseconds to wait before the next try; present on rate limits and back-pressure. */
  readonly retryAfterMs?: number;
  /** Field path → what is wrong with it; present on VALIDATION. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The state that won; present on CONFLICT and THREAD_MOVED; on SLOT_TAKEN and SLOT_CLOSED other starts. */
  readonly current?: unknown;
}

export interface Success<T> {
  readonly ok: true;
  readonly data: T;
}

export interface Failure {
  readonly ok: false;
  readonly error: ErrorBody;
}

export type Result<T> = Success<T> | Failure;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CATALOGUE, value);
}

/** True when the same request, unchanged, may succeed later without anyone doing anything about it. */
export function isTransient(code: ErrorCode): boolean {
  return ERROR_CATALOGUE[code].retry === 'after-delay';
}
