import { expect } from 'chai';
import { readLog, writeLog } from './csv.js';
import { createClinicLog } from './synthetic-logs.js';
import { listPools, readDays } from './visits.js';

const instant = (text: string): number => Date.parse(text);

describe('logs of queues', () => {
  it('QE-1: are read by many names and marks', () => {
    const text = [
      '\uFEFF"Ticket No";"Arrival";"Called at";"Service start";Finished;Room;Priority;Status',
      '"A ""1"";x";2026-01-05 09:00;2026-01-05 09:10:30;2026-01-05T09:11:00,5;2026-01-05T09:20:00+08:00;5;senior;SERVED',
      '',
      'A2;1767603600;1767603660000;;;;;',
    ].join('\r\n');
    expect(readLog(text, 'Asia/Kuala_Lumpur')).to.deep.equal([
      {
        ticket: 'A "1";x',
        arriveMs: instant('2026-01-05T01:00:00Z'),
        callMs: instant('2026-01-05T01:10:30Z'),
        startMs: instant('2026-01-05T01:11:00.500Z'),
        endMs: instant('2026-01-05T01:20:00Z'),
        pool: '5',
        className: 'senior',
        outcome: 'served',
        counter: '',
      },
      {
        ticket: 'A2',
        arriveMs: 1_767_603_600_000,
        callMs: 1_767_603_660_000,
        startMs: null,
        endMs: null,
        pool: 'all',
        className: '',
        outcome: '',
        counter: '',
      },
    ]);
  });

  it('QE-1: say which column is missing', () => {
    expect(() => readLog('ticket,called\n1,2')).to.throw('no column "arrive"; its header is: ticket, called');
  });

  it('QE-1: are written as they are read', () => {
    const rows = createClinicLog(2, 3);
    expect(readLog(writeLog(rows))).to.deep.equal(rows);
    expect(listPools(rows)).to.deep.equal(['review', 'ultrasound']);
  });

  it('QE-1: become moments by service day, whatever the clocks did', () => {
    const rows = readLog(
      [
        'ticket,arrive,call,start,end,pool,outcome',
        'late,2026-01-06T01:30:00Z,2026-01-06T02:00:00Z,,,bar,',
        'skewed,2026-01-05T10:00:00Z,2026-01-05T09:59:30Z,,,bar,',
        'walkup,,2026-01-05T11:00:00Z,,,bar,',
        'booked,2026-01-05T12:00:00Z,2026-01-05T11:30:00Z,,,bar,',
        'impossible,2026-01-05T13:00:00Z,2026-01-07T13:00:00Z,,,bar,',
        'gave-up,2026-01-05T14:00:00Z,2026-01-05T14:05:00Z,,,bar,abandoned',
        'unreadable,yesterday,,,,bar,',
      ].join('\n'),
    );
    const days = readDays(rows, 'bar', 'UTC');
    expect([...days.keys()]).to.deep.equal(['2026-01-05']);
    const moments = [...days.values()].flat().map(({ kind, visit }) => `${kind} ${visit.ticket}`);
    expect(moments).to.deep.equal([
      'arrive skewed',
      'call skewed',
      'bypass walkup',
      'bypass booked',
      'arrive impossible',
      'arrive gave-up',
      'leave gave-up',
      'arrive late',
      'call late',
    ]);
  });
});
