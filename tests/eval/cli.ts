/**
 * How honest the estimate would have been on a log:
 *
 *     npm run eval:queue -- FILE.csv [--pool NAME]... [--opening HH:MM] [--zone Asia/Kuala_Lumpur] [--fixed-seconds 300] [--json]
 *
 * One table per pool of the file: ours by group, then the six baselines. Times in the table are minutes.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readLog } from './csv.js';
import { evaluate } from './metrics.js';
import { replay } from './replay.js';
import { renderEvaluation } from './report.js';
import { listPools } from './visits.js';

const usage = 'npm run eval:queue -- FILE.csv [--pool NAME]... [--opening HH:MM] [--zone ZONE] [--json]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pool: { type: 'string', multiple: true },
    opening: { type: 'string' },
    zone: { type: 'string', default: 'UTC' },
    'fixed-seconds': { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
});

const [file] = positionals;
if (file === undefined) {
  console.error(usage);
  process.exit(2);
}
const rows = readLog(readFileSync(file, 'utf8'), values.zone);
const evaluations = (values.pool ?? listPools(rows)).map((pool) => {
  const options = {
    pool,
    timeZone: values.zone,
    opening: values.opening ?? null,
    fixedSeconds: Number(values['fixed-seconds']),
  };
  return { pool, ...evaluate(replay(rows, options)) };
});
if (values.json) console.log(JSON.stringify(evaluations, null, 2));
else for (const evaluation of evaluations) console.log(`${evaluation.pool}\n${renderEvaluation(evaluation)}\n`);
