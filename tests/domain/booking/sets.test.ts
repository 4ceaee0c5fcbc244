import { expect } from 'chai';
import fc from 'fast-check';
import { contains, inAtLeast, intersect, unite, type Intervals } from '@frontdesk/domain/booking/intervals';
import { chooseMembers, startsOfPools, type MemberStarts } from '@frontdesk/domain/booking/pools';
import type { BookableId, ResourcePoolId } from '@frontdesk/protocol/ids';

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -1, max: 12 })), { maxLength: 8 })
  .map((list) => list.map(([from, length]) => [from, from + length] as const));
const set = spans.map(unite);
const moments = Array.from({ length: 60 }, (_, at) => at);

function expectTidy(intervals: Intervals): void {
  for (let at = 1; at < intervals.length; at += 1) {
    expect((intervals[at - 1] as number) < (intervals[at] as number), intervals.join()).to.equal(true);
  }
}

describe('sets of time', () => {
  it('BK-12: uniting, intersecting and counting are what they are moment by moment', () => {
    fc.assert(
      fc.property(
        spans,
        set,
        fc.array(set, { maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (list, other, sets, count) => {
          const united = unite(list);
          const both = intersect(united, other);
          const often = inAtLeast(count, sets);
          for (const tidy of [united, both, often]) expectTidy(tidy);
          for (const at of moments) {
            expect(contains(united, at)).to.equal(list.some(([from, to]) => from <= at && at < to));
            expect(contains(both, at)).to.equal(contains(united, at) && contains(other, at));
            expect(contains(often, at)).to.equal(sets.filter((one) => contains(one, at)).length >= count);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('BK-9: pools are said to have a member each exactly when members can be chosen', () => {
    const names = ['a', 'b', 'c', 'd'] as BookableId[];
    const pool = fc
      .subarray(names)
      .chain((members) => fc.tuple(...members.map((id) => fc.tuple(fc.constant(id), set))));
    const pools = fc
      .array(pool, { minLength: 1, maxLength: 4 })
      .map(
        (list): MemberStarts => new Map(list.map((members, at) => [`pool-${at}` as ResourcePoolId, new Map(members)])),
      );
    const order = (one: BookableId, other: BookableId) => one.localeCompare(other);
    fc.assert(
      fc.property(pools, fc.constantFrom(null, ...names), (members, without) => {
        const starts = startsOfPools(members, without) ?? [];
        for (const at of moments) {
          const chosen = chooseMembers(members, at, new Set(without ? [without] : []), order);
          expect(chosen !== null).to.equal(contains(starts, at));
          if (!chosen) continue;
          expect(new Set(chosen.values()).size).to.equal(members.size);
          for (const [id, member] of chosen) expect(contains(members.get(id)?.get(member) ?? [], at)).to.equal(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
