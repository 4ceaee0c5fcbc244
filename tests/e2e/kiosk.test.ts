/** A kiosk at the door of a real branch. */
import { expect } from 'chai';
import { closeBrowser, watchComplaints } from '../support/browser.js';
import { choiceOf, numberOf, openAllDay, openKiosk, stageOf } from './support/kiosk.js';
import { startStage, type Stage } from './support/stage.js';

describe('kiosk', function kiosk() {
  this.timeout(60_000);
  let stage: Stage;

  before(async () => {
    stage = await startStage();
    await openAllDay(stage);
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  it('QK-1 is paired by its code, and one touch later the number stands on the screen', async () => {
    const { page, context } = await openKiosk(stage);
    const complaints = watchComplaints(page);
    await page.screenshot({ path: '/tmp/kiosk-attract.png' });
    await choiceOf(page, 'Get a ticket').click();
    await numberOf(page).waitFor();
    await page.screenshot({ path: '/tmp/kiosk-ticket.png' });
    expect(await numberOf(page).innerText()).to.match(/^A\d{3}$/);
    expect(await stageOf(page).locator('.qr').count()).to.equal(1);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });
});
