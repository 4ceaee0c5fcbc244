/** What is on offer when the server cannot be asked: its last word, grown older. */
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';

/** Reasons that the clock alone ends. */
const endsByItself: readonly string[] = ['closed', 'before-hours'];

function ageService(service: ServiceOffer, nowMs: number): ServiceOffer {
  const { state } = service;
  if (state.kind === 'open') {
    if (state.closesAt === null || Date.parse(state.closesAt) > nowMs) return service;
    return { ...service, state: { kind: 'closed', reason: 'closed', opensAt: null, message: null } };
  }
  const isOver = state.opensAt !== null && Date.parse(state.opensAt) <= nowMs && endsByItself.includes(state.reason);
  return isOver ? { ...service, state: { kind: 'open', closesAt: null, warnsOfClosing: false } } : service;
}

/** `nowMs` is the server's time. */
export function ageOffer(offer: QueueOffer, nowMs: number): QueueOffer {
  return { ...offer, services: offer.services.map((service) => ageService(service, nowMs)) };
}

/** Until when labels of yesterday may be given: a service day can begin after midnight, and nobody is told when. */
const LATEST_DAY_START_HOUR = 4;

function readLocal(nowMs: number, timeZone: string): { readonly date: string; readonly hour: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(nowMs);
  const read = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { date: `${read('year')}-${read('month')}-${read('day')}`, hour: Number(read('hour')) };
}

export function localDate(nowMs: number, timeZone: string): string {
  return readLocal(nowMs, timeZone).date;
}

/** May a label of this service day still be handed out? */
export function isDayUsable(serviceDay: string, nowMs: number, timeZone: string): boolean {
  const { date, hour } = readLocal(nowMs, timeZone);
  if (date === serviceDay) return true;
  const yesterday = localDate(nowMs - 24 * 60 * 60_000, timeZone);
  return serviceDay === yesterday && hour < LATEST_DAY_START_HOUR;
}
