/**
 * Keeps one {@link LogState} complete: fetches what it lacks, one request at a time. Whoever hears facts hands them to
 * `receive`; whoever believes that something was missed calls `sync`. Too many calls cost nothing, they coalesce.
 */
import type { Result, ErrorBody } from '@frontdesk/protocol/result';
import { SYNC_PAGE_SIZE } from '@frontdesk/protocol/limits';
import { computeBackoffMs, type Clock } from './clock.js';
import {
  createLogState,
  isBehind,
  needsTail,
  reduceLog,
  type LogAction,
  type LogEntry,
  type LogPage,
  type LogState,
} from './conversation-log.js';
import { isRetryable } from './outcome.js';
import { createPause } from './pause.js';

/** RESET_REQUIRED again and again is a broken server; after this many the next try waits. */
const MAX_RESETS_IN_A_ROW = 3;

export interface SyncRequest {
  readonly epoch: string | null;
  readonly after: number;
  readonly limit?: number;
  readonly tail?: boolean;
}

export interface LogSyncOptions<Entry extends LogEntry> {
  readonly clock: Clock;
  fetchPage(request: SyncRequest, signal: AbortSignal): Promise<Result<LogPage<Entry>>>;
  /** Called after every change of state or error. */
  handleChange(): void;
  /** False while nobody looks: then a failing request is not repeated. `sync` starts again. */
  isWanted?(): boolean;
  /** `tail` (default) begins with the newest page, `all` with the first. */
  readonly begin?: 'tail' | 'all';
}

export interface LogSync<Entry extends LogEntry> {
  getState(): LogState<Entry>;
  /** Why fetching stopped; null while it works or is being retried. */
  getError(): ErrorBody | null;
  receive(action: Extract<LogAction<Entry>, { type: 'entry' | 'head' }>): void;
  /** Asks at least once, now, and until nothing is missing. */
  sync(): Promise<void>;
  loadOlder(): Promise<void>;
  stop(): void;
}

export function createLogSync<Entry extends LogEntry>(options: LogSyncOptions<Entry>): LogSync<Entry> {
  const { clock } = options;
  const abort = new AbortController();
  const pause = createPause(clock);
  let state = createLogState<Entry>();
  let error: ErrorBody | null = null;
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let failures = 0;
  let resets = 0;

  const dispatch = (action: LogAction<Entry>): void => {
    const next = reduceLog(state, action);
    if (next === state) return;
    state = next;
    options.handleChange();
  };
  const setError = (next: ErrorBody | null): void => {
    if (error === next) return;
    error = next;
    options.handleChange();
  };

  /** One request; true when another one should follow. */
  const step = async (): Promise<boolean> => {
    const isTail = needsTail(state) && (state.isLoaded || options.begin !== 'all');
    const before = state.cursor;
    const request = isTail ? { epoch: null, after: 0, tail: true } : { epoch: state.epoch, after: state.cursor };
    const result = await options.fetchPage(request, abort.signal);
    if (abort.signal.aborted) return false;
    if (!result.ok) return handleFailure(result.error);
    setError(null);
    dispatch({ type: isTail ? 'tail' : 'page', page: result.data });
    resets = 0;
    const isMissing = isTail ? isBehind(state) : result.data.more || isBehind(state);
    // A replica that lags behind the head it was told about must not be asked in a tight loop.
    if (isMissing && !isTail && state.cursor === before && !state.isStale) await pauseAfterFailure(0);
    else failures = 0;
    return isMissing;
  };

  const handleFailure = async (failure: ErrorBody): Promise<boolean> => {
    if (failure.code === 'RESET_REQUIRED') {
      dispatch({ type: 'reset' });
      resets += 1;
      if (resets >= MAX_RESETS_IN_A_ROW) await pauseAfterFailure(0);
      return !abort.signal.aborted;
    }
    if (isRetryable(failure)) {
      await pauseAfterFailure(failure.retryAfterMs ?? 0);
      return !abort.signal.aborted && (options.isWanted?.() ?? true);
    }
    setError(failure);
    return false;
  };

  const pauseAfterFailure = (retryAfterMs: number): Promise<void> => {
    failures += 1;
    return pause.wait(Math.max(computeBackoffMs(failures, clock), retryAfterMs));
  };

  const run = async (): Promise<void> => {
    do {
      isAskedAgain = false;
      while (await step());
    } while (isAskedAgain && !abort.signal.aborted);
  };

  const sync = (): Promise<void> => {
    if (abort.signal.aborted) return Promise.resolve();
    if (running !== null) {
      isAskedAgain = true;
      pause.wake();
      return running;
    }
    running = run().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    getState: () => state,
    getError: () => error,
    receive(action) {
      dispatch(action);
      // A request that is under way checks again by itself when it is done.
      if (isBehind(state) && running === null) void sync();
    },
    sync,
    async loadOlder() {
      const first = state.entries[0]?.seq ?? 0;
      if (first <= state.minSeq || state.epoch === null) return;
      const after = Math.max(first - 1 - SYNC_PAGE_SIZE, 0);
      const result = await options.fetchPage({ epoch: state.epoch, after, limit: first - 1 - after }, abort.signal);
      if (result.ok && !abort.signal.aborted) dispatch({ type: 'older', page: result.data });
    },
    stop() {
      abort.abort();
      pause.wake();
    },
  };
}
