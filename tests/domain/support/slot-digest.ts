/** Prints what the slot engine says on odd days of several zones; run as a child process under several process time zones. */
import { createHash } from 'node:crypto';
import { findSlots } from '@frontdesk/domain/booking/slots';
import { listOccurrences } from '@frontdesk/domain/booking/recurrence';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import { buildSalon, buildService, everyDay, minuteMs, open, situationOf } from './salon.js';

const places = [
  ['Asia/Kathmandu', '2026-05-13'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Pacific/Apia', '2011-12-30'],
  ['Africa/Cairo', '2028-02-29'],
] as const;

const digest = createHash('sha256');
for (const [zone, date] of places) {
  for (const alignment of ['open', 'clock'] as const) {
    const salon = buildSalon({
      zone,
      hours: everyDay([open('00:15', '03:30'), open('20:00', '24:00'), open('22:00', '02:30')]),
      service: buildService({ alignment, intervalMinutes: 25 }),
      nowMs: getZone(zone).toInstant(addDays(date, -2), 600),
    });
    const days = findSlots(situationOf(salon), { staffId: null, from: addDays(date, -2), days: 5 });
    digest.update(JSON.stringify(days));
  }
  const weekly = { unit: 'week', every: 1, count: 60, date, time: '02:30', timeZone: zone } as const;
  digest.update(JSON.stringify(listOccurrences(weekly)));
}
console.log(digest.digest('hex'), new Date(2026, 0, 1).getTimezoneOffset() * minuteMs);
