import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, formatDate, getZone, parseDate, parseWallTime, weekdayOf } from '@frontdesk/domain/hours/zone';
import { ZONES } from '../support/zones.js';

const minuteMs = 60_000;
const firstMs = Date.UTC(2000, 0, 1);
const lastMs = Date.UTC(2038, 0, 1);

const instants = fc
  .integer({ min: firstMs / minuteMs, max: lastMs / minuteMs - 1 })
  .map((minutes) => minutes * minuteMs);
const zoneNames = fc.constantFrom(...ZONES);

function expectSameWall(name: string, instantMs: number): void {
  const wall = getZone(name).toWall(instantMs);
  const expected = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(name);
  expect(wall, `${name} ${expected.toString()}`).to.deep.equal({
    date: expected.toPlainDate().toString(),
    minutes: expected.hour * 60 + expected.minute,
    weekday: expected.dayOfWeek,
  });
}

function expectSameInstants(name: string, date: string, minutes: number): void {
  const zone = getZone(name);
  const plain = Temporal.PlainDate.from(date).toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  const read = (disambiguation: 'compatible' | 'earlier' | 'later') => plain.toZonedDateTime(name, { disambiguation });
  const message = `${name} ${plain.toString()}`;
  expect(zone.toInstant(date, minutes), message).to.equal(read('compatible').epochMilliseconds);
  const both = [read('earlier'), read('later')];
  const real = both.filter((zoned) => zoned.toPlainDateTime().equals(plain)).map((zoned) => zoned.epochMilliseconds);
  expect(zone.toInstants(date, minutes), message).to.deep.equal([...new Set(real)]);
}

/** Every clock change of a zone between 2000 and 2037, as the reference knows it. */
function listTransitions(name: string): number[] {
  const transitions: number[] = [];
  let zoned: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(firstMs).toZonedDateTimeISO(name);
  while ((zoned = zoned.getTimeZoneTransition('next')) && zoned.epochMilliseconds < lastMs) {
    transitions.push(zoned.epochMilliseconds);
  }
  return transitions;
}

describe('time zones', () => {
  it('QA-1: walls and instants agree with Temporal at any moment from 2000 to 2037', () => {
    fc.assert(
      fc.property(zoneNames, instants, fc.nat(1_439), (name, instantMs, minutes) => {
        expectSameWall(name, instantMs);
        expectSameInstants(name, formatDate(instantMs), minutes);
      }),
      { numRuns: 3_000 },
    );
  }).timeout(30_000);

  it('QA-1: around every clock change of 42 zones, gaps and overlaps read as Temporal reads them', () => {
    let count = 0;
    for (const name of ZONES) {
      for (const atMs of listTransitions(name)) {
        // Outside the years that people plan in, every third change is enough.
        const year = new Date(atMs).getUTCFullYear();
        if ((year < 2010 || year > 2027) && count++ % 3 > 0) continue;
        count += 1;
        const zone = getZone(name);
        expect(zone.offsetMsAt(atMs) === zone.offsetMsAt(atMs - 1), `${name} changes at ${atMs}`).to.equal(false);
        const { date, minutes } = zone.toWall(atMs - minuteMs);
        for (const away of [-61, -1, 0]) expectSameWall(name, atMs + away * minuteMs);
        for (const away of [-59, 0, 1, 30, 61]) {
          const wallMs = parseDate(date) + (minutes + away) * minuteMs;
          const onDate = formatDate(wallMs);
          expectSameInstants(name, onDate, (wallMs - parseDate(onDate)) / minuteMs);
        }
      }
    }
    expect(count).to.be.greaterThan(1_000);
  }).timeout(60_000);

  it('QA-1: a date that a zone left out begins when the next one does', () => {
    const apia = getZone('Pacific/Apia');
    expect(apia.toInstants('2011-12-30', 720)).to.deep.equal([]);
    expect(apia.toWall(apia.toInstant('2011-12-29', 1_439) + minuteMs).date).to.equal('2011-12-31');
    expectSameInstants('Pacific/Apia', '2011-12-30', 720);
  });

  it('QA-1: a wall time may be the midnight that ends a date, or lie beyond it', () => {
    const zone = getZone('Asia/Kuala_Lumpur');
    expect(zone.toInstant('2026-05-13', parseWallTime('24:00'))).to.equal(zone.toInstant('2026-05-14', 0));
    expect(zone.toInstant('2026-12-31', 1_440 + 120)).to.equal(zone.toInstant('2027-01-01', 120));
  });

  it('QA-1: dates add up over months, years and leap days; weekdays are ISO', () => {
    expect(addDays('2026-12-31', 1)).to.equal('2027-01-01');
    expect(addDays('2028-03-01', -1)).to.equal('2028-02-29');
    expect(addDays('2026-05-13', 0)).to.equal('2026-05-13');
    expect([weekdayOf('2026-05-11'), weekdayOf('2026-05-17')]).to.deep.equal([1, 7]);
  });

  it('QA-1: a zone that nobody knows is an error', () => {
    expect(() => getZone('Mars/Olympus_Mons')).to.throw(RangeError);
  });

  it('QA-1: the zone of the process makes no difference', () => {
    const script = fileURLToPath(new URL('../support/zone-digest.js', import.meta.url));
    const outputs = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'].map((TZ) =>
      execFileSync(process.execPath, [script], { env: { ...process.env, TZ }, encoding: 'utf8' })
        .trim()
        .split(' '),
    );
    // The processes do live in four zones.
    expect(new Set(outputs.map(([, offset]) => offset)).size).to.equal(4);
    expect(new Set(outputs.map(([digest]) => digest)).size).to.equal(1);
  }).timeout(30_000);
});
