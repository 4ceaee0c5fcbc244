import { expect } from 'chai';
import { createRandom } from '../reliability/random.js';
import type { LogRow } from './csv.js';
import { evaluate, measurePoints, pinball } from './metrics.js';
import { replay, type Estimated, type ReplayOptions } from './replay.js';
import { renderEvaluation } from './report.js';
import { createCallCentreLog, createClinicLog, makeMessy } from './synthetic-logs.js';

const optionsOf = (pool: string, change: Partial<ReplayOptions> = {}): ReplayOptions => ({
  pool,
  timeZone: 'UTC',
  opening: null,
  fixedSeconds: 300,
  ...change,
});
const clinic = createClinicLog(7, 25);
const minuteMs = 60_000;
const nineMs = Date.UTC(2026, 0, 5, 9);

function row(ticket: string, change: Partial<LogRow> = {}): LogRow {
  return {
    ticket,
    arriveMs: null,
    callMs: null,
    startMs: null,
    endMs: null,
    pool: 'room',
    className: '',
    outcome: 'served',
    counter: '',
    ...change,
  };
}

/** Minutes after nine. */
const at = (minutes: number): number => nineMs + minutes * minuteMs;

/** Ten people who come at nine and are called every five minutes. */
const steady = Array.from({ length: 10 }, (_, place) =>
  row(`S${place}`, {
    arriveMs: at(0) + place,
    callMs: at(5 + place * 5),
    startMs: at(5 + place * 5),
    endMs: at(9 + place * 5),
  }),
);

