/**
 * `npm run reliability -- --seconds 3600 [--seed 7] [--round 60] [--visitors 3]`: rounds of a minute, each with the next
 * seed, until the time is over. Ends with 1 at the first violation and names the seed and the history.
 */
import { parseArgs } from 'node:util';
import { runOnce } from './run.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    round: { type: 'string', default: '60' },
    visitors: { type: 'string', default: '3' },
  },
});

const endsAt = performance.now() + Number(values.seconds) * 1_000;
const totals = { rounds: 0, acknowledged: 0, kills: 0 };
for (let seed = Number(values.seed); performance.now() < endsAt; seed += 1) {
  const seconds = Math.min(Number(values.round), Math.max(5, (endsAt - performance.now()) / 1_000));
  const report = await runOnce({ seed, seconds, visitorsPerTenant: Number(values.visitors) });
  totals.rounds += 1;
  totals.acknowledged += report.stats.acknowledged;
  totals.kills += report.stats.kills;
  console.log(`seed ${seed}: ${JSON.stringify(report.stats)}`);
  if (report.violations.length === 0) continue;
  for (const { check, message } of report.violations.slice(0, 50)) console.error(`${check}: ${message}`);
  console.error(`${report.violations.length} violations, history: ${report.historyFile}`);
  process.exitCode = 1;
  break;
}
console.log(`${totals.rounds} rounds, ${totals.acknowledged} acknowledged messages, ${totals.kills} kill -9`);
