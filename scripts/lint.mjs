/** oxlint with types, with not one warning; then our own boundaries, which no linter knows. */
import { spawnSync } from 'node:child_process';

const steps = [
  ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  ['scripts/check-boundaries.mjs'],
];
for (const [file, ...args] of steps) {
  const { status } = spawnSync(process.execPath, [file, ...args, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
