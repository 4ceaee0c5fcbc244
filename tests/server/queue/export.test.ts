/** Files of tickets: whole, without people, and harmless to open. */
import { expect } from 'chai';
import { EXPORT_COLUMNS, toCsvLine, type ExportRow } from '@frontdesk/server/queue/export.rows';
import { startWorkday, type Workday } from '../../support/workday.js';

interface File {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
}

/** RFC 4180, strictly: every line ends with CRLF, quotes only around whole cells. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let rest = text;
  while (rest !== '') {
    const line: string[] = [];
    for (;;) {
      const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest);
      line.push((cell?.[1]?.replaceAll('""', '"') ?? cell?.[2]) || '');
      rest = rest.slice(cell?.[0].length ?? 0);
      if (rest.startsWith(',')) rest = rest.slice(1);
      else break;
    }
    if (!rest.startsWith('\r\n')) throw new Error(`no line end: ${JSON.stringify(rest.slice(0, 20))}`);
    rest = rest.slice(2);
    lines.push(line);
  }
  return lines;
}

describe('export of the queue', function exports() {
  this.timeout(60_000);
  let day: Workday;
  before(async () => {
    day = await startWorkday('2026-03-02T01:00:00Z', {
      service: { names: { en: '=HYPERLINK("http://x","y"), desk' }, askName: 'optional', askPhone: 'optional' },
    });
    await day.issue({ name: 'Siti Aminah', phone: '+60123456789', note: 'Allergic to penicillin' });
    await day.issue();
    day.wait(5);
    const { branch } = day;
    await day.must('ticket:call-next', { counterId: branch.counter.id });
    const { current } = await day.must<{ current: { ticket: { id: string } } }>('counter:read', {
      counterId: branch.counter.id,
    });
    await day.must('ticket:start', { counterId: branch.counter.id, ticketId: current.ticket.id });
    day.wait(20 * 60);
    await day.must('ticket:complete', {
      counterId: branch.counter.id,
      ticketId: current.ticket.id,
      outcome: 'Paid by Siti Aminah',
    });
  });
  after(() => day.close());

  const ask = (format: string, from = '2026-03-02', to = '2026-03-03') => ({
    locationId: day.branch.locationId,
    from,
    to,
    format,
  });

  it('QA-11: CSV as in RFC 4180, each ticket once, on the day in which it ended', async () => {
    const { fileName, mediaType, text } = await day.must<File>('queue:export', ask('csv'));
    expect([fileName, mediaType]).to.deep.equal([
      'tickets-2026-03-02-2026-03-03.csv',
      'text/csv; charset=utf-8; header=present',
    ]);
    const [header, ...lines] = parseCsv(text);
    expect(header).to.deep.equal([...EXPORT_COLUMNS]);
    const rows = lines.map((cells) => Object.fromEntries(EXPORT_COLUMNS.map((column, at) => [column, cells[at]])));
    expect(rows.map(({ serviceDay, label, state }) => [serviceDay, label, state])).to.deep.equal([
      ['2026-03-02', 'A002', 'waiting'],
      ['2026-03-03', 'A001', 'completed'],
    ]);
    expect(rows[1]).to.include({ waitSeconds: '300', serviceSeconds: '72000', counter: 'Counter 1', transfers: '0' });
  });

  it('QA-11: JSON lines say the same', async () => {
    const { mediaType, text } = await day.must<File>('queue:export', ask('json'));
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(mediaType).to.equal('application/x-ndjson');
    expect(rows.map(({ label }) => label)).to.deep.equal(['A002', 'A001']);
    expect(rows[1]).to.include({ waitSeconds: 300, class: null });
  });

  it('QA-11 IC-24: no name, no phone, no note, and nothing that leads to a ticket or a member', async () => {
    for (const format of ['csv', 'json']) {
      const { text } = await day.must<File>('queue:export', ask(format));
      expect(text, format).not.to.match(/Siti|60123456789|penicillin|Olga|[0-9a-f]{24}/);
    }
  });

  it('INJ-07 QA-11: what a spreadsheet would take for a formula is text', async () => {
    const { text } = await day.must<File>('queue:export', ask('csv'));
    expect(parseCsv(text)[1]?.[2]).to.equal('\'=HYPERLINK("http://x","y"), desk');
    const row = Object.fromEntries(EXPORT_COLUMNS.map((column) => [column, ''])) as never as ExportRow;
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '\n=1', '＠x']) {
      const line = toCsvLine({ ...row, service: evil });
      expect(parseCsv(line)[0]?.[2], JSON.stringify(evil)).to.equal(`'${evil}`);
    }
    expect(parseCsv(toCsvLine({ ...row, service: 'a"b\r\nc,d' }))[0]?.[2]).to.equal('a"b\r\nc,d');
  });

  it('QA-11: 31 days at most', async () => {
    expect((await day.ask('queue:export', ask('csv', '2026-03-01', '2026-03-31'))).status).to.equal(200);
    const answer = await day.ask('queue:export', ask('csv', '2026-03-01', '2026-04-01'));
    expect(answer.result).to.have.nested.property('error.code', 'VALIDATION');
  });
});
