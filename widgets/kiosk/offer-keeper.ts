/** What the branch offers, and what time it is there: both as the server said, and carried on when it says nothing. */
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { DeviceStorage } from '../core/client/storage-device.js';
import type { DeviceLink } from './issuer.js';
import type { KioskAction, KioskState } from './kiosk-store.js';
import { ageOffer, isDayUsable, localDate } from './offline-offer.js';
import type { Snapshot } from './shown-ticket.js';
import type { Timeline } from './timeline.js';

export interface OfferKeeperDeps {
  readonly link: DeviceLink;
  readonly storage: DeviceStorage;
  readonly timeline: Timeline;
  isOnline(): boolean;
  wallNow(): number;
  getState(): KioskState;
  dispatch(action: KioskAction): void;
}

export interface OfferKeeper {
  /** Server time in epoch milliseconds, whatever the wall clock says (QK-11). */
  now(): number;
  readDate(): string;
  isDayUsable(serviceDay: string): boolean;
  /** As it was when the kiosk was last on; null on the very first start. */
  restore(): Snapshot['self'] | null;
  take(offer: QueueOffer): void;
  read(): Promise<void>;
  /** Shows it anew: offline, services open and close by the clock. */
  refresh(): void;
  /** Writes down what the next start without a network begins with. */
  keep(): void;
  serviceIds(): QueueOffer['services'][number]['id'][];
}

export function createOfferKeeper(deps: OfferKeeperDeps): OfferKeeper {
  const { link, storage, timeline, isOnline, wallNow, getState, dispatch } = deps;
  let offer: QueueOffer | null = null;
  /** When it was read, on the timeline. */
  let atMs = 0;

  const zone = (): string => offer?.timeZone ?? getState().self?.timeZone ?? 'UTC';
  const now = (): number =>
    offer === null ? wallNow() : Date.parse(offer.serverTime) + Math.max(0, timeline.now() - atMs);

  function refresh(): void {
    if (offer !== null) dispatch({ type: 'offer-read', offer: isOnline() ? offer : ageOffer(offer, now()) });
  }

  function keep(): void {
    const { self } = getState();
    if (self && offer) storage.writeSnapshot({ self, offer, atMs } satisfies Snapshot);
  }

  function take(next: QueueOffer): void {
    offer = next;
    atMs = timeline.now();
    refresh();
    keep();
  }

  return {
    now,
    readDate: () => localDate(now(), zone()),
    isDayUsable: (serviceDay) => isDayUsable(serviceDay, now(), zone()),
    restore() {
      const snapshot = storage.readSnapshot() as Partial<Snapshot> | null;
      if (!snapshot?.self || !snapshot.offer) return null;
      offer = snapshot.offer;
      atMs = snapshot.atMs ?? timeline.now();
      refresh();
      return snapshot.self;
    },
    take,
    async read() {
      const answer = await link.request('queue:offer', {});
      if (answer.ok) take(answer.data);
    },
    refresh,
    keep,
    serviceIds: () => offer?.services.map(({ id }) => id) ?? [],
  };
}
