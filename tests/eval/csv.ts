/**
 * Reads the log of a queue as others write it: comma, semicolon or tab, quoted or not, headers by many names, times with or without
 * a zone. What cannot be read is null; whether a row makes sense is for `visits.ts` to say.
 */
import { getZone, type Zone } from '@frontdesk/domain/hours/zone';

export interface LogRow {
  readonly ticket: string;
  readonly arriveMs: number | null;
  readonly callMs: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly pool: string;
  readonly className: string;
  readonly outcome: string;
  /** Room, desk or agent, where the log knows it. */
  readonly counter: string;
}

/** Column → names that stand for it, compared without case, spaces and marks. */
const columns = {
  ticket: ['ticket', 'ticketid', 'ticketno', 'ticketnumber', 'number', 'no', 'id', 'label', 'callid', 'patient'],
  arrive: [
    'arrive',
    'arrived',
    'arrival',
    'arrivedat',
    'arrivaltime',
    'issued',
    'issuedat',
    'queued',
    'queuedat',
    'qstart',
  ],
  call: ['call', 'called', 'calledat', 'calltime', 'qexit'],
  start: ['start', 'started', 'startedat', 'servicestart', 'serstart'],
  end: ['end', 'ended', 'endedat', 'finish', 'finished', 'completed', 'serviceend', 'serexit'],
  pool: ['pool', 'service', 'room', 'queue', 'department'],
  className: ['class', 'classkey', 'priority', 'category', 'type'],
  outcome: ['outcome', 'status', 'result', 'state'],
  counter: ['counter', 'desk', 'server', 'agent', 'window'],
} as const;

type Column = keyof typeof columns;

const wallTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?$/;
/** Seconds of a clock since 1970 stay below this until the year 5138. */
const leastEpochMs = 1e11;

function splitRecords(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  const endField = (): void => {
    record.push(field.trim());
    field = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"' && isQuoted && text.charAt(at + 1) === '"') {
      field += '"';
      at += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && char === separator) endField();
    else if (!isQuoted && char === '\n') {
      endField();
      records.push(record);
      record = [];
    } else if (char !== '\r') field += char;
  }
  endField();
  records.push(record);
  return records.filter((fields) => fields.some((value) => value !== ''));
}

/** An instant: ISO 8601 with an offset, wall time of the zone without one, or seconds or milliseconds since 1970. */
export function readInstant(text: string, zone: Zone): number | null {
  if (text === '') return null;
  const wall = wallTime.exec(text);
  if (wall) {
    const [, date = '', hours, minutes, seconds = '0'] = wall;
    const instant = zone.toInstant(date, Number(hours) * 60 + Number(minutes));
    return instant + Math.round(Number(seconds.replace(',', '.')) * 1_000);
  }
  if (/^\d{9,13}(?:\.\d+)?$/.test(text)) return Number(text) < leastEpochMs ? Number(text) * 1_000 : Number(text);
  const instant = /^\d{4}-/.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}

function findColumns(header: readonly string[]): Record<Column, number> {
  const names = header.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const found = {} as Record<Column, number>;
  for (const [column, variants] of Object.entries(columns) as [Column, readonly string[]][]) {
    const variant = variants.find((name) => names.includes(name));
    found[column] = variant === undefined ? -1 : names.indexOf(variant);
  }
  return found;
}

/** Throws when there is no column of tickets or arrivals. A file without pools is one pool, `all`. */
export function readLog(text: string, timeZone = 'UTC'): LogRow[] {
  const zone = getZone(timeZone);
  const body = text.replace(/^\uFEFF/, '');
  const firstLine = body.slice(0, body.search(/\n|$/));
  const separator = [';', '\t'].find((mark) => firstLine.includes(mark)) ?? ',';
  const [header = [], ...records] = splitRecords(body, separator);
  const at = findColumns(header);
  for (const column of ['ticket', 'arrive'] as const) {
    if (at[column] < 0) throw new Error(`The log has no column "${column}"; its header is: ${header.join(', ')}`);
  }
  return records.map((fields) => {
    const read = (column: Column): string => (at[column] < 0 ? '' : (fields[at[column]] ?? ''));
    return {
      ticket: read('ticket'),
      arriveMs: readInstant(read('arrive'), zone),
      callMs: readInstant(read('call'), zone),
      startMs: readInstant(read('start'), zone),
      endMs: readInstant(read('end'), zone),
      pool: read('pool') || 'all',
      className: read('className'),
      outcome: read('outcome').toLowerCase(),
      counter: read('counter'),
    };
  });
}

const header = 'ticket,arrive,call,start,end,pool,class,outcome,counter';

/** The same columns, times in UTC. */
export function writeLog(rows: readonly LogRow[]): string {
  const instant = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());
  const lines = rows.map((row) =>
    [
      row.ticket,
      instant(row.arriveMs),
      instant(row.callMs),
      instant(row.startMs),
      instant(row.endMs),
      row.pool,
      row.className,
      row.outcome,
      row.counter,
    ].join(','),
  );
  return `${[header, ...lines].join('\n')}\n`;
}
