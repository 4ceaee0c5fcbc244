/** Prints what the zones say of sampled instants; run as a child process under several process time zones. */
import { createHash } from 'node:crypto';
import { serviceDayOf } from '@frontdesk/domain/hours/service-day';
import { getZone } from '@frontdesk/domain/hours/zone';
import { ZONES } from './zones.js';

const digest = createHash('sha256');
const stepMs = 11 * 24 * 3_600_000 + 7 * 60_000;
for (const name of ZONES) {
  const zone = getZone(name);
  for (let atMs = Date.UTC(2020, 0, 1); atMs < Date.UTC(2032, 0, 1); atMs += stepMs) {
    const { date, minutes, weekday } = zone.toWall(atMs);
    digest.update(
      `${date} ${minutes} ${weekday} ${zone.toInstant(date, minutes)} ${serviceDayOf(zone, '04:00', atMs)};`,
    );
  }
}
console.log(digest.digest('hex'), new Date(2026, 0, 1).getTimezoneOffset());
