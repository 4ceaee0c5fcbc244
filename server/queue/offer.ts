/** What a customer can queue for now, for kiosks and phones. */
import { findOpenWindow } from '@frontdesk/domain/hours/opening-hours';
import { getZone } from '@frontdesk/domain/hours/zone';
import { countWaiting, readAvailability } from '@frontdesk/domain/queue/availability';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import type { Places } from './places.js';
import { toInstant } from './queue.presenter.js';
import type { LiveSituation, QueueHandle, Service } from './queue.types.js';

export interface OfferFilter {
  /** Only these; empty for all. */
  readonly serviceIds: readonly ServiceId[];
  readonly isRemote: boolean;
}

function presentOffer(queue: QueueHandle, situation: LiveSituation, service: Service, places: Places): ServiceOffer {
  const { floor, setup, nowMs } = situation;
  const availability = readAvailability(floor, setup, service.id, nowMs);
  return {
    id: service.id,
    names: service.names,
    prefix: service.series.prefix,
    state:
      availability.kind === 'open'
        ? {
            kind: 'open',
            closesAt: toInstant(availability.closesAtMs),
            warnsOfClosing: places.warnsOfClosing(queue, situation, service.id),
          }
        : {
            kind: 'closed',
            reason: availability.reason,
            opensAt: toInstant(availability.opensAtMs),
            message: availability.message,
          },
    waiting: countWaiting(floor, service.id),
    estimate: places.estimateFor(queue, situation, service.id),
    askName: service.askName,
    askPhone: service.askPhone,
    consentText: service.consentText,
  };
}

export function buildOffer(
  queue: QueueHandle,
  situation: LiveSituation,
  places: Places,
  filter: OfferFilter,
  hitRatePercent: number | null,
): QueueOffer {
  const { setup } = situation;
  const { location, policy } = setup;
  const offered = [...setup.servicesById.values()].filter(
    (service) =>
      !service.isArchived &&
      (filter.serviceIds.length === 0 || filter.serviceIds.includes(service.id)) &&
      (!filter.isRemote || service.isRemoteJoinAllowed),
  );
  return {
    serverTime: new Date(situation.nowMs).toISOString(),
    locationName: location.name,
    timeZone: location.timeZone,
    languages: [...location.languages],
    country: location.country,
    services: offered.map((service) => presentOffer(queue, situation, service, places)),
    declarations: policy.classes.flatMap(({ key, names, declaration }) =>
      declaration === null ? [] : [{ key, names, text: declaration }],
    ),
    hitRatePercent,
  };
}

/** Reads the same as long as every service is open or closed for the same reason. */
export function describeOpenings({ floor, setup, nowMs }: LiveSituation): string {
  const isOpen = findOpenWindow(setup.hours, getZone(floor.timeZone), nowMs) !== undefined;
  const states = [...setup.services.keys()].map((id) => {
    const availability = readAvailability(floor, setup, id, nowMs);
    return availability.kind === 'open' ? 'open' : availability.reason;
  });
  return [isOpen, ...states].join(' ');
}
