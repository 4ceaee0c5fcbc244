/** Reports and honesty over HTTP, against the raw rows of the log. */
import { expect } from 'chai';
import type { QueueEvent } from '@frontdesk/domain/queue/events';
import { createDeviceToken } from '@frontdesk/protocol/ids';
import type { HonestyWeek, QueueReport } from '@frontdesk/protocol/queue-reports';
import type { Counter, Service } from '@frontdesk/server/queue/index';
import { recount } from '../../domain/support/recount.js';
import { showCode } from '../../support/devices.js';
import { startWorkday, type Workday } from '../../support/workday.js';

interface OverviewRow {
  readonly name: string;
  readonly waiting: number;
}

describe('reports of the queue', function reports() {
  this.timeout(60_000);
  let day: Workday;
  let doctor: Service;
  let room: Counter;

  before(async () => {
    // Monday, 09:00 in Kuala Lumpur.
    day = await startWorkday('2026-03-02T01:00:00Z', {
      service: { askName: 'optional', askPhone: 'optional' },
    });
    const context = { tenantId: day.branch.shop.site.tenantId };
    const { provision } = day.test.server.queue;
    doctor = await provision.addService(context, day.branch.locationId, {
      names: { en: 'Doctor' },
      series: { prefix: 'D', width: 3, first: 1, last: 999 },
    });
    room = await provision.addCounter(context, day.branch.locationId, { label: 'Room 1', serviceIds: [doctor.id] });
    await playTwoDays();
  });
  after(() => day.close());

  const period = (from = '2026-03-02', to = '2026-03-03') => ({ locationId: day.branch.locationId, from, to });
  const read = (from?: string, to?: string) => day.must<QueueReport>('queue:read-report', period(from, to));

  async function playTwoDays(): Promise<void> {
    const counterId = day.branch.counter.id;
    for (let at = 0; at < 4; at += 1) await day.issue();
    day.wait(7);
    await day.serve(3);
    await day.serve(5);
    const missed = await day.must<{ current: { ticket: { id: string } } }>('ticket:call-next', { counterId });
    day.wait(2);
    await day.must('ticket:mark-no-show', { counterId, ticketId: missed.current.ticket.id });
    await day.must('ticket:serve-walk-in', { counterId, serviceId: day.branch.service.id });
    const { current } = await day.must<{ current: { ticket: { id: string } } }>('counter:read', { counterId });
    day.wait(1);
    await day.must('ticket:complete', { counterId, ticketId: current.ticket.id, outcome: null });
    const { current: moved } = await day.must<{ current: { ticket: { id: string } } }>('ticket:call-next', {
      counterId,
    });
    await day.must('ticket:start', { counterId, ticketId: moved.ticket.id });
    day.wait(4);
    await day.must('ticket:transfer', {
      counterId,
      ticketId: moved.ticket.id,
      serviceId: doctor.id,
      mode: 'sorted',
      toCounterId: null,
      note: null,
    });
    await day.must('counter:close', { counterId });
    await day.must('counter:open', { counterId: room.id });
    day.wait(11);
    await day.must('ticket:call-next', { counterId: room.id });
    await day.must('ticket:start', { counterId: room.id, ticketId: moved.ticket.id });
    // Over the change of day.
    day.wait(20 * 60);
    await day.must('ticket:complete', { counterId: room.id, ticketId: moved.ticket.id, outcome: null });
    await day.issue();
    await day.settle();
  }

  async function readLog(): Promise<QueueEvent[]> {
    const rows = await day.collection('queue_events').find({}).sort({ rev: 1 }).toArray();
    return rows.map((row) => ({ ...row, atMs: (row['at'] as Date).getTime() })) as never;
  }

  it('QA-9: numbers equal what the raw rows of the log say', async () => {
    const report = await read();
    const services = new Map([day.branch.service, doctor].map((service) => [service.id, service]));
    const raw = recount(await readLog(), { services } as never);
    expect(report.total).to.deep.equal(raw.total);
    expect(report.total).to.include({ issued: 6, served: 5, noShows: 1, cancelled: 0, transfers: 1 });
    for (const { serviceId, figures } of report.byService) {
      expect(figures).to.deep.equal(raw.of((visit) => visit.serviceId === serviceId));
    }
    expect(report.bySource.map(({ source }) => source)).to.deep.equal(['staff']);
    expect(report.byStaff.map(({ name }) => name)).to.deep.equal(['Olga Owner']);
    expect(report.heatmap.map(({ weekday, hour, issued }) => [weekday, hour, issued])).to.deep.equal([
      [0, 9, 6 - 1],
      [1, 5, 1],
    ]);
  });

  it('QA-9: each day by itself adds up to both', async () => {
    const [monday, tuesday, both] = [
      await read('2026-03-02', '2026-03-02'),
      await read('2026-03-03', '2026-03-03'),
      await read(),
    ];
    for (const key of ['issued', 'served', 'noShows', 'transfers'] as const) {
      expect(monday.total[key] + tuesday.total[key], key).to.equal(both.total[key]);
    }
    expect(tuesday.total.served).to.equal(1);
  });

  it('QA-9: a report names no customer', async () => {
    await day.issue({ name: 'Siti Aminah', phone: '+60123456789' });
    expect(JSON.stringify(await read())).not.to.match(/Siti|60123456789/);
  });

  it('QA-9: 92 days are read, 93 and days in the wrong order are refused', async () => {
    expect((await read('2026-01-01', '2026-04-02')).total.issued).to.be.greaterThan(5);
    for (const [from, to] of [
      ['2026-01-01', '2026-04-03'],
      ['2026-03-03', '2026-03-02'],
      ['2026-02-30', '2026-03-02'],
    ]) {
      const answer = await day.ask('queue:read-report', period(from, to));
      expect(answer.result, `${from} ${to}`).to.have.nested.property('error.code', 'VALIDATION');
    }
  });

  it('QA-10: coverage, late share and error of promises equal the rows', async () => {
    const rows = day.collection('queue_tickets');
    await day.settle();
    type Row = { _id: object; ticket: { legs: { queuedAtMs: number; calledAtMs: number | null }[] } };
    const all = (await rows.find({}).toArray()) as never as Row[];
    const called = all.find(({ ticket }) => ticket.legs[0]?.calledAtMs);
    const uncalled = all.find(({ ticket }) => !ticket.legs[0]?.calledAtMs);
    const leg = called?.ticket.legs[0];
    if (!called || !uncalled || !leg?.calledAtMs) throw new Error('no visit');
    const waited = (leg.calledAtMs - leg.queuedAtMs) / 1_000;
    const at = new Date(leg.queuedAtMs);
    const promise = (p50Seconds: number, p80Seconds: number) => ({ at, ahead: 1, p50Seconds, p80Seconds });
    await rows.updateMany({}, { $set: { promises: [] } });
    // Kept; not kept, but not late either; late.
    const promises = [promise(waited - 60, waited), promise(waited - 60, waited - 1), promise(60, 90)];
    await rows.updateOne({ _id: called._id }, { $set: { promises } });
    // Who was never called says nothing.
    await rows.updateOne({ _id: uncalled._id }, { $set: { promises: [promise(60, 90)] } });
    const { weeks } = await day.must<{ weeks: HonestyWeek[] }>('queue:read-honesty', period());
    expect(weeks).to.deep.equal([
      {
        weekStart: '2026-03-02',
        promises: 3,
        coverage80: 1 / 3,
        lateShare: 1 / 3,
        meanAbsoluteErrorSeconds: Math.round((60 + 60 + (waited - 60)) / 3),
      },
    ]);
  });

  it('QA-14: the overview says who waits, how long, which counters are open and which devices are silent', async () => {
    const other = await day.must<{ id: string }>('location:create', { name: 'Second', timeZone: 'Asia/Kuala_Lumpur' });
    const { locationId } = day.branch;
    const code = await showCode(day.test.url, createDeviceToken(), 'kiosk');
    await day.must('device:pair', { code, name: 'Silent kiosk', locationId });
    const read = async (name: string) => {
      const { locations } = await day.must<{ locations: OverviewRow[] }>('queue:overview', {});
      return locations.find((location) => location.name === name);
    };
    const before = await read('Main branch');
    await day.issue();
    day.wait(5);
    expect(await read('Main branch')).to.deep.include({
      waiting: (before?.waiting ?? 0) + 1,
      longestWaitSeconds: 300,
      openCounters: 1,
      offlineDevices: 1,
    });
    expect(await read('Second')).to.deep.equal({
      locationId: other.id,
      name: 'Second',
      waiting: 0,
      longestWaitSeconds: 0,
      openCounters: 0,
      offlineDevices: 0,
    });
  });

  it('QA-10: each week is judged by itself, and one without promises is left out', async () => {
    const counterId = day.branch.counter.id;
    day.wait(14 * 24 * 60);
    const { id } = await day.issue();
    await day.must('counter:open', { counterId });
    const promises = [{ at: new Date(day.nowMs()), ahead: 0, p50Seconds: 60, p80Seconds: 120 }];
    day.wait(2);
    await day.serve(1);
    await day.settle();
    await day.collection('queue_tickets').updateOne({ 'ticket.id': id }, { $set: { promises } });
    const { weeks } = await day.must<{ weeks: HonestyWeek[] }>(
      'queue:read-honesty',
      period('2026-03-02', '2026-03-31'),
    );
    expect(weeks.map(({ weekStart }) => weekStart)).to.deep.equal(['2026-03-02', '2026-03-16']);
    expect(weeks[1]).to.deep.include({ promises: 1, coverage80: 1, lateShare: 0, meanAbsoluteErrorSeconds: 60 });
  });
});
