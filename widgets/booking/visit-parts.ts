/** A visit of several services: which they are, in their order, and what holds for all of them together. Pure. */
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { OfferedService } from '@frontdesk/protocol/booking-visitor';
import { canChooseService, serviceOf, type BookingState } from './start-store.js';

/** As `followedBy` takes them. */
const MAX_PARTS = 5;

export interface VisitPart {
  readonly service: OfferedService;
  readonly staffId: FollowingService['staffId'];
}

/** Services of one visit take place at one branch, and are appointments. */
const goTogether = (first: OfferedService, other: OfferedService): boolean =>
  !first.isClass && !other.isClass && first.locationId === other.locationId;

const findService = ({ catalogue }: BookingState, serviceId: string): OfferedService | undefined =>
  catalogue?.services.find(({ id }) => id === serviceId);

/** The first service of the visit and what follows it; empty before a service was chosen. */
export function partsOf(state: BookingState): readonly VisitPart[] {
  const { serviceId, staffId, followedBy } = state;
  if (serviceId === null) return [];
  return [{ serviceId, staffId }, ...followedBy].flatMap((part) => {
    const service = findService(state, part.serviceId);
    return service ? [{ service, staffId: part.staffId }] : [];
  });
}

export const toFollowing = ({ service, staffId }: VisitPart): FollowingService => ({ serviceId: service.id, staffId });

/** What may still be added, in the order of the catalogue. */
export function addableTo(state: BookingState): readonly OfferedService[] {
  const parts = partsOf(state);
  const [first] = parts;
  if (!first || state.isSingle || !canChooseService(state) || parts.length >= MAX_PARTS) return [];
  const services = state.catalogue?.services ?? [];
  return services.filter(
    (other) => goTogether(first.service, other) && parts.every(({ service }) => service !== other),
  );
}

/** Of what the page asked for: what can be booked together, with the person who was asked for where they give it. */
export function readFollowing(state: BookingState): readonly FollowingService[] {
  const first = serviceOf(state);
  return state.followedBy
    .flatMap(({ serviceId, staffId }) => {
      const service = findService(state, serviceId);
      if (!first || !service || !goTogether(first, service)) return [];
      return [{ serviceId, staffId: staffId !== null && service.staffIds.includes(staffId) ? staffId : null }];
    })
    .slice(0, MAX_PARTS - 1);
}

const byKey = <Item extends { readonly key: string }>(items: readonly Item[]): Item[] =>
  items.filter(({ key }, at) => items.findIndex((other) => other.key === key) === at);

/** The visit as if it were one service: what all of them ask, their time together, the strictest of their rules; as the server sees it. */
export function visitOf(state: BookingState): OfferedService | null {
  const services = partsOf(state).map(({ service }) => service);
  const [first, ...others] = services;
  if (!first || others.length === 0) return first ?? null;
  return {
    ...first,
    minutes: services.reduce((sum, { minutes }) => sum + minutes, 0),
    horizonDays: Math.min(...services.map(({ horizonDays }) => horizonDays)),
    questions: byKey(services.flatMap(({ questions }) => questions)),
    consents: byKey(services.flatMap(({ consents }) => consents)),
    confirmation: services.some(({ confirmation }) => confirmation === 'approve') ? 'approve' : 'auto',
    verification: services.find(({ verification }) => verification !== 'none')?.verification ?? 'none',
  };
}
