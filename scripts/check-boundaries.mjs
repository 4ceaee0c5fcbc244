/** Runs the boundaries over every source file; says file, line and what to do, and fails when there is anything. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProblems } from './boundaries.mjs';
import { findLongFunctions } from './function-length.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDERS = ['protocol', 'domain', 'embedded-mongodb', 'server', 'widgets', 'demo', 'tests'];
const SKIPPED = new Set(['dist', 'cdn', 'node_modules', 'data']);

function* listSources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* listSources(path);
    } else if (/(?<!\.d)\.ts$/.test(entry.name)) yield path;
  }
}

const problems = FOLDERS.flatMap((folder) => [...listSources(folder)]).flatMap((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return [...findProblems(path, text), ...(path.startsWith('tests/') ? [] : findLongFunctions(path, text))];
});
for (const { path, line, message } of problems) console.error(`${path}:${line}  ${message}`);
if (problems.length > 0) process.exitCode = 1;
