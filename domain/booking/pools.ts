/**
 * Pools: rooms and things of which any one will do. A visit takes one member of each pool that it names, the same one throughout, and no
 * member twice, even when it belongs to two pools.
 */
import type { BookableId, ResourcePoolId } from '@frontdesk/protocol/ids';
import { contains, inAtLeast, intersect, type Intervals } from './intervals.js';

/** When each member of each pool could do its parts of a visit, by start. */
export type MemberStarts = ReadonlyMap<ResourcePoolId, ReadonlyMap<BookableId, Intervals>>;

function* subsetsOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let bits = 1; bits < 2 ** items.length; bits += 1) yield items.filter((_, at) => (bits >> at) % 2 === 1);
}

/** Pools alone, and those that share members together in every way. A service names five pools at most, so these are few. */
function groupsOf(pools: MemberStarts): readonly (readonly ResourcePoolId[])[] {
  const ids = [...pools.keys()];
  const isShared = (id: ResourcePoolId) =>
    [...(pools.get(id)?.keys() ?? [])].some((member) =>
      ids.some((other) => other !== id && pools.get(other)?.has(member)),
    );
  const shared = ids.filter(isShared);
  return [...ids.filter((id) => !shared.includes(id)).map((id) => [id]), ...subsetsOf(shared)];
}

/**
 * Starts at which every pool has a member of its own, other than `without`; null when there are no pools, and any start will do.
 *
 * By Hall's theorem (1935) that is so exactly when any n of the pools together have n free members.
 */
export function startsOfPools(pools: MemberStarts, without: BookableId | null): Intervals | null {
  let starts: Intervals | null = null;
  for (const group of groupsOf(pools)) {
    const byMember = new Map<BookableId, Intervals[]>();
    for (const id of group) {
      for (const [member, ofMember] of pools.get(id) ?? []) {
        if (member !== without) byMember.set(member, [...(byMember.get(member) ?? []), ofMember]);
      }
    }
    const free = inAtLeast(
      group.length,
      [...byMember.values()].map((sets) => inAtLeast(1, sets)),
    );
    starts = starts ? intersect(starts, free) : free;
  }
  return starts;
}

/**
 * One member for each pool at a start, none twice and none of `taken`; the first in `order` where there is a choice. Null when it
 * cannot be done.
 */
export function chooseMembers(
  pools: MemberStarts,
  start: number,
  taken: ReadonlySet<BookableId>,
  order: (one: BookableId, other: BookableId) => number,
): ReadonlyMap<ResourcePoolId, BookableId> | null {
  const [first, ...rest] = pools;
  if (!first) return new Map();
  const [poolId, members] = first;
  for (const id of [...members.keys()].sort(order)) {
    const starts = members.get(id);
    if (!starts || taken.has(id) || !contains(starts, start)) continue;
    const others = chooseMembers(new Map(rest), start, new Set([...taken, id]), order);
    if (others) return new Map([[poolId, id], ...others]);
  }
  return null;
}
