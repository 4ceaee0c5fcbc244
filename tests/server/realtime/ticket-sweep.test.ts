/** Phones at one process whose tickets another process ended: they are told so, whoever did it. */
import { expect } from 'chai';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { createServer, type FrontdeskServer } from '@frontdesk/server/compose';
import { createLogger } from '@frontdesk/server/core/logger';
import { PhoneSocket, type Issued } from '../../support/phones.js';
import { callHttp } from '../../support/server.js';
import { startWorkday, type Workday } from '../../support/workday.js';

/** Tickets are asked for every ten seconds. */
const SWEPT_WITHIN_MS = 15_000;
const PHONE = '+60123456789';

describe('phones whose tickets ended elsewhere', function elsewhere() {
  this.timeout(60_000);
  let day: Workday;
  let other: FrontdeskServer;
  let url: string;
  const phones: PhoneSocket[] = [];

  const log = createLogger({ level: 'silent' });

  beforeEach(async () => {
    // In the future: the TTL of the store goes by its own clock.
    day = await startWorkday('2036-03-03T02:00:00Z', { service: { askName: 'optional', askPhone: 'optional' } });
    other = await createServer({ ...day.test.server.core.config, port: 0 }, { clock: { now: day.nowMs }, log });
    url = `http://127.0.0.1:${await other.listen()}`;
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close();
    await other.close();
    await day.close();
  });

  async function connect({ token }: Issued): Promise<PhoneSocket> {
    const phone = new PhoneSocket(url, '/ticket', {
      query: { audience: 'ticket' },
      extraHeaders: { Origin: url },
      auth: { token, protocol: PROTOCOL_VERSION },
    });
    phones.push(phone);
    await phone.ready();
    return phone;
  }
  const reasonOf = (phone: PhoneSocket): Promise<string> =>
    phone.until(
      'session:revoked',
      () => {
        const fact = phone.heard.find(({ name }) => name === 'session:revoked')?.fact as { reason: string } | undefined;
        return fact?.reason;
      },
      SWEPT_WITHIN_MS,
    );

  it('QP-11 QA-12 RE-19: erased or purged by another process, a ticket has its phones closed; others keep theirs', async () => {
    const erased = await day.branch.issue({ name: 'Siti Aminah', phone: PHONE });
    await day.serve(1);
    const purged = await day.branch.issue();
    expect((await day.branch.ask(purged.token, 'ticket:leave')).status).to.equal(200);
    await day.settle();
    day.wait(3 * 60);
    const waiting = await day.branch.issue();
    const [first, second, third] = [await connect(erased), await connect(purged), await connect(waiting)];
    await day.must('queue:erase-person', { phone: PHONE, reason: 'Asked by mail' });
    await day.test.server.queue.purge.sweep();
    expect(await Promise.all([reasonOf(first), reasonOf(second)])).to.deep.equal(['expired', 'expired']);
    const asked = await callHttp(url, 'ticket:read', {}, { audience: 'ticket', token: erased.token });
    expect(asked.status).to.equal(404);
    await Promise.all([first.closed(), second.closed()]);
    expect((await third.read()).ticket.state).to.equal('waiting');
  });
});
