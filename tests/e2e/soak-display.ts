/** `npm run soak:display`: 72 hours and 5,000 calls of a waiting-room display in some minutes (QD-16). */
import { closeBrowser } from '../support/browser.js';
import { runSoak } from './support/soak.js';

const HOURS = 72;
const CALLS = 5_000;

const result = await runSoak(HOURS, CALLS, (hour) => {
  if (hour % 6 === 0) console.warn(`${hour} of ${HOURS} hours`);
});
await closeBrowser();
const growth = (result.heapGrowthBytes / 1024 / 1024).toFixed(2);
console.warn(`heap ${growth} MB more than after the first hour, ${result.domNodes} nodes, ${result.calls} calls`);
if (result.heapGrowthBytes > 10 * 1024 * 1024 || result.domNodes > 2_000) process.exitCode = 1;
