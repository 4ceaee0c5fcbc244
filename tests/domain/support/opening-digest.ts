/** Prints what the card says of openings minute by minute, and the offset of the process: run in processes of several zones. */
import { createHash } from 'node:crypto';
import { describeOpening } from '@frontdesk/domain/hours/opening';
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { getZone, parseDate } from '@frontdesk/domain/hours/zone';
import { findDisagreement, minuteMs, NIGHTS, plansAround } from './opening-oracle.js';

const hash = createHash('sha256');
for (const [name, date] of NIGHTS.slice(0, 3)) {
  hash.update(findDisagreement(name, date) ?? 'agreed');
  for (const hours of plansAround(date)) {
    const days = listOpeningDays(hours, getZone(name), parseDate(date));
    for (let minute = 0; minute < 1_440; minute += 17) {
      hash.update(JSON.stringify(describeOpening(days, parseDate(date) + minute * minuteMs)));
    }
  }
}
console.log(`${hash.digest('hex')} ${new Date(2026, 0, 1).getTimezoneOffset()}`);
