/** Expressions on dates, in UTC and in zones that change their clocks, and what MongoDB documents about them. */
import { Long } from 'bson';
import { refusal, type ExpressionCase } from './expression-cases.js';

const at = (text: string): Date => new Date(text);
const long = (value: number): Long => Long.fromNumber(value);

const winter = { d: at('2026-01-04T23:30:15.250Z') };
const summer = { d: at('2026-07-01T22:30:00Z') };
const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
/** Berlin's clocks go from 2:00 to 3:00 at 01:00Z on 2026-03-29, and from 3:00 to 2:00 at 01:00Z on 2026-10-25. */
const beforeSpring = { d: at('2026-03-28T12:00:00Z') };

export const dateCases: Readonly<Record<string, readonly ExpressionCase[]>> = {
  'parts of dates': [
    [winter, { $year: '$d' }, 2026],
    [winter, { $month: ['$d'] }, 1],
    [winter, { $dayOfMonth: { date: '$d', timezone: berlin } }, 5],
    [summer, { $hour: { date: '$d', timezone: berlin } }, 0],
    [winter, { $hour: { date: '$d', timezone: '-0530' } }, 18],
    [winter, { $hour: { date: '$d', timezone: '+03' } }, 2],
    [winter, { $minute: { date: '$d', timezone: 'Asia/Kathmandu' } }, 15],
    [winter, { $second: '$d' }, 15],
    [winter, { $millisecond: '$d' }, 250],
    [winter, { $dayOfWeek: '$d' }, 1],
    [winter, { $dayOfYear: '$d' }, 4],
    [winter, { $week: '$d' }, 1],
    [winter, { $isoDayOfWeek: '$d' }, 7],
    [winter, { $isoWeek: '$d' }, 1],
    [{ d: at('2027-01-01T00:00:00Z') }, { $isoWeekYear: '$d' }, long(2026)],
    [{ d: at('2027-01-01T00:00:00Z') }, { $isoWeek: '$d' }, 53],
    [{ d: at('1969-12-31T23:59:59.999Z') }, { $millisecond: '$d' }, 999],
    [{}, { $year: '$d' }, null],
    [winter, { $year: { date: '$d', timezone: null } }, null],
    [{ d: 'x' }, { $year: '$d' }, refusal(16006)],
    [winter, { $year: { date: '$d', timezone: 'Mars/Base' } }, refusal(40485)],
    [winter, { $year: { date: '$d', timezone: 5 } }, refusal(40517)],
    [winter, { $year: { day: '$d' } }, refusal(40535)],
    [
      winter,
      { $dateToParts: { date: '$d', timezone: berlin } },
      {
        year: 2026,
        month: 1,
        day: 5,
        hour: 0,
        minute: 30,
        second: 15,
        millisecond: 250,
      },
    ],
    [
      winter,
      { $dateToParts: { date: '$d', iso8601: true } },
      {
        isoWeekYear: 2026,
        isoWeek: 1,
        isoDayOfWeek: 7,
        hour: 23,
        minute: 30,
        second: 15,
        millisecond: 250,
      },
    ],
  ],
  'dates of parts': [
    [{}, { $dateFromParts: { year: 2026, month: 2, day: 8, hour: 12 } }, at('2026-02-08T12:00:00Z')],
    [{}, { $dateFromParts: { year: 2026, month: 14, day: 1 } }, at('2027-02-01T00:00:00Z')],
    [{}, { $dateFromParts: { year: 2026, month: 1, day: 0 } }, at('2025-12-31T00:00:00Z')],
    [{}, { $dateFromParts: { year: 2026, month: 7, day: 1, timezone: berlin } }, at('2026-06-30T22:00:00Z')],
    [
      {},
      { $dateFromParts: { year: 2026, month: 3, day: 29, hour: 2, minute: 30, timezone: berlin } },
      at('2026-03-29T01:30:00Z'),
    ],
    [{}, { $dateFromParts: { isoWeekYear: 2026, isoWeek: 1, isoDayOfWeek: 7 } }, at('2026-01-04T00:00:00Z')],
    [{}, { $dateFromParts: { year: '$none' } }, null],
    [{}, { $dateFromParts: { year: 10000 } }, refusal(40523)],
    [{}, { $dateFromParts: { year: 2026, isoWeek: 1 } }, refusal(40489)],
    [{}, { $dateFromParts: { month: 1 } }, refusal(40516)],
    [{}, { $dateFromParts: { year: 'x' } }, refusal(40515)],
  ],
  'dates as text': [
    [winter, { $dateToString: { date: '$d' } }, '2026-01-04T23:30:15.250Z'],
    [winter, { $dateToString: { date: '$d', timezone: berlin } }, '2026-01-05T00:30:15.250'],
    [
      summer,
      { $dateToString: { date: '$d', format: '%Y-%m-%d %H:%M %z', timezone: berlin } },
      '2026-07-02 00:30 +0200',
    ],
    [
      winter,
      { $dateToString: { date: '$d', format: '%d.%m.%Y %j %u %U %V %G %w %L %S%%' } },
      '04.01.2026 004 7 01 01 2026 1 250 15%',
    ],
    [summer, { $dateToString: { date: '$d', format: '%b %B %Z', timezone: newYork } }, 'Jul July -240'],
    [{}, { $dateToString: { date: '$d', onNull: 'never' } }, 'never'],
    [{}, { $dateToString: { date: '$d' } }, null],
    [winter, { $dateToString: { date: '$d', format: '%Q' } }, refusal(18536)],
    [winter, { $dateToString: { date: '$d', format: '%' } }, refusal(18535)],
    [winter, { $dateToString: { format: '%Y' } }, refusal(18628)],
    [{ t: '2026-02-08' }, { $dateFromString: { dateString: '$t' } }, at('2026-02-08T00:00:00Z')],
    [{ t: '2026-02-08T12:10:40.787+01:00' }, { $dateFromString: { dateString: '$t' } }, at('2026-02-08T11:10:40.787Z')],
    [
      { t: '2026-07-08T12:00' },
      { $dateFromString: { dateString: '$t', timezone: newYork } },
      at('2026-07-08T16:00:00Z'),
    ],
    [{ t: '2026-02-08T12:00:00Z' }, { $dateFromString: { dateString: '$t', timezone: newYork } }, refusal(241)],
    [{ t: '2026-02-30' }, { $dateFromString: { dateString: '$t' } }, refusal(241)],
    [{ t: 'gibberish' }, { $dateFromString: { dateString: '$t', onError: '$t' } }, 'gibberish'],
    [{ t: '8 Feb 2026' }, { $dateFromString: { dateString: '$t' } }, refusal(238)],
    [{ t: '08/02/2026 13h' }, { $dateFromString: { dateString: '$t', format: '%d/%m/%Y %Hh' } }, refusal(241)],
    [
      { t: '08/02/2026 13:05' },
      { $dateFromString: { dateString: '$t', format: '%d/%m/%Y %H:%M' } },
      at('2026-02-08T13:05:00Z'),
    ],
    [
      { t: '8 February 2026' },
      { $dateFromString: { dateString: '$t', format: '%d %B %Y' } },
      at('2026-02-08T00:00:00Z'),
    ],
    [{ t: 5 }, { $dateFromString: { dateString: '$t' } }, refusal(241)],
    [{}, { $dateFromString: { dateString: '$t', onNull: 0 } }, 0],
  ],
  'arithmetic of dates': [
    [winter, { $dateAdd: { startDate: '$d', unit: 'hour', amount: 2 } }, at('2026-01-05T01:30:15.250Z')],
    [
      { d: at('2026-01-31T00:00:00Z') },
      { $dateAdd: { startDate: '$d', unit: 'month', amount: 1 } },
      at('2026-02-28T00:00:00Z'),
    ],
    [
      { d: at('2024-02-29T00:00:00Z') },
      { $dateAdd: { startDate: '$d', unit: 'year', amount: 1 } },
      at('2025-02-28T00:00:00Z'),
    ],
    [
      beforeSpring,
      { $dateAdd: { startDate: '$d', unit: 'day', amount: 1, timezone: berlin } },
      at('2026-03-29T11:00:00Z'),
    ],
    [
      beforeSpring,
      { $dateAdd: { startDate: '$d', unit: 'hour', amount: 24, timezone: berlin } },
      at('2026-03-29T12:00:00Z'),
    ],
    [beforeSpring, { $dateAdd: { startDate: '$d', unit: 'day', amount: 1 } }, at('2026-03-29T12:00:00Z')],
    [winter, { $dateSubtract: { startDate: '$d', unit: 'quarter', amount: 1 } }, at('2025-10-04T23:30:15.250Z')],
    [winter, { $dateAdd: { startDate: '$none', unit: 'day', amount: 1 } }, null],
    [winter, { $dateAdd: { startDate: '$d', unit: 'aeon', amount: 1 } }, refusal(9)],
    [winter, { $dateAdd: { startDate: 'x', unit: 'day', amount: 1 } }, refusal(5166403)],
    [winter, { $dateAdd: { startDate: '$d', unit: 'day', amount: 1.5 } }, refusal(5166405)],
    [winter, { $dateDiff: { startDate: '$d', endDate: at('2026-01-05T00:00:00Z'), unit: 'day' } }, long(1)],
    [winter, { $dateDiff: { startDate: '$d', endDate: at('2026-01-05T00:00:00Z'), unit: 'hour' } }, long(1)],
    [
      winter,
      { $dateDiff: { startDate: '$d', endDate: at('2026-01-05T00:00:00Z'), unit: 'day', timezone: berlin } },
      long(0),
    ],
    [winter, { $dateDiff: { startDate: '$d', endDate: at('2027-01-01T00:00:00Z'), unit: 'month' } }, long(12)],
    [winter, { $dateDiff: { startDate: '$d', endDate: at('2026-01-05T00:00:00Z'), unit: 'week' } }, long(0)],
    [
      winter,
      { $dateDiff: { startDate: '$d', endDate: at('2026-01-05T00:00:00Z'), unit: 'week', startOfWeek: 'Monday' } },
      long(1),
    ],
    [
      beforeSpring,
      { $dateDiff: { startDate: '$d', endDate: at('2026-03-29T12:00:00Z'), unit: 'hour', timezone: berlin } },
      long(24),
    ],
    [winter, { $dateDiff: { startDate: '$d', endDate: 'x', unit: 'day' } }, refusal(5166307)],
    [winter, { $dateDiff: { startDate: '$d', endDate: '$d', unit: 'week', startOfWeek: 'x' } }, refusal(5439016)],
    [winter, { $dateTrunc: { date: '$d', unit: 'day' } }, at('2026-01-04T00:00:00Z')],
    [winter, { $dateTrunc: { date: '$d', unit: 'day', timezone: berlin } }, at('2026-01-04T23:00:00Z')],
    [summer, { $dateTrunc: { date: '$d', unit: 'month', timezone: newYork } }, at('2026-07-01T04:00:00Z')],
    [winter, { $dateTrunc: { date: '$d', unit: 'week' } }, at('2026-01-04T00:00:00Z')],
    [winter, { $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'mon' } }, at('2025-12-29T00:00:00Z')],
    [winter, { $dateTrunc: { date: '$d', unit: 'minute', binSize: 15 } }, at('2026-01-04T23:30:00Z')],
    [winter, { $dateTrunc: { date: '$d', unit: 'month', binSize: 6 } }, at('2026-01-01T00:00:00Z')],
    [{ d: at('1999-12-31T23:00:00Z') }, { $dateTrunc: { date: '$d', unit: 'year' } }, at('1999-01-01T00:00:00Z')],
    [winter, { $dateTrunc: { date: '$d', unit: 'day', binSize: 0 } }, refusal(5439018)],
    [winter, { $dateTrunc: { date: '$d' } }, refusal(5439010)],
  ],
};
