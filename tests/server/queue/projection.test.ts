/** Look-up rows of tickets follow the log, also after a process died between the two. */
import { expect } from 'chai';
import { Types } from 'mongoose';
import { openBranch, type Branch } from '../../support/phones.js';
import { createServer } from '@frontdesk/server/compose';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

describe('rows of tickets', function projection() {
  this.timeout(40_000);
  let test: TestServer;
  let branch: Branch;

  before(async () => {
    test = await startTestServer();
    branch = await openBranch(test);
  });
  after(() => test.close());

  const rows = () => test.server.core.connection.collection('queue_tickets');
  const rowOf = (id: string) => rows().findOne({ _id: new Types.ObjectId(id) });

  it('5.10: what a process owed when it died is written with the first event that the next one hears of', async () => {
    const lost = await branch.issue();
    await test.server.queue.flush();
    // As if the process had died after the event and before the row.
    await rows().updateOne({ _id: new Types.ObjectId(lost.id) }, { $set: { rev: 0, ticket: null, serviceDay: null } });
    const next = await createServer({ ...test.server.core.config, port: 0 });
    try {
      const url = `http://127.0.0.1:${await next.listen()}`;
      const options = { audience: 'staff', token: branch.accessToken } as const;
      dataOf(await callHttp(url, 'queue:broadcast', { locationId: branch.locationId, notice: 'Back again' }, options));
      await next.queue.flush();
      expect((await rowOf(lost.id))?.['ticket']?.state).to.equal('waiting');
    } finally {
      await next.close();
    }
  });
});
