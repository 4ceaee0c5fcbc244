/** Numbers of a series, and the labels that they read as. */
import type { DeviceId, ServiceId } from '@frontdesk/protocol/ids';
import type { Series } from '@frontdesk/protocol/queue-setup';
import { isOpenTicket, type Floor, type NumberBlock } from './floor.js';

export function formatLabel(prefix: string, number: number, width: number): string {
  return `${prefix}${String(number).padStart(width, '0')}`;
}

/**
 * The number after the last one; after the last of the series it begins again, but never hands out a number whose ticket is
 * still open (QA-3). undefined when there is none.
 */
export function nextNumber(floor: Floor, series: Series): number | undefined {
  const last = floor.lastNumbers.get(series.prefix);
  const next = last === undefined || last < series.first ? series.first : last + 1;
  const number = next > series.last ? series.first : next;
  const isTaken = [...floor.tickets.values()].some(
    (ticket) => ticket.prefix === series.prefix && ticket.number === number && isOpenTicket(ticket),
  );
  return isTaken ? undefined : number;
}

/**
 * The sub-series of a kiosk: the prefix of the service and a letter of the device, so that nothing the others hand out can read the
 * same. Devices take their letters in the order in which they first ask on a day.
 */
export function blockPrefix(floor: Floor, deviceId: DeviceId, servicePrefix: string): string | undefined {
  const devices = [...new Set([...floor.blocks.map((block) => block.deviceId), deviceId])];
  const letter = 'KLMNPQRSTUVWXYZ'[devices.indexOf(deviceId)];
  return letter && `${servicePrefix}${letter}`;
}

/** The numbers after those that this device has for the service already. */
export function nextBlock(
  floor: Floor,
  deviceId: DeviceId,
  serviceId: ServiceId,
  series: Series,
  count: number,
): NumberBlock | undefined {
  const prefix = blockPrefix(floor, deviceId, series.prefix);
  if (prefix === undefined) return undefined;
  const from = floor.blocks.reduce((next, block) => (block.prefix === prefix ? Math.max(next, block.to + 1) : next), 1);
  return { deviceId, serviceId, prefix, from, to: from + count - 1 };
}

export function labelsOfBlock({ prefix, from, to }: NumberBlock, width: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => formatLabel(prefix, from + at, width));
}
