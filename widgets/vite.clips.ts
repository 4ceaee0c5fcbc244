/** Puts the display's sound clips beside the bundles, under names that carry a hash of their content already. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const directory = join(dirname(fileURLToPath(import.meta.url)), 'queue-display/clips');

export function clips(): Plugin {
  return {
    name: 'clips',
    generateBundle() {
      for (const file of readdirSync(directory)) {
        this.emitFile({ type: 'asset', fileName: `clips/${file}`, source: readFileSync(join(directory, file)) });
      }
    },
  };
}
