/** Writes the synthetic logs as CSV into a folder: `node tests/dist/eval/write-synthetic.js FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLog } from './csv.js';
import { createCallCentreLog, createClinicLog, makeMessy } from './synthetic-logs.js';

const [folder = '.'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const clinic = createClinicLog(1);
for (const [name, rows] of [
  ['clinic', clinic],
  ['clinic-messy', makeMessy(clinic, 2)],
  ['call-centre', createCallCentreLog(3)],
] as const) {
  writeFileSync(join(folder, `${name}.csv`), writeLog(rows));
}
