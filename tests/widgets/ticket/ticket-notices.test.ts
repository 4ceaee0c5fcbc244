/** Notices while the page is closed: offered honestly, asked for only after a touch. */
import { expect } from '@open-wc/testing';
import { createTicketNotices, type NoticesPlatform } from '@frontdesk/widgets/ticket/ticket-notices';
import { createPhone, settle, succeed } from './ticket-fixture.js';

function openNotices(platform: Partial<NoticesPlatform> = {}) {
  const phone = createPhone();
  let questions = 0;
  const notices = createTicketNotices(phone.connection, {
    canPush: true,
    needsHomeScreen: false,
    permission: () => 'default',
    askPermission: async () => {
      questions += 1;
      return 'granted';
    },
    subscribe: async () => ({ endpoint: 'https://push.example/1', keys: { p256dh: 'key', auth: 'secret' } }),
    ...platform,
  });
  return {
    phone,
    notices,
    phase: () => notices.getState().phase,
    countQuestions: () => questions,
    async look(publicKey: string | null = 'BPublicKey') {
      const looking = notices.look();
      await settle();
      if (phone.count('ticket:read-push-key') > 0)
        await phone.last('ticket:read-push-key').answer(succeed({ publicKey }));
      await looking;
    },
  };
}

describe('ticket notices', () => {
  it('QP-8: are offered where server and browser have them, and nobody is asked before a touch', async () => {
    const test = openNotices();
    await test.look();
    expect(test.phase()).to.equal('offered');
    expect(test.countQuestions()).to.equal(0);
  });

  it('QP-8: are not offered by a server without push, nor by a browser without it', async () => {
    const server = openNotices();
    await server.look(null);
    expect(server.phase()).to.equal('none');
    const browser = openNotices({ canPush: false });
    await browser.look();
    expect(browser.phase()).to.equal('none');
    expect(browser.phone.asked).to.deep.equal([]);
  });

  it('QP-9: a touch asks, subscribes and tells the server where', async () => {
    const test = openNotices();
    await test.look();
    const turning = test.notices.turnOn();
    await settle();
    expect(test.phone.last('ticket:subscribe-push').input).to.deep.equal({
      subscription: { endpoint: 'https://push.example/1', keys: { p256dh: 'key', auth: 'secret' } },
    });
    await test.phone.last('ticket:subscribe-push').answer(succeed({ isSubscribed: true }));
    await turning;
    expect(test.phase()).to.equal('on');
    expect(test.countQuestions()).to.equal(1);
  });

  it('QP-9: a no is a no, also from the browser', async () => {
    const person = openNotices({ askPermission: async () => 'denied' });
    await person.look();
    await person.notices.turnOn();
    expect(person.phase()).to.equal('denied');
    const browser = openNotices({
      subscribe: async () => {
        throw new Error('no push service');
      },
    });
    await browser.look();
    await browser.notices.turnOn();
    expect(browser.phase()).to.equal('denied');
    const before = openNotices({ permission: () => 'denied' });
    await before.look();
    expect(before.phase()).to.equal('denied');
  });

  it('QP-8: says on an iPhone that the page must stand on the Home Screen', async () => {
    const test = openNotices({ canPush: false, needsHomeScreen: true });
    await test.look();
    expect(test.phase()).to.equal('home-screen');
  });
});
