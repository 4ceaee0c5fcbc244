import { expect } from '@open-wc/testing';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import {
  buildCurrent,
  buildTicket,
  counterIdOf,
  READY,
  READY_VIEW,
  ticketIdOf,
} from '@frontdesk/widgets/counter/counter-states';
import {
  canPress,
  countPassed,
  listDue,
  readReceipt,
  reduceCounter,
  type CounterState,
} from '@frontdesk/widgets/counter/counter-store';
import {
  COUNTER_ENGLISH,
  describeFailure,
  describeReason,
  formatClock,
  formatDuration,
} from '@frontdesk/widgets/counter/counter-words';

const show = (state: CounterState, view: Partial<CounterView>): CounterState =>
  reduceCounter(state, {
    type: 'view-arrived',
    counterId: counterIdOf(2),
    view: { ...READY_VIEW, ...view },
    nowMs: Date.now(),
  });

describe('counter store', () => {
  it('QC-3 shows the newest revision, however answers and facts overtake each other', () => {
    const newer = show(READY, { rev: 44, line: [] });
    expect(show(newer, { rev: 43 }).view?.line).to.deep.equal([]);
    expect(show(newer, { rev: 45 }).view?.line).to.have.length(7);
  });

  it('QC-12 a receipt moves no revision: of equal ones the later counts', () => {
    const called = show(READY, { rev: 41, serverTime: '2026-11-20T09:00:01.000Z', current: buildCurrent() });
    const receipt = { expected: 2, shown: 1 };
    const later = show(called, {
      rev: 41,
      serverTime: '2026-11-20T09:00:02.000Z',
      current: buildCurrent({ receipt }),
    });
    expect(later.view?.current?.receipt).to.deep.equal(receipt);
    const stale = show(later, { rev: 41, serverTime: '2026-11-20T09:00:01.000Z', current: null });
    expect(stale.view?.current?.receipt).to.deep.equal(receipt);
  });

  it('QC-16 the console of a counter that was left is not shown', () => {
    const left = reduceCounter(READY, { type: 'counter-chosen', counterId: counterIdOf(3) });
    expect(show(left, { rev: 99 }).view).to.equal(null);
  });

  it('QC-3 a question about what is over is taken back', () => {
    const asking: CounterState = { ...READY, sheet: { kind: 'call', ticketId: ticketIdOf(15) } };
    expect(show(asking, { rev: 41 }).sheet).to.not.equal(null);
    expect(show(asking, { rev: 41, line: [] }).sheet).to.equal(null);
    const sending: CounterState = { ...READY, sheet: { kind: 'transfer' } };
    expect(show(sending, { rev: 41, current: null }).sheet).to.equal(null);
    const writing: CounterState = { ...READY, sheet: { kind: 'issue' } };
    expect(show(writing, { rev: 41, line: [] }).sheet).to.deep.equal({ kind: 'issue' });
  });

  it('QC-1 QC-13 presses count only when they would arrive and nothing is under way', () => {
    expect(canPress(READY)).to.equal(true);
    for (const link of ['connecting', 'lost', 'refused'] as const) expect(canPress({ ...READY, link })).to.equal(false);
    expect(canPress({ ...READY, pending: { command: 'ticket:start', ticketId: null } })).to.equal(false);
  });

  it('QC-7 reminds of what is due and may be called here, not of what a colleague set aside', () => {
    const now = Date.now();
    const hold = {
      scope: 'staff',
      counterId: counterIdOf(2),
      memberId: 'me' as never,
      dueAt: new Date(now).toISOString(),
    } as const;
    const held = [
      buildTicket(1, 'A001', { state: 'held', hold }),
      buildTicket(2, 'A002', { state: 'held', hold: { ...hold, memberId: 'other' as never } }),
      buildTicket(3, 'A003', { state: 'held', hold: { ...hold, dueAt: null } }),
    ];
    const view = { ...READY_VIEW, held };
    expect(listDue(view, 'me', now).map(({ label }) => label)).to.deep.equal(['A001']);
    expect(listDue(view, 'me', now - 1_000)).to.deep.equal([]);
  });

  it('QC-8 counts who stands before', () => {
    expect(countPassed(READY_VIEW, ticketIdOf(13))).to.equal(0);
    expect(countPassed(READY_VIEW, ticketIdOf(17))).to.equal(6);
  });

  it('QC-12 a missing receipt is missing three seconds after the last call, a recall included', () => {
    const now = Date.now();
    const receipt = { expected: 1, shown: 0 };
    const calledAgo = (ms: number) => buildCurrent({ receipt, recallFrom: new Date(now - ms + 5_000).toISOString() });
    expect(readReceipt(calledAgo(2_900), now)).to.equal('waiting');
    expect(readReceipt(calledAgo(3_100), now)).to.equal('missing');
    expect(readReceipt({ ...calledAgo(9_000), recallFrom: null }, now), 'served').to.equal('none');
  });
});

describe('counter words', () => {
  const words = COUNTER_ENGLISH;
  const failureOf = (code: string, more: object = {}) =>
    ({ command: 'ticket:start', label: 'A012', error: { code, message: '', requestId: '1', ...more } }) as never;

  it('QC-4 a refusal says what is true now', () => {
    const current = { state: 'completed', rev: 50 };
    expect(describeFailure(words, failureOf('CONFLICT', { current }))).to.equal(
      'A012 had moved on meanwhile: completed.',
    );
    expect(describeFailure(words, failureOf('TOO_SOON', { retryAfterMs: 3_200 }))).to.include('4 sec');
    expect(describeFailure(words, failureOf('NOT_YOUR_TICKET'))).to.include('A012');
    expect(describeFailure(words, failureOf('STORE_UNAVAILABLE', { requestId: 'local' }))).to.include('No answer');
  });

  it('QC-5 every rule has a sentence with the wait', () => {
    const rules = [
      'pinned',
      'statutory',
      'appointment',
      'credit',
      'longest-wait',
      'chosen',
      'held',
      'alternation',
    ] as const;
    for (const rule of rules) {
      const reason = { rule, classKey: 'senior', waitedSeconds: 754, note: 'asked' };
      expect(describeReason(words, reason, READY), rule).to.match(/12 min/);
    }
  });

  it('writes lengths as exactly as they are worth', () => {
    expect(formatDuration(words, 45_000)).to.equal('45 sec');
    expect(formatDuration(words, 754_000)).to.equal('12 min');
    expect(formatDuration(words, 3_900_000)).to.equal('1 hr 5 min');
    expect(formatClock(words, 67_900)).to.equal('1:07');
    expect(formatClock(words, 6_100, 'up')).to.equal('0:07');
  });
});
