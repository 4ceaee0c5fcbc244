/** Reads built bundles as a browser would: which file fetches which, and what each weighs on the wire. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const STATIC_IMPORT = /\b(?:import|export)\s*(?:[^"'`();]*?\bfrom\s*)?["']\.\/([^"']+)["']/g;
const LAZY_IMPORT = /\bimport\(\s*["'`]\.\/([^"'`]+)["'`]\s*\)/g;

function weigh(code) {
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
    .length;
}

/** File name → code, weight, the source it begins with, and what it imports. */
export function readBundles(folder, hasManifest = true) {
  const manifest = hasManifest ? JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) : {};
  const sources = new Map(Object.values(manifest).map(({ file, src }) => [file, src]));
  const bundles = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const code = readFileSync(join(folder, file), 'utf8');
    bundles.set(file, {
      code,
      bytes: weigh(code),
      source: sources.get(file),
      imports: [...code.matchAll(STATIC_IMPORT)].map((match) => match[1]),
      lazyImports: [...code.matchAll(LAZY_IMPORT)].map((match) => match[1]),
    });
  }
  return bundles;
}

/** Everything fetched for `files` and what they import; `follow` says which lazy imports happen too. */
export function collectFetched(bundles, files, follow = () => false) {
  const fetched = new Set();
  const queue = [...files];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const bundle = bundles.get(file);
    if (!bundle) throw new Error(`${file} is imported and does not exist`);
    if (fetched.has(file)) continue;
    fetched.add(file);
    queue.push(...bundle.imports, ...bundle.lazyImports.filter((name) => follow(name)));
  }
  return fetched;
}
