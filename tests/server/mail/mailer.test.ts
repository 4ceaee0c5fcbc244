import type { AddressInfo } from 'node:net';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { PLATFORM_TENANT_ID } from '@frontdesk/server/mail/index';
import { createMailTransport } from '@frontdesk/server/mail/transport';
import { startTestCore, type TestCore } from '../../support/core.js';

describe('mails', () => {
  let test: TestCore;

  before(async () => {
    test = await startTestCore();
  });

  after(() => test.close());

  const context = { tenantId: PLATFORM_TENANT_ID };

  it('writes a file that only the owner of the process reads, when no SMTP server is configured', async () => {
    test.mailer.define('greeting', async () => ({
      to: 'aisha@people.test',
      locale: 'en',
      template: { name: 'account-exists' },
    }));
    await test.mailer.enqueue(context, { purpose: 'greeting', reference: 'one' });
    const [mail] = await test.mails();
    expect(mail?.to).to.contain('aisha@people.test');
    expect(mail?.text).to.contain('http://localhost:4400/desk');
    expect(mail?.source).to.contain('Auto-Submitted: auto-generated');
    const { mailDir } = test.core.config;
    const names = readdirSync(mailDir);
    expect(names.map((name) => extname(name)).sort()).to.deep.equal(['.eml', '.txt']);
    for (const name of names) expect(statSync(join(mailDir, name)).mode & 0o077).to.equal(0);
    const copy = readFileSync(
      join(
        mailDir,
        names.find((name) => name.endsWith('.txt'))!,
      ),
      'utf8',
    );
    expect(copy.split('\n')).to.include('http://localhost:4400/desk');
  });

  it('asks the composer when the mail is sent, and sends nothing that is no longer wanted', async () => {
    const asked: string[] = [];
    test.mailer.define('gone', async (_context, reference) => {
      asked.push(reference);
      return undefined;
    });
    const before = (await test.mails()).length;
    await test.mailer.enqueue(context, { purpose: 'gone', reference: 'two' });
    await test.mailer.enqueue(context, { purpose: 'gone', reference: 'two' });
    expect(asked).to.deep.equal([]);
    expect((await test.mails()).length).to.equal(before);
    expect(asked).to.deep.equal(['two']);
  });

  it('tries again later when a mail could not be sent', async () => {
    let tries = 0;
    test.mailer.define('flaky', async () => {
      tries += 1;
      if (tries === 1) throw new Error('the network is down');
      return { to: 'aisha@people.test', locale: 'ms', template: { name: 'account-exists' } };
    });
    await test.mailer.enqueue(context, { purpose: 'flaky', reference: 'three' });
    const before = (await test.mails()).length;
    test.clock.advance(60_000);
    expect((await test.mails()).length).to.equal(before + 1);
  });

  it('INJ-07 over SMTP, evil names and addresses stay inside their header', async () => {
    const received: { source: string; recipients: string[] }[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        readText(stream).then((source) => {
          received.push({ source, recipients: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        }, done);
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.server.address() as AddressInfo;
    const transport = createMailTransport({
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: 'Frontdesk <frontdesk@localhost>',
      mailDir: '/nonexistent',
    });
    await transport.send({
      to: 'aisha@people.test',
      subject: 'Join Shop\r\nBcc: victim@people.test\r\n\r\nbody',
      text: 'Hello',
      html: '<p>Hello</p>',
    });
    await transport
      .send({ to: 'a@people.test, victim@people.test', subject: 'x', text: 'x', html: 'x' })
      .catch(() => undefined);
    await new Promise<void>((resolve) => smtp.close(resolve));
    expect(received[0]?.recipients).to.deep.equal(['aisha@people.test']);
    expect(received[0]?.source).not.to.match(/^Bcc:/im);
    for (const { recipients } of received) expect(recipients).not.to.include('victim@people.test');
  });
});
