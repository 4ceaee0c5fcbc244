/** What a holder does with a phone: more time, arriving, giving up, coming back, joining, rating; and what a closed queue says. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { dayCodeOf } from '@frontdesk/server/queue/join.service';
import { closeBrowser } from '../support/browser.js';
import type { Issued } from '../support/phones.js';
import { photographQr } from '../support/photograph-qr.js';
import { dataOf } from '../support/server.js';
import { until } from './support/stage.js';
import {
  buttonOf,
  labelOf,
  noticeOf,
  openPhone,
  openTicket,
  openWaitingRoom,
  outcomeOf,
  placeOf,
  type WaitingRoom,
} from './support/ticket-phones.js';
import { callOf as calledOn, openDisplay } from './support/waiting-room.js';

const HERE = { latitude: 3.139, longitude: 101.6869 };
const FAR = { latitude: 3.2079, longitude: 101.7043 };

describe('the holder of a ticket', function holder() {
  this.timeout(45_000);
  let room: WaitingRoom;

  beforeEach(async () => {
    room = await openWaitingRoom({
      location: { geofence: { ...HERE, radiusMeters: 300 } },
      service: { isRemoteJoinAllowed: true },
    });
  });
  afterEach(() => room.close());
  after(closeBrowser);

  const stateOf = async (ticket: Issued) => (await room.read(ticket)).ticket.state;
  const joinPath = (code = '') =>
    `/join?site=${room.branch.shop.site.publicKey}&location=${room.branch.locationId}${code && `#${code}`}`;

  async function readDayCode(): Promise<string> {
    const { core } = room.stage.app.server;
    const secret = core.config.jwtSecrets[0]?.secret ?? Buffer.alloc(0);
    const queue = { tenantId: room.branch.shop.site.tenantId, locationId: room.branch.locationId };
    const issued = await room.branch.issue();
    await room.stage.app.server.queue.flush();
    const row = await core.connection.collection('queue_tickets').findOne({ 'ticket.id': issued.id });
    return dayCodeOf(secret, queue, String(row?.['serviceDay']));
  }

  /** The answer is lost on its way, as in a lift. */
  async function loseAnswer(page: Page, act: () => Promise<void>): Promise<void> {
    const { proxy } = room.stage;
    proxy.setFaults({ drop: ['down'] });
    await act();
    await until(
      async () => (await page.locator('frontdesk-ticket-view .hint[role=status]').count()) > 0,
      (isSending) => isSending,
    );
    proxy.resetAll();
    proxy.clearFaults();
  }

  it('QP-5: more time moves back by what was asked, once, also when the answer was lost', async () => {
    const mine = await room.branch.issue();
    for (let index = 0; index < 6; index += 1) await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    await buttonOf(page, 'I need more time').click();
    await loseAnswer(page, () => buttonOf(page, 'Let 3 people go first').click());
    await until(
      () => placeOf(page).innerText(),
      (text) => text === '3 people before you',
      30_000,
    );
    expect((await room.read(mine)).place?.ahead).to.equal(3);
    await context.close();
  });

  it('QP-5: giving up asks first, and is for good', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    await buttonOf(page, 'Give up my place').click();
    await buttonOf(page, 'Keep my place').click();
    expect(await stateOf(mine)).to.equal('waiting');
    await buttonOf(page, 'Give up my place').click();
    await buttonOf(page, 'Yes, give it up').dblclick();
    await outcomeOf(page).waitFor();
    expect(await outcomeOf(page).innerText()).to.equal('This number was given up');
    expect(await stateOf(mine)).to.equal('cancelled');
    await context.close();
  });

  it('QP-5: whoever was missed comes back into the line', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    await room.call(mine);
    await room.skip(60_000);
    await room.serve('ticket:mark-no-show', mine);
    await outcomeOf(page).waitFor();
    expect(await outcomeOf(page).innerText()).to.equal('We called you and did not see you');
    await buttonOf(page, 'Take me in again').click();
    await placeOf(page).waitFor();
    expect(await stateOf(mine)).to.equal('waiting');
    await context.close();
  });

  it('QP-6: the code of the day joins without asking where; the address becomes that of the ticket', async () => {
    const { context, page } = await openPhone(room, joinPath(await readDayCode()));
    await page.locator('frontdesk-ticket-join .service').click();
    await buttonOf(page, 'Get my number').click();
    await labelOf(page).waitFor();
    expect(new URL(page.url()).pathname).to.equal('/t');
    const label = await labelOf(page).innerText();
    await page.reload();
    await labelOf(page).waitFor();
    expect(await labelOf(page).innerText()).to.equal(label);
    await context.close();
  });

  it('QP-6: a phone that is held up to the screen in the room joins', async () => {
    const { locationId } = room.branch;
    const screen = await openDisplay(room.stage.url, { viewport: 'wide' }, async (code) =>
      dataOf(await room.branch.staff('device:pair', { code, name: 'Waiting room', locationId })),
    );
    const { text, modulePixels } = await photographQr(screen.page.locator('frontdesk-queue-join svg'));
    expect(modulePixels).to.be.at.least(4);
    expect(text.slice(0, room.stage.url.length)).to.equal(room.stage.url);
    const { context, page } = await openPhone(room, text.slice(room.stage.url.length));
    await page.locator('frontdesk-ticket-join .service').click();
    await buttonOf(page, 'Get my number').click();
    const label = await labelOf(page).innerText();
    await room.call({ label });
    // The call has the room now, and the code is as good where it stands below it.
    await calledOn(screen.page, label).waitFor();
    expect((await photographQr(screen.page.locator('frontdesk-queue-join svg'))).text).to.equal(text);
    await Promise.all([context.close(), screen.context.close()]);
  });

  it('QP-5: "I am here" takes somebody who joined from near by into the line', async () => {
    const { context, page } = await openPhone(room, joinPath(), {}, (fresh) => locate(fresh, HERE));
    await page.locator('frontdesk-ticket-join .service').click();
    await buttonOf(page, 'Get my number').click();
    await buttonOf(page, 'Check where I am').click();
    await labelOf(page).waitFor();
    await buttonOf(page, 'I am here').click();
    await buttonOf(page, 'I am here').waitFor({ state: 'detached' });
    const token = new URL(page.url()).hash.slice(1);
    const label = await labelOf(page).innerText();
    expect((await room.read({ token, label } as Issued)).ticket.presence).to.equal('onsite');
    await context.close();
  });

  async function locate(page: Page, position: { latitude: number; longitude: number } | null): Promise<void> {
    const context = page.context();
    if (position) {
      await context.grantPermissions(['geolocation'], { origin: room.stage.url });
      await context.setGeolocation({ ...position, accuracy: 20 });
    }
  }

  it('QP-6: too far away and not told: another way is offered, and nothing of the place is kept', async () => {
    for (const [position, words] of [
      [FAR, 'You seem to be too far away.'],
      [null, 'Your phone did not tell us where you are.'],
    ] as const) {
      const { context, page } = await openPhone(room, joinPath(), {}, (fresh) => locate(fresh, position));
      await page.locator('frontdesk-ticket-join .service').click();
      await buttonOf(page, 'Get my number').click();
      await buttonOf(page, 'Check where I am').click();
      await page.getByText(words).waitFor();
      await page.getByText('Another way: scan the code').waitFor();
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.to.match(/3\.\d{3}|101\./);
      await context.close();
    }
  });

  it('QP-6: joins on the website of the business, and a reload leads to the same ticket', async () => {
    const { host, url } = room.stage;
    const { site } = room.branch.shop;
    const code = await readDayCode();
    const page = `<!doctype html><html lang="en"><title>Our clinic</title><script type="module" src="${url}/widgets/frontdesk.js"></script>
      <frontdesk-ticket site="${site.publicKey}" location="${room.branch.locationId}" code="${code}"></frontdesk-ticket></html>`;
    host.setPage('/queue', { html: page });
    await room.stage.app.server.core.connection
      .collection('sites')
      .updateOne({ publicKey: site.publicKey }, { $set: { allowedOrigins: [host.origin] } });
    const { context, page: phone } = await openPhone(room, '/t');
    await phone.goto(`${host.origin}/queue`);
    await phone.locator('frontdesk-ticket-join .service').click();
    await buttonOf(phone, 'Get my number').click();
    await labelOf(phone).waitFor();
    const label = await labelOf(phone).innerText();
    await phone.reload();
    await labelOf(phone).waitFor();
    expect(await labelOf(phone).innerText()).to.equal(label);
    await context.close();
  });

  it('QP-10: a service that closes tells its holders why, and the end of the day says what it means for them', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    const message = 'The doctor was called away. We open again tomorrow.';
    await room.branch.staff('service:close', { serviceId: room.branch.service.id, message });
    await noticeOf(page).waitFor();
    expect(await noticeOf(page).innerText()).to.equal(message);
    await room.skip(24 * 3_600_000);
    await outcomeOf(page).waitFor();
    expect(await outcomeOf(page).innerText()).to.equal('The day ended before your turn');
    await context.close();
  });

  it('QP-13: one rating after the visit, and not a second one', async () => {
    const mine = await room.branch.issue();
    const { context, page } = await openTicket(room, mine);
    await placeOf(page).waitFor();
    await room.call(mine);
    await room.serve('ticket:start', mine);
    await room.serve('ticket:complete', mine);
    await page.getByRole('radio', { name: '4 stars' }).check();
    await page.locator('frontdesk-ticket-view textarea').fill('Everybody was kind.');
    await buttonOf(page, 'Send').click();
    await page.getByText('Thank you for telling us.').waitFor();
    await page.reload();
    await outcomeOf(page).waitFor();
    expect(await page.getByRole('radio').count()).to.equal(0);
    const again = await room.branch.ask(mine.token, 'ticket:rate', { stars: 1, text: '' });
    expect(again.result).to.have.nested.property('error.code', 'CONFLICT');
    await context.close();
  });
});
