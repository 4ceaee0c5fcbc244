/** A waiting-room screen in front of a real server: paired, called on, and left alone. */
import { expect } from 'chai';
import { closeBrowser, watchComplaints } from '../support/browser.js';
import { startStage, until, type Stage } from './support/stage.js';
import { callNext, callOf, openCounters, openScreen, type CounterFixture } from './support/waiting-room.js';

describe('queue display', function queueDisplay() {
  this.timeout(60_000);
  let stage: Stage;
  let counter: CounterFixture;

  before(async () => {
    stage = await startStage();
    [counter] = (await openCounters(stage, 1)) as [CounterFixture];
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  it('QD-2 a screen is paired by its code and shows the next call with its counter', async () => {
    const { page, context } = await openScreen(stage);
    const complaints = watchComplaints(page);
    const { label } = await callNext(stage, counter);
    await callOf(page, label).waitFor();
    expect(await callOf(page, label).innerText()).to.include(counter.label);
    await page.screenshot({ path: '/tmp/slice.png' });
    expect(complaints).to.deep.equal([]);
    await until(async () => 1, Boolean);
    await context.close();
  });
});
