/** Removes compiled tests whose source is gone: `tsc -b` leaves them, and they would go on passing. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export async function removeStaleTests(root) {
  const compiled = join(root, 'tests', 'dist');
  if (!existsSync(compiled)) return;
  for (const file of await readdir(compiled, { recursive: true })) {
    if (!file.endsWith('.test.js')) continue;
    const source = join(root, 'tests', file.replace(/\.js$/, '.ts'));
    if (!existsSync(source)) await rm(join(compiled, file));
  }
}
