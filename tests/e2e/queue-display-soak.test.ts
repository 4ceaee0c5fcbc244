/** The short form of `npm run soak:display`: four hours as busy as the 72 are together. */
import { expect } from 'chai';
import { closeBrowser } from '../support/browser.js';
import { runSoak } from './support/soak.js';

const HEAP_GROWTH_BYTES = 10 * 1024 * 1024;
const DOM_NODES = 2_000;

describe('queue display, left alone', function soak() {
  this.timeout(120_000);
  after(closeBrowser);

  it('QD-16 hours and hundreds of calls leave nothing behind', async () => {
    const { heapGrowthBytes, domNodes, calls, announced } = await runSoak(4, 1_200, () => {});
    expect(heapGrowthBytes).to.be.at.most(HEAP_GROWTH_BYTES);
    expect(domNodes).to.be.at.most(DOM_NODES);
    expect(announced).to.equal(calls);
  });
});
