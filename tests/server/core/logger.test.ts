import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createLogger } from '@frontdesk/server/core/logger';

describe('logger', () => {
  function logError(error: unknown): string {
    let text = '';
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    createLogger({ level: 'info', destination }).error({ err: error }, 'a command failed');
    return text;
  }

  it('AUD-03 an error of a library brings no address, no value and no document into the log', () => {
    const duplicate = Object.assign(
      new Error('E11000 duplicate key error collection: users index: email_1 dup key: { email: "mei@people.test" }'),
      { code: 11000, keyValue: { email: 'mei@people.test' }, op: { body: 'my diagnosis' } },
    );
    const bounced = new Error('550 <mei@people.test>: mailbox of mei@people.test unavailable', { cause: duplicate });
    const cast = new Error('Cast to Number failed for value "my diagnosis" at path "seq"');
    for (const error of [duplicate, bounced, cast, 'mei@people.test']) {
      const text = logError(error);
      expect(text).to.include('a command failed');
      expect(text).not.to.match(/mei|diagnosis/);
    }
  });

  it('OPS-01 keeps what finds a defect: kind, code, place and cause', () => {
    const cause = Object.assign(new TypeError('x is not a function'), { code: 'E_CAUSE' });
    const line = JSON.parse(logError(new RangeError('out of range', { cause }))) as {
      err: { type: string; message: string; stack: string; cause: { type: string; code: string } };
    };
    expect(line.err).to.include({ type: 'RangeError', message: 'out of range' });
    expect(line.err.stack).to.include('logger.test');
    expect(line.err.cause).to.include({ type: 'TypeError', code: 'E_CAUSE' });
  });
});
