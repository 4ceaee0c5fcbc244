/** Whether a service takes tickets now, and if not why and until when (QK-12). */
import { findClosing, findNextOpening, findOpenWindow } from '../hours/opening-hours.js';
import { serviceDayBounds } from '../hours/service-day.js';
import { getZone, parseWallTime } from '../hours/zone.js';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { ClosedReason } from '@frontdesk/protocol/vocabulary';
import type { Floor } from './floor.js';
import type { QueueSetup, ServiceSetup } from './setup.js';

export type Availability =
  | { readonly kind: 'open'; readonly closesAtMs: number | null }
  | {
      readonly kind: 'closed';
      readonly reason: ClosedReason;
      readonly opensAtMs: number | null;
      readonly message: string | null;
    };

function closed(reason: ClosedReason, opensAtMs: number | null = null, message: string | null = null): Availability {
  return { kind: 'closed', reason, opensAtMs, message };
}

export function countWaiting(floor: Floor, serviceId: ServiceId): number {
  let count = 0;
  for (const id of floor.waiting) if (floor.tickets.get(id)?.serviceId === serviceId) count += 1;
  return count;
}

/** Tickets may be had from when it opens until its stop time, or until it closes. */
function checkHours(floor: Floor, setup: QueueSetup, service: ServiceSetup, nowMs: number): Availability {
  const { hours, dayStart } = setup;
  const zone = getZone(floor.timeZone);
  const { startMs, endMs } = serviceDayBounds(zone, dayStart, floor.serviceDay);
  const closesAtMs = findClosing(hours, zone, nowMs, endMs) ?? null;
  if (service.stopAt !== null && nowMs >= stopInstant(setup, floor, service.stopAt)) {
    return closed('after-stop', findNextOpening(hours, zone, closesAtMs ?? Math.max(nowMs, endMs)) ?? null);
  }
  const isOpen = findOpenWindow(hours, zone, nowMs) !== undefined;
  if (isOpen) return { kind: 'open', closesAtMs };
  // Between two windows of one day tickets are still given: a lunch break is part of the wait.
  const firstMs = findNextOpening(hours, zone, startMs);
  const isBreak = firstMs !== undefined && firstMs <= nowMs && closesAtMs !== null;
  if (isBreak) return { kind: 'open', closesAtMs };
  const nextMs = findNextOpening(hours, zone, nowMs) ?? null;
  return closed(nextMs !== null && nextMs < endMs ? 'before-hours' : 'closed', nextMs);
}

/** A stop time before the day's start belongs to its second half (`02:00` of a bar whose day starts at `06:00`). */
function stopInstant(setup: QueueSetup, floor: Floor, stopAt: string): number {
  const zone = getZone(floor.timeZone);
  const minutes = parseWallTime(stopAt);
  const isNextDate = minutes < parseWallTime(setup.dayStart);
  return zone.toInstant(floor.serviceDay, isNextDate ? minutes + 1_440 : minutes);
}

/** Tickets that were cancelled count for the day's cap: it is the numbers that are limited. */
export function readAvailability(floor: Floor, setup: QueueSetup, serviceId: ServiceId, nowMs: number): Availability {
  const service = setup.services.get(serviceId);
  if (!service || service.isArchived) return closed('closed');
  const closure = floor.closures.get(serviceId);
  if (closure) return closed('emergency', null, closure.message);
  const byHours = checkHours(floor, setup, service, nowMs);
  if (byHours.kind === 'closed') return byHours;
  if (floor.finishing.has(serviceId)) return closed('finishing');
  if (service.capPerDay !== null && (floor.issuedCount.get(serviceId) ?? 0) >= service.capPerDay) {
    return closed('day-full');
  }
  if (service.maxWaiting !== null && countWaiting(floor, serviceId) >= service.maxWaiting) return closed('line-full');
  return byHours;
}
