/**
 * Who a visit was with is forgotten when the visit is older than its business keeps it (R11 in the privacy promises; BK-33): bookings,
 * seats in classes, their answers, files and mails, as on request (privacy.store.ts). When, where, with whom and what became of it stays, so
 * that the agenda and the figures stay right.
 *
 * Each tenant is leased, and what is forgotten is not found again, so that whoever dies in between is followed by somebody who goes on.
 * Files go first: of a booking without a name nobody would know any more that it had some.
 */
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { createSweeper } from '../core/sweeper.js';
import type { Announcer } from './announcer.js';
import type { Allocation, Scoped } from './booking.types.js';
import { isSession, type Session } from './class.types.js';
import type { FilesService } from './files.service.js';
import type { PrivacyStore } from './privacy.store.js';
import type { RetentionStore } from './retention.store.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const LOOK_INTERVAL_MS = 5 * minuteMs;
/** A visit goes within this after it has become too old. */
const HOURLY_MS = 60 * minuteMs;
/** Longer than a batch takes; somebody else goes on where a process died. */
const LEASE_MS = 10 * minuteMs;
const PER_BATCH = 200;

export interface RetentionDeps {
  readonly store: RetentionStore;
  readonly kept: Pick<PrivacyStore, 'listEnded' | 'forget' | 'forgetSeats' | 'closeSession' | 'addProof'>;
  readonly files: Pick<FilesService, 'forget'>;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Retention {
  start(): void;
  /** Forgets what is due; for tests, whose clock runs faster. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export function createRetention({ store, kept, files, announcer, clock, log }: RetentionDeps): Retention {
  let isStopped = false;

  async function forgetSession(context: Scoped, session: Session): Promise<void> {
    let { version } = session;
    for (const entry of session.session.entries) {
      if (!entry.customer) continue;
      await files.forget(context, entry.id);
      await kept.forgetSeats(context, { session, entry });
      version += 1;
    }
    // Where somebody else wrote it meanwhile, it is found again at the next look, with whoever is in it then.
    await kept.closeSession(context, { id: session.id, version });
  }

  async function forgetBooking(context: Scoped, booking: Allocation): Promise<void> {
    await files.forget(context, booking.id);
    await kept.forget(context, booking);
  }

  /** Answers whether there is more. */
  async function forgetBatch(tenantId: TenantId, keepDays: number): Promise<boolean> {
    const context = { tenantId };
    const now = clock.now();
    const ended = await kept.listEnded(context, new Date(now - keepDays * dayMs), PER_BATCH);
    for (const one of ended) await (isSession(one) ? forgetSession(context, one) : forgetBooking(context, one));
    if (ended.length > 0) {
      const reason = `Ended more than ${keepDays} days ago`;
      await kept.addProof(context, { at: new Date(now), memberId: 'system', reason, bookings: ended.length });
      log.info({ tenantId, visits: ended.length }, 'visits were forgotten by their age');
    }
    for (const locationId of new Set<LocationId>(ended.map((one) => one.locationId))) {
      await announcer.timeChanged({ tenantId, locationId }, 'for-staff');
    }
    return ended.length === PER_BATCH;
  }

  /** One batch for each tenant that is due; those with more are due again at once, after the others. */
  async function sweep(): Promise<void> {
    while (!isStopped) {
      const now = clock.now();
      const until = new Date(now + LEASE_MS);
      const tenantId = await store.lease(new Date(now), until);
      if (tenantId === undefined) return;
      try {
        const keepDays = await store.read({ tenantId });
        const hasMore = keepDays !== null && (await forgetBatch(tenantId, keepDays));
        await store.settle({ tenantId }, until, new Date(hasMore ? now : now + HOURLY_MS));
      } catch (error) {
        // Who failed is looked at again when the lease ends, and keeps nobody else waiting.
        log.warn({ err: error, tenantId }, 'visits that are too old could not be forgotten yet');
      }
    }
  }

  const sweeper = createSweeper(sweep, {
    everyMs: LOOK_INTERVAL_MS,
    log,
    failure: 'visits that are too old could not be looked for',
  });
  return {
    sweep,
    start: () => sweeper.start(),
    stop() {
      isStopped = true;
      return sweeper.stop();
    },
  };
}
