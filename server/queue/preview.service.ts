/** A day that was, under rules that are not yet (QA-5). */
import { createDayRecorder, type RecordedDay } from '@frontdesk/domain/queue/recorded-day';
import { firstComeFirstServed, replayDay, type ReplayOutcome } from '@frontdesk/domain/queue/replay';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { PolicyOutcome } from '@frontdesk/protocol/queue-reports';
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { AppError } from '../core/errors.js';
import type { EventStore } from './event.store.js';
import type { FullSetup, Scoped, Setups } from './queue.types.js';
import { readEvents } from './report.service.js';

/** Three replays of so many tickets are a few seconds of work, in slices. */
const MOST_TICKETS = 5_000;

export interface PreviewRequest {
  readonly locationId: LocationId;
  readonly serviceDay: string;
  readonly policy: QueuePolicy;
}

export type PreviewService = ReturnType<typeof createPreviewService>;

async function play(day: RecordedDay, setup: FullSetup, policy: QueuePolicy): Promise<ReplayOutcome> {
  const replay = replayDay(day, { ...setup, policy });
  for (let step = replay.next(); ; step = replay.next()) {
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function createPreviewService(deps: { readonly events: Pick<EventStore, 'readDays'>; readonly setups: Setups }) {
  return {
    async preview(context: Scoped, { locationId, serviceDay, policy }: PreviewRequest) {
      const setup = await deps.setups.read(context, locationId);
      const recorder = createDayRecorder();
      for await (const event of readEvents(deps.events, context, locationId, [serviceDay])) recorder.observe(event);
      const day = recorder.finish();
      if (day.tickets > MOST_TICKETS) {
        throw new AppError('VALIDATION', { fields: { serviceDay: `must have at most ${MOST_TICKETS} tickets` } });
      }
      const policies: Readonly<Record<PolicyOutcome['label'], QueuePolicy>> = {
        present: setup.policy,
        proposed: policy,
        'first-come': firstComeFirstServed(setup.policy),
      };
      const outcomes: PolicyOutcome[] = [];
      for (const label of ['present', 'proposed', 'first-come'] as const) {
        outcomes.push({ label, ...(await play(day, setup, policies[label])) });
      }
      return { outcomes };
    },
  };
}
