/**
 * Finds a Chromium for the browser tests, so that they run on a fresh machine without a system package:
 * `CHROME_PATH`, else an installed headless shell, Chrome or Chromium, else `@sparticuz/chromium` from npm, which is
 * unpacked once into a cache folder that carries its version.
 *
 * The package's own launch arguments are never used: they switch web security and site isolation off, and tests of
 * CORS, CSP and frames would lie.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Small shells first: they start faster and stand several pages at once. */
const COMMAND_NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
];

const WELL_KNOWN_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const base = process.env[variable];
    if (!base) return [];
    return [
      join(base, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(base, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ];
  }),
};

/** The machine's own fonts, which know more scripts, and the one family in the package for machines that have none. */
const FONT_CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMAND_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...(WELL_KNOWN_PLACES[process.platform] ?? [])].find((path) => existsSync(path));
}

/**
 * The package unpacks into the temporary folder without locks and takes whatever it finds there for complete, so it
 * is given a folder of its own; the finished folder then moves to its place in one step. Whoever comes second throws
 * its copy away.
 */
async function unpackOnce() {
  const packageFile = await findPackageFile();
  const { version } = JSON.parse(await readFile(packageFile, 'utf8'));
  const cache = join(root, 'node_modules', '.cache', 'frontdesk-chromium');
  const home = join(cache, version);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const aside = await mkdtemp(join(cache, 'unpacking-'));
    const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    // This variable makes the package bring the shared libraries that a bare Linux lacks.
    const env = { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
    await run(process.execPath, ['--input-type=module', '--eval', `await ${script}`], { cwd: root, env });
    await writeFile(join(aside, 'fonts', 'fonts.conf'), FONT_CONFIGURATION);
    await rename(aside, home).catch(async (error) => {
      await rm(aside, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    });
  }
  return home;
}

async function findPackageFile() {
  const require = createRequire(import.meta.url);
  const folders = require.resolve.paths('@sparticuz/chromium') ?? [];
  const file = folders
    .map((folder) => join(folder, '@sparticuz/chromium/package.json'))
    .find((path) => existsSync(path));
  if (file && process.platform === 'linux' && process.arch === 'x64') return file;
  throw new Error(
    'No browser found. Install Chrome or Chromium, or set CHROME_PATH. (The one from npm is for Linux on x64 only.)',
  );
}

function describe(executablePath, env) {
  const isShell = /headless[-_]shell/.test(executablePath) || env !== undefined;
  // Chromium refuses its sandbox to root, and containers commonly run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (env) args.push('--disable-dev-shm-usage', '--disable-gpu');
  return { executablePath, isShell, args, env: { ...process.env, ...env } };
}

let resolved;

/** Answers how to launch the browser; see `chromium.d.mts`. */
export function resolveChromium() {
  resolved ??= (async () => {
    const installed = process.env.CHROME_PATH || findInstalled();
    if (installed) return describe(installed);
    const home = await unpackOnce();
    const libraries = [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
    return describe(join(home, 'chromium'), {
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_FILE: process.env.FONTCONFIG_FILE ?? join(home, 'fonts', 'fonts.conf'),
    });
  })();
  return resolved;
}
