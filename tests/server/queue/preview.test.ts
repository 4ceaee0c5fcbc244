/** Rules that are not yet, tried on a day that was. */
import { expect } from 'chai';
import type { PolicyOutcome } from '@frontdesk/protocol/queue-reports';
import type { PriorityClass, QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import { startWorkday, type Workday } from '../../support/workday.js';

const elders: PriorityClass = {
  key: 'elders',
  names: { en: 'Elders' },
  kind: 'soft',
  rate: 1,
  headStartMinutes: 0,
  maxConsecutive: null,
  declaration: null,
  quota: null,
};

describe('preview of a policy', function previews() {
  this.timeout(60_000);
  let day: Workday;
  before(async () => {
    day = await startWorkday('2026-03-02T01:00:00Z', { policy: { classes: [elders] } });
    for (let at = 0; at < 6; at += 1) {
      await day.issue({ classKey: at === 5 ? 'elders' : null });
      day.wait(1 / 60);
    }
    for (let at = 0; at < 6; at += 1) await day.serve(5);
  });
  after(() => day.close());

  const preview = async (policy: QueuePolicy) => {
    const request = { locationId: day.branch.locationId, serviceDay: '2026-03-02', policy };
    const { outcomes } = await day.must<{ outcomes: PolicyOutcome[] }>('queue:preview-policy', request);
    return Object.fromEntries(outcomes.map(({ label, ...outcome }) => [label, outcome]));
  };

  it('QA-5: the day under the present rules, the proposed ones, and first come first served', async () => {
    const statutory = { ...elders, kind: 'statutory' as const };
    const { present, proposed, 'first-come': fifo } = await preview({ ...DEFAULT_POLICY, classes: [statutory] });
    expect(present).to.deep.equal(fifo);
    expect(fifo?.priority.meanSeconds).to.equal(25 * 60 - 5);
    // The one who is at the counter is served to the end.
    expect(proposed?.priority.meanSeconds).to.equal(5 * 60 - 5);
    expect(proposed?.others.p95Seconds).to.equal(25 * 60 - 4);
    expect(proposed?.overtaken).to.equal(4);
    expect(fifo?.overtaken).to.equal(0);
  });

  it('QA-5: changes nothing, and a day without tickets has nothing to say', async () => {
    const before = await day.collection('queue_events').countDocuments({});
    await preview(DEFAULT_POLICY);
    expect(await day.collection('queue_events').countDocuments({})).to.equal(before);
    const request = { locationId: day.branch.locationId, serviceDay: '2025-03-02', policy: DEFAULT_POLICY };
    const { outcomes } = await day.must<{ outcomes: PolicyOutcome[] }>('queue:preview-policy', request);
    expect(outcomes.every(({ others }) => others.meanSeconds === null)).to.equal(true);
  });
});
