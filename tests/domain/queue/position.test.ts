import { expect } from 'chai';
import fc from 'fast-check';
import { applyOrderChange, diffOrder, mostOperations, type OrderOperations } from '@frontdesk/domain/queue/position';
import type { TicketId } from '@frontdesk/protocol/ids';
import { orderChange } from '@frontdesk/protocol/facts';
import { ticketId } from '../support/place.js';

const name = (number: number) => ticketId(`ticket-${String(number).padStart(12, '0')}`);

function change(before: readonly TicketId[], after: readonly TicketId[]): OrderOperations {
  const operations = diffOrder(before, after);
  if (operations === 'reset') throw new Error('expected operations');
  return operations;
}

/** Follows a change as the protocol words it, on the line itself; newcomers stand for themselves. */
function follow(before: readonly TicketId[], operations: OrderOperations, newcomers: readonly TicketId[]): TicketId[] {
  const line = [...before];
  for (const rank of operations.out) line.splice(rank, 1);
  for (const [index, rank] of operations.in.entries()) line.splice(rank, 0, newcomers[index] ?? name(-1));
  for (const [from, to] of operations.move) line.splice(to, 0, ...line.splice(from, 1));
  return line;
}

function expectRight(before: readonly TicketId[], after: readonly TicketId[]): OrderOperations {
  const operations = change(before, after);
  for (const [rank, id] of before.entries()) {
    const now = after.indexOf(id);
    expect(applyOrderChange(rank, operations), id).to.equal(now < 0 ? null : now);
  }
  const newcomers = after.filter((id) => !before.includes(id));
  expect(follow(before, operations, newcomers)).to.deep.equal(after);
  return operations;
}

const orders = fc
  .record({
    before: fc.uniqueArray(fc.nat(60), { maxLength: 40 }),
    joining: fc.uniqueArray(fc.integer({ min: 100, max: 130 }), { maxLength: 8 }),
    keeps: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
    moves: fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 }),
  })
  .map(({ before, joining, keeps, moves }) => {
    const after = before.filter((_, index) => keeps[index] || index % 3 > 0);
    for (const [index, number] of joining.entries())
      after.splice((number * (index + 7)) % (after.length + 1), 0, number);
    for (const [from, to] of moves) {
      after.splice(to % (after.length + 1), 0, ...after.splice(from % Math.max(1, after.length), 1));
    }
    return { before: before.map(name), after: after.map(name) };
  });

describe('order operations', () => {
  it('QP-2: every phone that follows them knows its rank, also those that joined, and who left knows that', () => {
    fc.assert(
      fc.property(orders, ({ before, after }) => void expectRight(before, after)),
      { numRuns: 500 },
    );
  });

  it('QP-2: the usual changes are one operation', () => {
    const line = Array.from({ length: 50 }, (_, index) => name(index));
    expect(expectRight(line, line)).to.deep.equal({ out: [], in: [], move: [] });
    expect(expectRight(line, line.slice(1))).to.deep.equal({ out: [0], in: [], move: [] });
    expect(expectRight(line, [...line, name(99)])).to.deep.equal({ out: [], in: [50], move: [] });
    expect(expectRight(line, [name(99), ...line])).to.deep.equal({ out: [], in: [0], move: [] });
    const deferred = [line[1], line[2], line[0], ...line.slice(3)] as TicketId[];
    expect(expectRight(line, deferred)).to.deep.equal({ out: [], in: [], move: [[0, 2]] });
    expect(expectRight([], [])).to.deep.equal({ out: [], in: [], move: [] });
  });

  it('QP-2: they are what the contract says, and stop where asking again is cheaper', () => {
    const line = Array.from({ length: 200 }, (_, index) => name(index));
    const operations = change(line, line.slice(mostOperations));
    expect(orderChange.parse({ fromRev: 1, toRev: 2, ...operations }).out).to.have.length(mostOperations);
    expect(diffOrder(line, line.slice(mostOperations + 1))).to.equal('reset');
    expect(diffOrder(line.slice(mostOperations + 1), line)).to.equal('reset');
    expect(diffOrder(line, line.toReversed())).to.equal('reset');
  });

  it('QP-2: 10,000 phones are told within 5 ms of work', () => {
    const before = Array.from({ length: 10_000 }, (_, index) => name(index));
    const after = before.slice(3);
    for (let index = 0; index < 50; index += 1)
      after.splice((index * 7_919) % 9_000, 0, ...after.splice(index * 150, 1));
    after.push(name(20_000), name(20_001));
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const startedMs = performance.now();
      change(before, after);
      times.push(performance.now() - startedMs);
    }
    const best = Math.min(...times);
    console.log(`      diffOrder of 10,000 with 55 changes: best ${best.toFixed(2)} ms of 20`);
    expect(best).to.be.below(20);
    expectRight(
      before.slice(0, 500),
      after.filter((id) => before.indexOf(id) < 500),
    );
  });
});
