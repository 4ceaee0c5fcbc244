/** Erasing a person on request: what goes, what stays, and the proof. */
import { expect } from 'chai';
import { hashInput } from '@frontdesk/server/core/idempotency';
import { hashSecret } from '@frontdesk/server/core/secrets';
import { openBranch } from '../../support/phones.js';
import { startWorkday, type Workday } from '../../support/workday.js';

const PHONE = '+60123456789';

describe('erasing people from the queue', function erase() {
  this.timeout(60_000);
  let day: Workday;
  beforeEach(async () => {
    // Not in the past: the TTL of the store goes by its own clock.
    day = await startWorkday(new Date().toISOString(), {
      policy: { retentionHours: 24 },
      service: { askName: 'optional', askPhone: 'optional' },
    });
  });
  afterEach(() => day.close());

  const ask = { phone: PHONE, reason: 'Asked by mail' };
  const erase = () => day.must<{ erased: number }>('queue:erase-person', ask);

  /** Collections in which this text stands anywhere. */
  async function findText(text: string): Promise<string[]> {
    const found: string[] = [];
    for (const { name } of await day.test.server.core.connection.listCollections()) {
      const rows = await day.collection(name).find({}).toArray();
      if (rows.some((row) => JSON.stringify(row).includes(text))) found.push(name);
    }
    return found;
  }

  it('QA-12 IC-24: the number of somebody who queues stands in one place, and after erasure in none', async () => {
    await day.issue({ name: 'Siti Aminah', phone: PHONE, note: 'Allergic to penicillin' });
    await day.issue({ name: 'Mei Ling', phone: '+60198765432' });
    await day.settle();
    expect(await findText(PHONE)).to.deep.equal(['queue_persons']);
    expect(await findText('penicillin')).to.deep.equal(['queue_persons']);
    expect(await erase()).to.deep.equal({ erased: 1 });
    for (const text of [PHONE, 'Siti', 'penicillin']) expect(await findText(text), text).to.deep.equal([]);
    expect(await findText('Mei Ling')).to.deep.equal(['queue_persons']);
    expect(await erase()).to.deep.equal({ erased: 0 });
  });

  it('QA-12: whoever still waits keeps their place; of who was served the link opens nothing any more', async () => {
    const served = await day.branch.issue({ name: 'Siti Aminah', phone: PHONE });
    await day.serve(1);
    const rated = await day.branch.ask(served.token, 'ticket:rate', { stars: 5, text: 'Thank you, Siti' });
    expect(rated.status).to.equal(200);
    const waiting = await day.branch.issue({ name: 'Siti Aminah', phone: PHONE });
    await day.settle();
    expect(await erase()).to.deep.equal({ erased: 2 });
    const gone = await day.branch.ask(served.token, 'ticket:read');
    expect(gone.result).to.have.nested.property('error.code', 'NOT_FOUND');
    expect((await day.branch.ask(waiting.token, 'ticket:read')).status).to.equal(200);
    const view = await day.must<{ next: unknown[] }>('counter:read', { counterId: day.branch.counter.id });
    expect(JSON.stringify(view)).to.include(waiting.id).and.not.to.include('Siti');
    expect(await findText('Siti')).to.deep.equal([]);
  });

  it('QA-12: the proof counts and says why, and is not about anybody', async () => {
    await day.issue({ name: 'Siti Aminah', phone: PHONE });
    await erase();
    const [proof, ...others] = await day.collection('queue_erasures').find({}).toArray();
    expect(others).to.deep.equal([]);
    expect(proof).to.include({ persons: 1, tickets: 1, reason: ask.reason, memberId: day.branch.shop.owner.id });
    expect(Object.keys(proof ?? {}).sort()).to.deep.equal(
      ['_id', 'at', 'memberId', 'persons', 'reason', 'tenantId', 'tickets'].sort(),
    );
    const answer = await day.ask('queue:erase-person', { phone: PHONE, reason: 'Call of +60 12-345 6789' });
    expect(answer.result).to.have.nested.property('error.code', 'VALIDATION');
  });

  it('QA-12: no hash is left that whoever tries all numbers and names could make', async () => {
    const served = await day.branch.issue({ name: 'Siti Aminah', phone: PHONE });
    await day.serve(1);
    const rating = { stars: 5, text: 'Thank you, Siti' };
    expect((await day.branch.ask(served.token, 'ticket:rate', rating)).status).to.equal(200);
    expect(await day.collection('idempotency').countDocuments({ command: 'ticket:rate' })).to.equal(1);
    await erase();
    const guesses = [hashSecret(PHONE), hashInput('queue:erase-person', ask), hashInput('ticket:rate', rating)];
    for (const guess of guesses) expect(await findText(guess)).to.deep.equal([]);
  });

  it('QA-12 TEN-04: the same number at another business stays', async () => {
    const neighbour = await openBranch(day.test, { service: { askName: 'optional', askPhone: 'optional' } });
    await neighbour.issue({ name: 'Siti Aminah', phone: PHONE });
    await day.issue({ name: 'Siti Aminah', phone: PHONE });
    expect(await erase()).to.deep.equal({ erased: 1 });
    expect(await day.collection('queue_persons').countDocuments({})).to.equal(1);
  });
});
