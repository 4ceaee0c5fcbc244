/** Compiles the named workspaces with what they need, or everything including the tests; then bundles the widgets. */
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

run(root, 'typescript/bin/tsc', '-b', ...process.argv.slice(2));
run(join(root, 'widgets'), 'vite/bin/vite.js', 'build', '--logLevel', 'warn');
