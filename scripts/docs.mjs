/**
 * Generates what can be read from the code: `widgets/custom-elements.json` and `docs/elements.md` from the classes of
 * the elements, `docs/commands.md` from the command catalogue. With `--check` nothing is written, and a stale file or
 * an undocumented public attribute, event, slot, part or property is an error.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderCommands } from './render-commands.mjs';
import { eventsOf, findUndocumented, isPublicMember, listPublicElements, renderElements } from './render-elements.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isCheck = process.argv.includes('--check');
const problems = [];

/** Elements that a page may use; a class that loses its `@tag` must not fall out of the documents unnoticed. */
const EXPECTED = [
  'frontdesk-booking',
  'frontdesk-chat',
  'frontdesk-contact-card',
  'frontdesk-agenda',
  'frontdesk-counter',
  'frontdesk-inbox',
  'frontdesk-kiosk',
  'frontdesk-manage-booking',
  'frontdesk-queue-display',
  'frontdesk-settings',
  'frontdesk-ticket',
];

/** The analyser writes below its working folder only, and a check must not touch what is checked in. */
function analyse() {
  const folder = mkdtempSync(join(root, 'widgets', '.manifest-'));
  try {
    const tool = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
    const args = ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--outdir', relative(root, folder)];
    execFileSync(process.execPath, [tool, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    return JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function publish(path, text) {
  const file = join(root, path);
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (current === text) return;
  if (isCheck) problems.push(`${path} is stale; run \`npm run docs\` and commit it`);
  else writeFileSync(file, text);
}

/** Only what a page can use: our own inner elements and helpers would drown it. */
function keepPublic(manifest, elements) {
  const kept = new Set(elements);
  const modules = manifest.modules
    .map((module) => ({
      ...module,
      declarations: (module.declarations ?? [])
        .filter((one) => kept.has(one))
        .map((one) => ({ ...one, events: eventsOf(one), members: one.members?.filter(isPublicMember) })),
    }))
    .filter((module) => module.declarations.length > 0)
    // The analyser takes files in the order in which the disk answers.
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  return { schemaVersion: manifest.schemaVersion, readme: '', modules };
}

const manifest = analyse();
const elements = listPublicElements(manifest);
for (const tag of EXPECTED) {
  if (!elements.some((element) => element.tagName === tag))
    problems.push(`<${tag}> is missing: its class needs \`@tag ${tag}\``);
}
problems.push(...elements.flatMap(findUndocumented));
publish('widgets/custom-elements.json', `${JSON.stringify(keepPublic(manifest, elements), null, 2)}\n`);
publish('docs/elements.md', renderElements(elements));
publish(
  'docs/commands.md',
  renderCommands(await import('@frontdesk/protocol'), await import('@frontdesk/protocol/facts')),
);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
