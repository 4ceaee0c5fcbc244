import { expect } from 'chai';
import { createLogSync, type LogSync, type SyncRequest } from '@frontdesk/widgets/core/client/log-sync';
import type { LogPage } from '@frontdesk/widgets/core/client/conversation-log';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import type { Result } from '@frontdesk/protocol/result';
import { createFastClock } from './support/environment.js';
import { buildError } from './support/protocol-server.js';

interface Entry {
  readonly seq: number;
}

/** The far side: a log that answers by the rules, and can be told to fail. */
class Source {
  head = 0;
  epoch = 'epoch-a';
  readonly requests: SyncRequest[] = [];
  inFlight = 0;
  mostInFlight = 0;
  fail: (request: SyncRequest) => Result<LogPage<Entry>> | null = () => null;

  async fetchPage(request: SyncRequest): Promise<Result<LogPage<Entry>>> {
    this.requests.push(request);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const answer = this.fail(request) ?? this.read(request);
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.inFlight -= 1;
    return answer;
  }

  read({ epoch, after, tail, limit = 200 }: SyncRequest): Result<LogPage<Entry>> {
    if (epoch !== null && (epoch !== this.epoch || after > this.head))
      return { ok: false, error: buildError('RESET_REQUIRED') };
    const from = tail ? Math.max(this.head - limit, 0) : after;
    const entries = Array.from({ length: Math.min(limit, this.head - from) }, (_, index) => ({
      seq: from + index + 1,
    }));
    const more = from + entries.length < this.head;
    return { ok: true, data: { entries, head: this.head, minSeq: 1, epoch: this.epoch, more } };
  }
}

describe('log sync', () => {
  let source: Source;
  let log: LogSync<Entry>;

  beforeEach(() => {
    source = new Source();
    log = createLogSync<Entry>({
      clock: createFastClock(),
      fetchPage: (request) => source.fetchPage(request),
      handleChange: () => {},
    });
  });

  afterEach(() => log.stop());

  it('begins with the newest page and then follows its cursor, however many pages are missing', async () => {
    source.head = 450;
    await log.sync();
    source.head = 1_000;
    await log.sync();
    expect([log.getState().cursor, log.getState().entries.length]).to.deep.equal([1_000, 750]);
    expect(source.requests.map(({ tail, after }) => tail ?? after)).to.deep.equal([true, 450, 650, 850]);
  });

  it('asks one thing at a time, however often it is told to', async () => {
    source.head = 10;
    await Promise.all(Array.from({ length: 20 }, () => log.sync()));
    expect(source.mostInFlight).to.equal(1);
    expect(source.requests.length).to.be.at.most(3);
  });

  it('fetches what lies between when a fact shows a gap', async () => {
    source.head = 3;
    await log.sync();
    source.head = 6;
    log.receive({ type: 'entry', epoch: 'epoch-a', head: 6, entry: { seq: 6 } });
    await log.sync();
    expect(log.getState().entries.map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('P5 a head heard while the first page is on its way is not forgotten', async () => {
    source.head = 3;
    const first = log.sync();
    source.head = 4;
    log.receive({ type: 'head', epoch: 'epoch-a', seq: 4 });
    await first;
    expect(log.getState().cursor).to.equal(4);
  });

  it('P25 a log that was rolled back under the same epoch is loaded anew', async () => {
    source.head = 10;
    await log.sync();
    source.head = 7;
    await log.sync();
    expect([log.getState().cursor, log.getState().entries.length, log.getState().isStale]).to.deep.equal([7, 7, false]);
  });

  it('repeats what the network lost and stops at a final no', async () => {
    source.head = 3;
    source.fail = () => (source.requests.length < 4 ? createUnknownOutcome('lost') : null);
    await log.sync();
    expect([source.requests.length, log.getState().cursor, log.getError()]).to.deep.equal([4, 3, null]);
    source.fail = () => ({ ok: false, error: buildError('NOT_FOUND') });
    await log.sync();
    expect([source.requests.length, log.getError()?.code]).to.deep.equal([5, 'NOT_FOUND']);
  });

  it('does not ask a lagging server in a tight loop', async () => {
    source.head = 3;
    await log.sync();
    const before = source.requests.length;
    log.receive({ type: 'head', epoch: 'epoch-a', seq: 5 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(source.requests.length - before).to.be.below(6);
    source.head = 5;
    await log.sync();
    expect(log.getState().cursor).to.equal(5);
  });
});
