import { expect } from 'chai';
import fc from 'fast-check';
import { blockSpan, collectBusy } from '@frontdesk/domain/booking/branch';
import { claimKeys } from '@frontdesk/domain/booking/claims';
import { planSlot, type PlanAnswer, type PlanQuestion } from '@frontdesk/domain/booking/plan';
import { findSlots } from '@frontdesk/domain/booking/slots';
import type { TimeBlockId } from '@frontdesk/protocol/ids';
import {
  at,
  bookableId,
  buildBookable,
  buildPool,
  buildRoom,
  buildSalon,
  buildService,
  everyDay,
  minuteMs,
  open,
  poolId,
  situationOf,
  today,
  type Salon,
} from '../support/salon.js';

const ten = at(today, '10:00');
const ask = (change: Partial<PlanQuestion> = {}): PlanQuestion => ({
  start: ten,
  staffId: null,
  by: 'customer',
  loads: new Map(),
  ...change,
});
const plan = (salon: Salon, change: Partial<PlanQuestion> = {}): PlanAnswer =>
  planSlot(situationOf(salon), ask(change));
const reasonOf = (answer: PlanAnswer) => (answer.ok ? 'ok' : answer.reason);
const staffOf = (answer: PlanAnswer) => (answer.ok ? answer.plans.map(({ staffId }) => staffId) : []);
const taken = (resource: string, from: string, to: string) => ({
  resourceId: bookableId(resource),
  from: at(today, from),
  to: at(today, to),
});

const rooms = [poolId('rooms')];
const clinic = buildSalon({
  resources: [buildBookable('ann', 1), buildRoom('one', 2), buildRoom('two', 3)],
  pools: [buildPool('rooms', ['one', 'two'])],
  service: buildService({
    bufferBeforeMinutes: 10,
    bufferAfterMinutes: 5,
    segments: [
      { minutes: 20, needsStaff: true, poolIds: rooms },
      { minutes: 15, needsStaff: false, poolIds: rooms },
      { minutes: 25, needsStaff: true, poolIds: [] },
    ],
  }),
});

