/** Numbers of a series, and the labels that they read as. */
import type { DeviceId, ServiceId } from '@frontdesk/protocol/ids';
import type { Series } from '@frontdesk/protocol/queue-setup';
import { isOpenTicket, type Floor, type NumberBlock } from './floor.js';
import type { ServiceSetup } from './setup.js';

export function formatLabel(prefix: string, number: number, width: number): string {
  return `${prefix}${String(number).padStart(width, '0')}`;
}

/** Numbers that would be read twice: of open tickets (also of the day before), and of a kiosk's block with this prefix. */
function listTaken(floor: Floor, prefix: string): Set<number> {
  const taken = new Set<number>();
  for (const ticket of floor.tickets.values()) {
    if (ticket.prefix === prefix && isOpenTicket(ticket)) taken.add(ticket.number);
  }
  for (const block of floor.blocks) {
    if (block.prefix !== prefix) continue;
    for (let number = block.from; number <= block.to; number += 1) taken.add(number);
  }
  return taken;
}

/**
 * The number after the last one; after the last of the series it begins again, and passes over those whose ticket is still open
 * (QA-3). undefined when all are.
 */
export function nextNumber(floor: Floor, { prefix, first, last }: Series): number | undefined {
  const lastNumber = floor.lastNumbers.get(prefix);
  const isInside = lastNumber !== undefined && lastNumber >= first && lastNumber < last;
  const start = isInside ? lastNumber + 1 : first;
  const taken = listTaken(floor, prefix);
  const size = last - first + 1;
  for (let step = 0; step < size; step += 1) {
    const number = first + ((start - first + step) % size);
    if (!taken.has(number)) return number;
  }
  return undefined;
}

const blockLetters = 'KLMNPQRSTUVWXYZ';

/**
 * The sub-series of a kiosk: the prefix of the service and a letter, so that nothing that the other kiosks or services of the
 * location hand out can read the same. undefined when every letter is taken.
 */
function blockPrefix(
  floor: Floor,
  services: ReadonlyMap<ServiceId, Pick<ServiceSetup, 'series'>>,
  deviceId: DeviceId,
  servicePrefix: string,
): string | undefined {
  const taken = new Set(floor.lastNumbers.keys());
  for (const { series } of services.values()) taken.add(series.prefix);
  for (const block of floor.blocks) if (block.deviceId !== deviceId) taken.add(block.prefix);
  const candidates = Array.from(blockLetters, (letter) => `${servicePrefix}${letter}`);
  const own = floor.blocks.filter((block) => block.deviceId === deviceId).map(({ prefix }) => prefix);
  return [...candidates.filter((prefix) => own.includes(prefix)), ...candidates].find((prefix) => !taken.has(prefix));
}

/** The numbers after those that this device has for the service already. */
export function nextBlock(
  floor: Floor,
  services: ReadonlyMap<ServiceId, Pick<ServiceSetup, 'series'>>,
  request: {
    readonly deviceId: DeviceId;
    readonly serviceId: ServiceId;
    readonly series: Series;
    readonly count: number;
  },
): NumberBlock | undefined {
  const { deviceId, serviceId, series, count } = request;
  const prefix = blockPrefix(floor, services, deviceId, series.prefix);
  if (prefix === undefined) return undefined;
  const from = floor.blocks.reduce((next, block) => (block.prefix === prefix ? Math.max(next, block.to + 1) : next), 1);
  return { deviceId, serviceId, prefix, from, to: from + count - 1 };
}

export function labelsOfBlock({ prefix, from, to }: NumberBlock, width: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => formatLabel(prefix, from + at, width));
}

/** The block of this device that a label was reserved in; its width may have been another one then. */
export function findReserved(
  blocks: readonly NumberBlock[],
  {
    deviceId,
    serviceId,
    label,
  }: { readonly deviceId: DeviceId; readonly serviceId: ServiceId; readonly label: string },
): { readonly prefix: string; readonly number: number } | undefined {
  for (const block of blocks) {
    if (block.deviceId !== deviceId || block.serviceId !== serviceId || !label.startsWith(block.prefix)) continue;
    const digits = label.slice(block.prefix.length);
    const number = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
    if (number >= block.from && number <= block.to) return { prefix: block.prefix, number };
  }
  return undefined;
}
