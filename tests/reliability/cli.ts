/**
 * `npm run reliability -- --seconds 3600 [--seed 7] [--round 60] [--visitors 3]`: rounds of a minute, each with the next
 * seed, until the time is over.
 *
 * `npm run reliability -- queue [--seed 7] [--tickets 3000] [--kills 20] [--counters 8]`: one day of a queue.
 *
 * Both end with 1 at the first violation and name the seed and the history.
 */
import { parseArgs } from 'node:util';
import { playDay } from './queue/day.js';
import { runOnce } from './run.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    round: { type: 'string', default: '60' },
    visitors: { type: 'string', default: '3' },
    tickets: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '20' },
    counters: { type: 'string', default: '8' },
  },
});

interface Verdict {
  readonly seed: number;
  readonly stats: object;
  readonly violations: readonly { readonly check: string; readonly message: string }[];
  readonly historyFile: string | null;
}

/** False when the history was bad. */
function tell({ seed, stats, violations, historyFile }: Verdict): boolean {
  console.log(`seed ${seed}: ${JSON.stringify(stats)}`);
  if (violations.length === 0) return true;
  for (const { check, message } of violations.slice(0, 50)) console.error(`${check}: ${message}`);
  console.error(`${violations.length} violations, history: ${historyFile}`);
  process.exitCode = 1;
  return false;
}

async function talk(): Promise<void> {
  const endsAt = performance.now() + Number(values.seconds) * 1_000;
  const totals = { rounds: 0, acknowledged: 0, kills: 0 };
  for (let seed = Number(values.seed); performance.now() < endsAt; seed += 1) {
    const seconds = Math.min(Number(values.round), Math.max(5, (endsAt - performance.now()) / 1_000));
    const report = await runOnce({ seed, seconds, visitorsPerTenant: Number(values.visitors) });
    totals.rounds += 1;
    totals.acknowledged += report.stats.acknowledged;
    totals.kills += report.stats.kills;
    if (!tell(report)) break;
  }
  console.log(`${totals.rounds} rounds, ${totals.acknowledged} acknowledged messages, ${totals.kills} kill -9`);
}

async function queue(): Promise<void> {
  const [seed, tickets, kills, counters] = [values.seed, values.tickets, values.kills, values.counters].map(Number);
  console.log(`seed ${seed}: a day of ${tickets} tickets with ${kills} kill -9`);
  tell(await playDay({ seed: seed ?? 1, tickets: tickets ?? 3_000, kills: kills ?? 20, counters: counters ?? 8 }));
}

await (positionals[0] === 'queue' ? queue() : talk());
