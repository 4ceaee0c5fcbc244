/** Compiles every workspace and the tests, then bundles the widgets for the CDN and their elements' manifest. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function run(cwd, file, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', file), ...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(root, 'typescript/bin/tsc', '-b');
run(join(root, 'widgets'), 'vite/bin/vite.js', 'build', '--logLevel', 'warn');
