/**
 * What the element of a hosted page will load, for its head: a phone on a slow network then fetches all of it side by side instead
 * of finding one file inside another (QP-1).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of the bundler's manifest that is read. */
interface BuiltFile {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** Tags for these sources and everything that they import at once; empty for a server without built widgets. */
export function createPreloads(widgetsDir: string): (sources: readonly string[]) => string {
  const path = join(widgetsDir, 'manifest.json');
  const files = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, BuiltFile>) : {};
  return (sources) => {
    const found = new Set<string>();
    const queue = [...sources];
    for (let source = queue.pop(); source !== undefined; source = queue.pop()) {
      const built = files[source];
      if (!built || found.has(built.file)) continue;
      found.add(built.file);
      queue.push(...(built.imports ?? []));
    }
    return [...found].map((file) => `<link rel="modulepreload" href="/widgets/${file}" />`).join('');
  };
}
