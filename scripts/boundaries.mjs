/**
 * The walls of the house that no linter knows: which workspace may import which, and which words may stand in which
 * files. `findProblems` is pure; `check-boundaries.mjs` runs it over the repository.
 */

/** Protocol files without a validator; only these may reach a visitor's browser as code. */
const BROWSER_SAFE = ['version', 'result', 'ids', 'limits', 'file-limits', 'locales', 'vocabulary', 'command'];

/** Workspace → what it may import of ours. */
const MAY_IMPORT = {
  protocol: () => false,
  domain: (name, file, typesOnly) => name === 'protocol' && (typesOnly || BROWSER_SAFE.includes(file)),
  'embedded-mongodb': () => false,
  server: (name) => name === 'protocol' || name === 'domain' || name === 'embedded-mongodb',
  widgets: (name, file, typesOnly) =>
    name === 'domain' || (name === 'protocol' && (typesOnly || BROWSER_SAFE.includes(file))),
  demo: (name, file, typesOnly) =>
    typesOnly ||
    name === 'domain' ||
    ((name === 'server' || name === 'widgets') && file === undefined) ||
    BROWSER_SAFE.includes(file),
};

const IMPORTS =
  /(?<=^|[\n;])\s*(?:import|export)\s+(?<clause>[^'";]*?)\s*from\s*['"](?<from>[^'"]+)['"]|(?<=^|[\n;])\s*import\s*['"](?<bare>[^'"]+)['"]|\bimport\(\s*['"](?<lazy>[^'"]+)['"]\s*\)/g;

/** One line of the list: where it holds, what is banned there, and what to do instead. */
const BANNED_WORDS = [
  {
    where: (path) => path.startsWith('widgets/') || path.startsWith('server/') || path.startsWith('demo/'),
    pattern: /\b(unsafeHTML|unsafeSVG|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b/,
    message: 'writes markup from a string; use a Lit template or textContent',
  },
  {
    where: (path) =>
      path.startsWith('widgets/') && !/^widgets\/(core\/client\/storage[-\w]*|chat\/history-peek)\.ts$/.test(path),
    pattern: /\b(localStorage|sessionStorage|indexedDB)\b|\bdocument\.cookie\b/,
    message: 'is browser storage; go through widgets/core/client/storage.ts, whose keys are published',
  },
  {
    where: (path) => /^(server|protocol|embedded-mongodb|widgets)\//.test(path) && path !== 'server/config.ts',
    pattern: /\bprocess\.env\b/,
    message: 'is read in server/config.ts only',
  },
  {
    where: (path) => path.startsWith('server/') && path !== 'server/realtime.ts' && !path.startsWith('server/core/'),
    pattern: /\b\w*[sS]ocket\.on\(/,
    message: 'listens past the command table; add a command instead',
  },
  {
    where: (path) => path.startsWith('widgets/'),
    pattern:
      /(?<![-\w.])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)*|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:\s*[^;{}?]+;|(?<![-\w])(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
    message: 'is a physical direction; use the logical property, so that right-to-left mirrors it',
  },
  {
    where: (path) => path.startsWith('tests/'),
    pattern: /\b(?:describe|it|context|suite|test)\.(?:only|skip)\(|(?<![.\w])x(?:it|describe)\(/,
    message: 'leaves tests out',
  },
  {
    where: () => true,
    pattern: /\b(?:TODO|FIXME|XXX)\b/,
    inComments: true,
    message: 'promises work; write an issue, or do it',
  },
];

const MAX_LINES = 400;

/** Blanks comments and keeps the line numbers. */
function withoutComments(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(),])\/\/[^\n]*/g, '$1');
}

function isTypesOnly(clause) {
  if (clause.startsWith('type ')) return true;
  const names = /^\{(?<inside>[^}]*)\}$/
    .exec(clause)
    ?.groups?.inside.split(',')
    .map((name) => name.trim());
  return names?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false;
}

function* readImports(code) {
  for (const match of code.matchAll(IMPORTS)) {
    const { clause = '', from, bare, lazy } = match.groups;
    const line = code.slice(0, match.index + match[0].search(/\S/)).split('\n').length;
    yield { line, target: from ?? bare ?? lazy, typesOnly: from !== undefined && isTypesOnly(clause.trim()) };
  }
}

function resolveRelative(path, target) {
  const parts = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** A folder of server/ is a domain; the others see its index, and as types what it declares for its neighbours. */
function isForeignInside(path, resolved, typesOnly) {
  const [, domain, ...inside] = resolved.split('/');
  const [, own] = path.split('/');
  if (inside.length === 0 || domain === 'core' || domain === own) return false;
  const file = inside.join('/');
  return file !== 'index.js' && !(typesOnly && file === `${domain}.types.js`);
}

function findImportProblem(path, { target, typesOnly }) {
  const [workspace] = path.split('/');
  const may = MAY_IMPORT[workspace];
  if (!may) return undefined;
  const ours = /^@frontdesk\/(?<name>[^/]+)(?:\/(?<file>.+))?$/.exec(target);
  if (ours) {
    const { name, file } = ours.groups;
    if (name === workspace) return 'reaches its own workspace by package name; use a relative path';
    return may(name, file, typesOnly) ? undefined : `must not be imported by ${workspace}/`;
  }
  if (target.startsWith('.')) {
    const resolved = resolveRelative(path, target);
    if (!resolved.startsWith(`${workspace}/`)) return 'leaves its workspace by a relative path';
    if (workspace !== 'server') return undefined;
    if (path.startsWith('server/core/') && !resolved.startsWith('server/core/')) {
      return resolved === 'server/config.js' && typesOnly ? undefined : 'makes core depend on what is built on it';
    }
    if (isForeignInside(path, resolved, typesOnly)) return "is another domain's inside; import its index.js";
  }
  const isStore = /\.(model|store)\.ts$/.test(path) || path.startsWith('server/core/');
  if (target === 'mongoose' && !isStore) return 'belongs in *.model.ts, *.store.ts and server/core';
  return undefined;
}

function* findWordProblems(path, text, code) {
  for (const { where, pattern, message, inComments } of BANNED_WORDS) {
    if (!where(path)) continue;
    const lines = (inComments ? text : code).split('\n');
    for (const [index, line] of lines.entries()) {
      const found = pattern.exec(line);
      if (found) yield { path, line: index + 1, message: `${found[0].trim()} ${message}` };
    }
  }
}

function findLengthProblem(path, text) {
  const count = text.split('\n').length - 1;
  if (count <= MAX_LINES) return [];
  const header = /^\s*\/\*[\s\S]*?\*\//.exec(text)?.[0] ?? '';
  if (/\b400 lines\b/.test(header.replace(/\s+\*?\s*/g, ' '))) return [];
  const message = `has ${count} lines; split it, or say in the header why it is longer than 400 lines`;
  return [{ path, line: 1, message }];
}

/** Everything that is wrong with one file. `path` is relative to the root and uses forward slashes. */
export function findProblems(path, text) {
  const code = withoutComments(text);
  const problems = [...findWordProblems(path, text, code), ...findLengthProblem(path, text)];
  for (const found of readImports(code)) {
    const message = findImportProblem(path, found);
    if (message) problems.push({ path, line: found.line, message: `${found.target} ${message}` });
  }
  return problems;
}
