/**
 * A request that nobody decided before it would have begun expires by itself: its time is free, and staff see what became of it
 * (domain/booking/booking-states.ts, "expire"). Several processes may sweep; each request is ended once, on the condition that it still
 * is as it was read.
 */
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { createSweeper } from '../core/sweeper.js';
import type { AllocationStore } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import type { Allocation } from './booking.types.js';
import type { Messenger } from './messenger.js';
import { planMessages } from './outbox.js';

const SWEEP_INTERVAL_MS = 15_000;
const PER_SWEEP = 500;

export interface RequestExpiry {
  start(): void;
  /** Ends what is due; for tests, whose clock runs faster. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export function createRequestExpiry(deps: {
  readonly allocations: Pick<AllocationStore, 'listMissedRequests' | 'change'>;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly clock: Clock;
  readonly log: Logger;
}): RequestExpiry {
  const { allocations, announcer, clock, log } = deps;

  async function expire(request: Allocation, now: Date): Promise<void> {
    const { id, version, state } = request;
    const history = { at: now, by: 'system', memberId: null, from: state, to: 'expired', reason: '' } as const;
    // Whoever asked and heard nothing is told the same as when it was declined.
    const outbox = planMessages({ ...request, state: 'expired' }, 'declined', now.getTime());
    const change = { set: { state: 'expired', live: false }, write: null, history, outbox } as const;
    const ended = await allocations.change(request, id, { version }, change);
    if (ended === undefined) return;
    await announcer.timeChanged(request, 'for-staff');
    deps.messenger.wake();
  }

  async function sweep(): Promise<void> {
    const now = new Date(clock.now());
    for (const request of await allocations.listMissedRequests(now, PER_SWEEP)) await expire(request, now);
  }

  const sweeper = createSweeper(sweep, {
    everyMs: SWEEP_INTERVAL_MS,
    log,
    failure: 'requests that were missed could not be ended yet',
  });
  return {
    sweep,
    ...sweeper,
  };
}
