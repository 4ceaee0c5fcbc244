/** SSRF-01, SSRF-02: where webhooks go, and where they never go. */
import { expect } from 'chai';
import {
  BlockedTargetError,
  findFault,
  isPublicAddress,
  postPublicly,
  publicLookup,
} from '@frontdesk/server/webhooks/public-request';
import { startReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { startWorkday, type Workday } from '../../support/workday.js';

const OWN = 'https://desk.example.com';

describe('requests to addresses that customers type', function requests() {
  this.timeout(30_000);
  let receiver: WebhookReceiver;
  let day: Workday;
  before(async () => {
    receiver = await startReceiver();
    day = await startWorkday(new Date().toISOString());
  });
  after(async () => {
    await receiver.close();
    await day.close();
  });

  it('SSRF-01: public unicast addresses only', () => {
    for (const address of ['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111']) {
      expect(isPublicAddress(address), address).to.equal(true);
    }
    for (const address of [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.1',
      '192.168.1.1',
      '198.18.0.1',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fec0::1',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      'localhost',
      '',
    ]) {
      expect(isPublicAddress(address), address).to.equal(false);
    }
  });

  it('SSRF-01 WA-22: https to a public name or address, whatever way it is written in', () => {
    expect(findFault('https://hooks.example.com/x?y=1', 'public', OWN)).to.equal(null);
    expect(findFault('https://8.8.8.8:8443/', 'public', OWN)).to.equal(null);
    for (const url of [
      'http://hooks.example.com/',
      'ftp://hooks.example.com/',
      'file:///etc/passwd',
      'https://user@hooks.example.com/',
      'https://hooks.example.com/#x',
      'https://localhost/',
      'https://LOCALHOST./',
      'https://printer/',
      'https://printer.local/',
      'https://x.localhost/',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
      'https://127.1/',
      'https://0/',
      'https://169.254.169.254/latest/meta-data',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://[fd00::1]/',
      'https://１２７.0.0.1/',
      OWN,
      `${OWN}/v1/staff/tenant:read`,
      'not a url',
    ]) {
      expect(findFault(url, 'public', OWN), url).to.be.a('string');
    }
  });

  it('SSRF-01 SSRF-02: a name is looked up where the connection is made, and a private answer is refused', async () => {
    const post = (url: string) =>
      postPublicly({ url, headers: {}, body: '{}' }, 'public', OWN).catch((error: unknown) => error);
    const { port } = new URL(receiver.url);
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'localhost.']) {
      expect(await post(`https://${host}:${port}/`), host).to.be.instanceOf(BlockedTargetError);
    }
    expect(receiver.deliveries).to.deep.equal([]);
  });

  it('SSRF-02: a name that points to this machine is refused by the lookup itself, asked for one address or for all', async () => {
    for (const all of [true, false]) {
      const error = await new Promise((resolve) => publicLookup('localhost', { all }, (failure) => resolve(failure)));
      expect(error, String(all)).to.be.instanceOf(BlockedTargetError);
    }
  });

  it('SSRF-01 QA-11: a server refuses such an address with its reason, and stores nothing', async () => {
    for (const url of ['http://hooks.example.com/', 'https://10.0.0.1/', 'https://localhost/', day.test.url]) {
      const answer = await day.ask('webhook:create', { url, events: [] });
      expect(answer.result, url).to.have.nested.property('error.code', 'VALIDATION');
      expect(answer.result, url).to.have.nested.property('error.fields.url');
    }
    expect(await day.collection('webhooks').countDocuments({})).to.equal(0);
  });
});