function find(estimates: readonly Estimated[], ticket: string): Estimated {
  const found = estimates.find(({ id }) => id.startsWith(`${ticket}@`));
  if (!found) throw new Error(`no estimate for ${ticket}`);
  return found;
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

describe('the replay of a log', function () {
  this.timeout(60_000);

  it('QE-6: what comes later may be anything: every estimate before it stays bit for bit the same', () => {
    const random = createRandom(5);
    const cutMs = Date.UTC(2026, 0, 21, 9, 17);
    const isPast = (ms: number | null): ms is number => ms !== null && ms <= cutMs;
    const later = (): number => cutMs + 1 + random.int(0, 9_000_000);
    const changed = clinic.map((one) => {
      if (!isPast(one.arriveMs)) return { ...one, arriveMs: later(), callMs: later(), startMs: null, endMs: later() };
      const change = (ms: number | null): number | null => (ms === null || isPast(ms) ? ms : later());
      return { ...one, callMs: change(one.callMs), startMs: change(one.startMs), endMs: change(one.endMs) };
    });
    for (const pool of ['ultrasound', 'review']) {
      const before = (rows: readonly LogRow[]): Estimated[] =>
        replay(rows, optionsOf(pool))
          .filter(({ arriveMs }) => arriveMs <= cutMs)
          .map((one) => ({ ...one, actual: null }));
      const expected = before(clinic);
      expect(expected.length).to.be.greaterThan(150);
      expect(before(shuffle(changed, 6))).to.deep.equal(expected);
    }
  });

  it('QE-6: the order of the rows means nothing', () => {
    expect(replay(shuffle(clinic, 3), optionsOf('review'))).to.deep.equal(replay(clinic, optionsOf('review')));
  });

  it('QE-1: the room that takes a patient again has not moved the line', () => {
    const again = steady.slice(0, 4).map((one, place) =>
      row(one.ticket, {
        arriveMs: at(8 + place * 5),
        callMs: at(8 + place * 5) + 30_000,
        startMs: at(8 + place * 5) + 30_000,
        endMs: at(9 + place * 5),
      }),
    );
    const newcomer = row('N', { arriveMs: at(27), callMs: at(60) });
    const options = optionsOf('room');
    const [plain, repeated] = [
      replay([...steady, newcomer], options),
      replay([...steady, ...again, newcomer], options),
    ] as const;
    expect(find(repeated, 'N')).to.deep.equal(find(plain, 'N'));
  });

  it('QE-1: walk-ups move nothing; who gave up at the head of the line moves it', () => {
    const options = optionsOf('room');
    const newcomer = row('N', { arriveMs: at(31), callMs: at(60) });
    const walkUp = row('W', { arriveMs: at(28), callMs: at(28) + 2_000, endMs: at(29) });
    const plain = find(replay([...steady, newcomer], options), 'N');
    expect(find(replay([...steady, walkUp, newcomer], options), 'N').expected).to.equal(plain.expected);
    const leaving = steady.map((one) =>
      one.ticket === 'S6' ? { ...one, callMs: null, startMs: null, endMs: at(30.5), outcome: 'abandoned' } : one,
    );
    const shorter = find(replay([...leaving, newcomer], options), 'N');
    expect(shorter.ahead).to.equal(plain.ahead - 1);
  });

  it('QE-1: nobody waits for ever because a row lacks its end', () => {
    const ghosts = [0.1, 0.2].map((minute) => row(`G${minute}`, { arriveMs: at(minute) }));
    const late = row('N', { arriveMs: at(52), callMs: at(60) });
    const others = steady.map((one) => ({ ...one, arriveMs: (one.arriveMs ?? 0) + 5 * minuteMs - 1 }));
    const estimates = replay([...ghosts, ...others, late], optionsOf('room'));
    expect(find(estimates, 'S9').ahead).to.equal(10);
    expect(find(estimates, 'N').ahead).to.equal(0);
  });

  it('QE-1: learns from the days before who goes ahead, and counts only those', () => {
    const estimates = replay(clinic, optionsOf('ultrasound'));
    const late = estimates.filter(({ daysBefore }) => daysBefore >= 15);
    const isPriority = ({ id }: Estimated): boolean =>
      clinic.some(
        ({ ticket, arriveMs, className }) => className === 'priority' && id === `${ticket}@${arriveMs}/ultrasound`,
      );
    const ofPriority = late.filter((one) => isPriority(one) && one.ahead > 2);
    expect(late.filter(isPriority)).to.have.length.above(10);
    expect(ofPriority).to.have.length.below(3);
  });

  it('QE-2: P80 holds for 75 to 88 of a hundred in a clinic, messy or not', () => {
    const seasons = [1, 2, 3].map((seed) => createClinicLog(seed));
    const spoiled = seasons.map((rows) => makeMessy(rows, 8));
    for (const [pool, logs] of [
      ['ultrasound', seasons],
      ['review', seasons],
      ['ultrasound', spoiled],
    ] as const) {
      const [all] = evaluate(logs.flatMap((rows) => replay(rows, optionsOf(pool)))).groups;
      expect(all?.range.coverage80, pool).to.be.within(0.75, 0.88);
    }
  });

  it('QE-3: is nearer to the truth than each of the six others, where they say something at all', () => {
    for (const pool of ['ultrasound', 'review']) {
      const { groups, baselines } = evaluate(replay(clinic, optionsOf(pool)));
      const ours = groups[0]?.point.mae ?? Infinity;
      for (const { name, point, oursThere } of baselines) {
        expect(ours, `${pool}: ${name}`).to.be.below(point.mae);
        expect(oursThere, `${pool}: ${name}, on the same waits`).to.be.below(point.mae);
      }
    }
  });

  it('QE-8: in a call centre P80 and P90 hold, and no other is 2 % better', () => {
    const { groups, baselines } = evaluate(replay(createCallCentreLog(3), optionsOf('bank', { fixedSeconds: 30 })));
    const [all] = groups;
    expect(all?.range.coverage80).to.be.within(0.77, 0.83);
    expect(all?.range.coverage90).to.be.within(0.87, 0.92);
    const best = Math.min(...baselines.map(({ point }) => point.mae));
    expect(all?.point.mae).to.be.at.most(best * 1.02);
  });

  it('QE-1: a posted opening is a floor for the first call', () => {
    const crowd = [10, 20, 30].map((minute, place) =>
      row(`C${place}`, { arriveMs: at(minute - 60), callMs: at(5 * place + 1) }),
    );
    const [posted, unknown] = ['09:00', null].map((opening) =>
      find(replay(crowd, optionsOf('room', { opening })), 'C0'),
    );
    expect(posted?.isBeforeFirstCall).to.equal(true);
    expect((posted?.expected ?? 0) - (unknown?.expected ?? 0)).to.equal(50 * 60);
  });
});

describe('the figures of an evaluation', () => {
  it('QE-2: pinball loss costs what is beyond the quantile by its share', () => {
    expect(pinball(100, 150, 0.8)).to.be.closeTo(40, 1e-9);
    expect(pinball(150, 100, 0.8)).to.be.closeTo(10, 1e-9);
  });

  it('QE-1: late is more than a quarter and a minute over what was shown; near is within a quarter or five minutes', () => {
    const points = [
      { shown: 600, actual: 810 },
      { shown: 600, actual: 811 },
      { shown: 600, actual: 300 },
      { shown: 600, actual: 1_200 },
    ];
    expect(measurePoints(points)).to.deep.equal({ count: 4, mae: 330.25, bias: -180.25, late: 0.5, near: 0.75 });
  });

  it('QE-3: the six others say what they are known for, and nothing where they cannot', () => {
    const extra = [row('N', { arriveMs: at(32), callMs: at(60) }), row('E', { arriveMs: at(90), callMs: at(91) })];
    const estimates = replay([...steady, ...extra], optionsOf('room'));
    expect(find(estimates, 'S0').guesses).to.deep.equal({
      'ahead × fixed': 0,
      '(ahead+1) × fixed': 300,
      '(ahead+1) × service': null,
      'mean of 30 waits': null,
      LES: null,
      HOL: null,
    });
    const guesses = find(estimates, 'N').guesses;
    expect(guesses).to.include({ 'ahead × fixed': 1_200, '(ahead+1) × fixed': 1_500, '(ahead+1) × service': 5 * 240 });
    expect(guesses.LES).to.be.closeTo(30 * 60, 1);
    expect(guesses.HOL).to.be.closeTo(32 * 60, 1);
    expect(guesses['mean of 30 waits']).to.be.closeTo((5 + 30) * 30, 1);
    expect(find(estimates, 'E').guesses.HOL).to.equal(null);
  });

  it('QE-1: warm-up days and those who did not wait are not judged; the report has a row for each group and each other', () => {
    const evaluation = evaluate(replay(clinic, optionsOf('ultrasound')));
    const [all, before, after] = evaluation.groups;
    expect((before?.point.count ?? 0) + (after?.point.count ?? 0)).to.equal(all?.point.count);
    expect(evaluate(replay(clinic.slice(0, 40), optionsOf('ultrasound'))).groups[0]?.point.count).to.equal(0);
    const report = renderEvaluation(evaluation);
    expect(report.split('\n')).to.have.length(1 + 7 + 1 + 1 + 6);
    expect(report).to.match(/before first call +\d+ +\d+\.\d\d/);
  });
});
