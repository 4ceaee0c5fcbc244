import { expect } from 'chai';
import { measurePolicy, type PolicyFigures, type PolicyName } from './policy-table.js';

/** The rows of queue.md 3.1 (load 0.9, one in five with priority) that differ enough to be told apart in a few days. */
const published: Partial<Record<PolicyName, PolicyFigures>> = {
  FIFO: { priorityMean: 14.5, priorityP95: 52.8, othersMean: 14.7, othersP95: 53.4 },
  strict: { priorityMean: 1.5, priorityP95: 5.2, othersMean: 17.8, othersP95: 66 },
  'credit rate 3': { priorityMean: 6.2, priorityP95: 20.5, othersMean: 16.7, othersP95: 61.7 },
  'credit rate 2': { priorityMean: 8.4, priorityP95: 29.2, othersMean: 16.1, othersP95: 59.6 },
};

describe('policies', function () {
  this.timeout(60_000);

  it("QE-4: a played priority class waits as the table of policies says, through the product's own order", () => {
    const demand = { days: 60, load: 0.9, priorityShare: 0.2, seed: 2 };
    for (const [name, row] of Object.entries(published) as [PolicyName, PolicyFigures][]) {
      const figures = measurePolicy(name, demand);
      for (const key of Object.keys(row) as (keyof PolicyFigures)[]) {
        expect(figures[key] / row[key], `${name}: ${key}`).to.be.within(0.75, 1.25);
      }
    }
  });

  it('QE-4: in overload the guard turns a soft class into plain first come, first served', () => {
    const demand = { days: 40, load: 0.95, priorityShare: 0.4, seed: 2 };
    const [fifo, guarded, strict] = (['FIFO', 'rate 3 + guard 45 min', 'strict'] as const).map((name) =>
      measurePolicy(name, demand),
    );
    expect((guarded?.priorityP95 ?? 0) / (fifo?.priorityP95 ?? 1)).to.be.within(0.9, 1.1);
    expect((strict?.othersP95 ?? 0) / (fifo?.othersP95 ?? 1)).to.be.greaterThan(1.3);
  });
});
