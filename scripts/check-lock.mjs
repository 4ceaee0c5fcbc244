/**
 * Every platform package that a native dependency names must have an entry in the lock file. npm leaves one out when
 * its registry does not have it, and then `npm ci` works on the machine that made the lock file and nowhere else.
 */
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));

function isLocked(from, name) {
  for (let place = from; ; place = place.slice(0, place.lastIndexOf('/node_modules/'))) {
    if (packages[`${place}/node_modules/${name}`]) return true;
    if (!place.includes('/node_modules/')) return Boolean(packages[`node_modules/${name}`]);
  }
}

// A package that is optional itself (msgpackr's accelerator) is missed by nobody.
const needed = Object.entries(packages).filter(([, entry]) => !entry.optional);
const missing = needed.flatMap(([place, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(place, name))
    .map((name) => `${place} wants ${name}`),
);
if (missing.length > 0) {
  console.error(`Missing in package-lock.json:\n${missing.join('\n')}`);
  process.exitCode = 1;
}