describe('plans', () => {
  it('BK-9: a plan names who and what for each part, and claims them with their buffers', () => {
    const answer = plan(clinic);
    expect(answer.ok && answer.plans).to.deep.equal([
      {
        start: ten,
        end: ten + 60,
        staffId: 'ann',
        segments: [
          { from: ten, to: ten + 20, staffId: 'ann', resourceIds: ['one'] },
          { from: ten + 20, to: ten + 35, staffId: null, resourceIds: ['one'] },
          { from: ten + 35, to: ten + 60, staffId: 'ann', resourceIds: [] },
        ],
        claims: [
          { resourceId: 'ann', rseq: 1, from: ten - 10, to: ten + 20 },
          { resourceId: 'ann', rseq: 1, from: ten + 35, to: ten + 65 },
          { resourceId: 'one', rseq: 2, from: ten - 10, to: ten + 35 },
        ],
      },
    ]);
  });

  it('BK-9: the room that is free throughout is taken', () => {
    const answer = plan({ ...clinic, busy: collectBusy([taken('one', '10:30', '11:00')]) });
    expect(answer.ok && answer.plans[0]?.segments[0]?.resourceIds).to.deep.equal(['two']);
    const both = collectBusy([taken('one', '10:30', '11:00'), taken('two', '10:00', '10:05')]);
    expect(reasonOf(plan({ ...clinic, busy: both }))).to.equal('taken');
  });

  it('BK-9: a room that only one of two pools can use is left to it', () => {
    const salon = buildSalon({
      resources: [buildBookable('ann', 1), buildRoom('one', 2), buildRoom('two', 3)],
      pools: [buildPool('rooms', ['one', 'two']), buildPool('quiet', ['one'])],
      service: buildService({
        segments: [{ minutes: 60, needsStaff: true, poolIds: [poolId('rooms'), poolId('quiet')] }],
      }),
    });
    const answer = plan(salon);
    expect(answer.ok && answer.plans[0]?.segments[0]?.resourceIds).to.deep.equal(['two', 'one']);
  });

  it('BK-11: no buffer is claimed outside the hours', () => {
    const answer = plan(clinic, { start: at(today, '09:00') });
    expect(answer.ok && answer.plans[0]?.claims[0]?.from).to.equal(at(today, '09:00'));
    const last = plan(clinic, { start: at(today, '16:00') });
    expect(last.ok && last.plans[0]?.claims[1]?.to).to.equal(at(today, '17:00'));
  });

  it('BK-3: anybody is tried by priority, then load for weight, then who waited longest, then number', () => {
    const resources = [
      buildBookable('ann', 1),
      buildBookable('ben', 2, { weight: 2 }),
      buildBookable('cem', 3, { priority: 5 }),
      buildBookable('dee', 4),
    ];
    const salon = buildSalon({ resources });
    const load = (minutes: number, lastBookedMs: number | null = null) => ({ minutes, lastBookedMs });
    expect(staffOf(plan(salon))).to.deep.equal(['cem', 'ann', 'ben', 'dee']);
    const loads = new Map([
      [bookableId('ann'), load(60, 2_000)],
      [bookableId('ben'), load(90)],
      [bookableId('cem'), load(600)],
      [bookableId('dee'), load(60, 1_000)],
    ]);
    // 90 minutes at twice the weight are less than 60.
    expect(staffOf(plan(salon, { loads }))).to.deep.equal(['cem', 'ben', 'dee', 'ann']);
    const busy = collectBusy([taken('cem', '10:00', '10:05'), taken('ben', '10:55', '11:00')]);
    expect(staffOf(plan({ ...salon, busy }, { loads }))).to.deep.equal(['dee', 'ann']);
    expect(staffOf(plan(salon, { loads, staffId: bookableId('ann') }))).to.deep.equal(['ann']);
  });

  it('BK-16: notice and horizon are asked again of a hold and a confirmation, and do not bind staff', () => {
    const service = buildService({ minNoticeMinutes: 60, horizonDays: 2 });
    const salon = buildSalon({ service, nowMs: (ten - 60) * minuteMs });
    expect(reasonOf(plan(salon))).to.equal('ok');
    expect(reasonOf(plan({ ...salon, nowMs: salon.nowMs + 1 }))).to.equal('too-soon');
    expect(reasonOf(plan({ ...salon, nowMs: salon.nowMs + 1 }, { by: 'staff' }))).to.equal('ok');
    expect(reasonOf(plan(salon, { start: ten + 1_440 }))).to.equal('ok');
    expect(reasonOf(plan(salon, { start: ten + 2_880 }))).to.equal('too-far');
    expect(reasonOf(plan(salon, { start: ten + 2_880, by: 'staff' }))).to.equal('ok');
  });

  it('BK-1: taken, closed and full are told apart', () => {
    const salon = buildSalon();
    expect(reasonOf(plan({ ...salon, busy: collectBusy([taken('ann', '10:30', '10:35')]) }))).to.equal('taken');
    expect(reasonOf(plan(salon, { start: at(today, '12:00') }))).to.equal('closed');
    expect(reasonOf(plan(salon, { start: at(today, '11:30') }))).to.equal('closed');
    expect(reasonOf(plan(salon, { start: ten + 1 }))).to.equal('closed');
    expect(reasonOf(plan(salon, { staffId: bookableId('zoe') }))).to.equal('closed');
    expect(reasonOf(plan({ ...salon, fullDates: new Set([today]) }))).to.equal('full');
    // A limit does not hide that somebody else has the time, and does not bind staff; the grid does not either.
    expect(reasonOf(plan({ ...salon, fullDates: new Set([today]) }, { by: 'staff' }))).to.equal('ok');
    expect(reasonOf(plan(salon, { start: ten + 5 }))).to.equal('closed');
    expect(reasonOf(plan(salon, { start: ten + 5, by: 'staff' }))).to.equal('ok');
    expect(reasonOf(plan(salon, { start: ten + 1, by: 'staff' }))).to.equal('closed');
    expect(reasonOf(plan(salon, { start: at(today, '11:30'), by: 'staff' }))).to.equal('closed');
  });

  it('BK-13: what is offered after midnight can be planned', () => {
    const salon = buildSalon({ hours: everyDay([open('18:00', '02:00')]) });
    expect(reasonOf(plan(salon, { start: at('2026-05-14', '01:00') }))).to.equal('ok');
    expect(reasonOf(plan({ ...salon, fullDates: new Set([today]) }, { start: at('2026-05-14', '01:00') }))).to.equal(
      'full',
    );
  });

  it('BK-12: time off takes whole minutes', () => {
    const block = { id: 'off' as TimeBlockId, resourceId: bookableId('ann'), reason: '' };
    const span = blockSpan({ ...block, start: '2026-05-13T02:59:30.000Z', end: '2026-05-13T03:00:30.000Z' });
    expect([span.from, span.to]).to.deep.equal([ten + 59, ten + 61]);
    expect(reasonOf(plan(buildSalon({ busy: collectBusy([span]) })))).to.equal('taken');
  });

  it('BK-2: whatever is offered can be planned, whatever is planned was free, and a full day has no room left', () => {
    const durations = fc.array(fc.constantFrom(15, 30, 45, 60), { minLength: 1, maxLength: 3 });
    const buffers = fc.constantFrom(0, 5, 10);
    fc.assert(
      fc.property(durations, buffers, buffers, fc.nat(), (minutes, bufferBeforeMinutes, bufferAfterMinutes, seed) => {
        const segments = minutes.map((length, part) => ({ minutes: length, needsStaff: part !== 1, poolIds: rooms }));
        const change = { segments, bufferBeforeMinutes, bufferAfterMinutes, intervalMinutes: 15 };
        const resources = [buildBookable('ann', 1), buildBookable('ben', 2), buildRoom('one', 3), buildRoom('two', 4)];
        const salon = { ...clinic, resources, service: buildService(change) };
        const claimed = new Set<number>();
        const spans: { resourceId: ReturnType<typeof bookableId>; from: number; to: number }[] = [];
        for (let turn = seed; ; turn = (turn * 31 + 7) % 1_000_003) {
          const situation = situationOf({ ...salon, busy: collectBusy(spans) });
          const [day = []] = findSlots(situation, { staffId: null, from: today, days: 1 });
          const start = day[turn % Math.max(1, day.length)];
          if (start === undefined) break;
          const answer = planSlot(situation, ask({ start }));
          if (!answer.ok) throw new Error(`offered, but ${answer.reason}`);
          for (const { claims } of answer.plans) {
            for (const key of claimKeys(claims)) expect(claimed.has(key)).to.equal(false);
          }
          const [first] = answer.plans;
          if (!first) throw new Error('an answer without a plan');
          for (const key of claimKeys(first.claims)) claimed.add(key);
          spans.push(...first.claims);
        }
        expect(spans.length).to.be.greaterThan(0);
      }),
      { numRuns: 40 },
    );
  }).timeout(30_000);
});
