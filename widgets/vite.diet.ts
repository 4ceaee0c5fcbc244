/**
 * What the bundles leave out. Each diet checks that it still finds what it removes, so that an upgrade of a library
 * cannot undo it silently; `sizes.json` holds the result.
 */
import { readFileSync } from 'node:fs';
import { parseSync, type Plugin } from 'vite';
import { LIT_CUTS, LIT_RELEASES } from './vite.diet-lit.js';
import { REALTIME_CUTS, REALTIME_RELEASES } from './vite.diet-realtime.js';

export interface Cut {
  /** End of the module's path. */
  readonly module: string;
  readonly find?: RegExp;
  readonly replace?: string | ((found: string) => string);
  /** Members of the module's classes that go, or become this text: `name`, or `Class.name` where two classes have one of that name. */
  readonly members?: Readonly<Record<string, string>>;
  readonly why: string;
}

const CUTS: readonly Cut[] = [
  ...REALTIME_CUTS,
  ...LIT_CUTS,
  {
    module: 'widgets/core/client/http-transport.ts',
    find: /(?<=createUnknownOutcome\()(?:'[^']*'|`[^`]*`)/g,
    replace: "''",
    why: 'What went wrong on the way is for developers, whose browser says it as well; widgets have words of their own.',
  },
  {
    module: 'protocol/dist/result.js',
    find: /(?<=ERROR_CATALOGUE = )\{[\s\S]*?\n\}|Object\.hasOwn\(ERROR_CATALOGUE, value\)|ERROR_CATALOGUE\[code\](?=\.retry)/g,
    replace: shortenCatalogue,
    why: 'Texts of the catalogue are for developers who read an answer; widgets translate the code. HTTP says the status, and what is never tried again needs no list.',
  },
];

/** Code and retry rule, each rule and each code written once; without the codes that are never tried again. */
function shortenCatalogue(found: string): string {
  if (found.startsWith('Object')) return '/^[A-Z_]+$/.test(value)';
  if (found.endsWith(']')) return `${found}?`;
  const groups = new Map<string, string[]>();
  for (const [, code = '', retry = ''] of found.matchAll(/(\w+): \{\s*status: \d+,\s*retry: '([\w-]+)'/g)) {
    if (retry !== 'never') groups.set(retry, [...(groups.get(retry) ?? []), code]);
  }
  const rows = [...groups].map(([retry, codes]) => `'${retry}': '${codes.join(' ')}'`);
  const entry = "codes.split(' ').map((code) => [code, { retry, message: '' }])";
  return `Object.fromEntries(Object.entries({ ${rows.join(', ')} }).flatMap(([retry, codes]) => ${entry}))`;
}

/** Fewer bytes, same meaning: comments go, runs of white space become one space, and none stands around punctuation. */
function shortenCss(text: string): string {
  const shortened = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split(/("[^"\n]*"|'[^'\n]*')/)
    .map((piece, index) =>
      index % 2 === 1
        ? piece
        : piece
            .replace(/\s+/g, ' ')
            .replace(/ ?([{};,]) ?/g, '$1')
            .replaceAll(' > ', '>')
            .replace(/(?<=[\s:,(-])0(?=\.\d)/g, '')
            .replaceAll(' !important', '!important')
            .replace(/(?<=[\w-]): /g, ':')
            .replaceAll(';}', '}'),
    );
  return shortened.join('');
}

/** A run of white space is one space for HTML, whether it is indented or not. */
function shortenHtml(text: string): string {
  return text.replace(/\s+/g, ' ');
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function* walk(node: unknown): Generator<Node> {
  if (Array.isArray(node)) {
    for (const inner of node) yield* walk(inner);
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node) yield node as Node;
    for (const inner of Object.values(node)) if (typeof inner === 'object') yield* walk(inner);
  }
}

/** Edits from the end to the beginning, so that none moves the next. */
function applyEdits(code: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

/** A name that the module does not have any more stops the build: nobody knows then what else has changed. */
function replaceMembers(path: string, code: string, members: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(members));
  const edits: Edit[] = [];
  for (const node of walk(parseSync(path, code).program)) {
    if (node.type !== 'ClassDeclaration') continue;
    const className = (node['id'] as { name: string }).name;
    for (const member of (node['body'] as { body: Node[] }).body) {
      const { name = '' } = member['key'] as { name?: string };
      const key = [`${className}.${name}`, name].find((one) => Object.hasOwn(members, one));
      if (key === undefined) continue;
      missing.delete(key);
      edits.push({ start: member.start, end: member.end, text: members[key] ?? '' });
    }
  }
  if (missing.size > 0) throw new Error(`${path} has no ${[...missing].join(', ')}`);
  return applyEdits(code, edits);
}

/** A template that carries a tag, or the string of a style sheet for an element without Lit: its name ends in `_CSS`. */
function findTemplate(node: Node): [shorten: ((text: string) => string) | undefined, template: unknown] {
  const nameOf = (key: string): string => (node[key] as { name?: string } | undefined)?.name ?? '';
  if (node.type === 'TaggedTemplateExpression') {
    return [{ css: shortenCss, html: shortenHtml }[nameOf('tag')], node['quasi']];
  }
  const init =
    node.type === 'VariableDeclarator' && nameOf('id').endsWith('_CSS') ? (node['init'] as Node | null) : null;
  return [init?.type === 'TemplateLiteral' ? shortenCss : undefined, init];
}

function shortenTemplates(path: string, code: string): string {
  const edits: Edit[] = [];
  for (const node of walk(parseSync(path, code).program)) {
    const [shorten, template] = findTemplate(node);
    if (!shorten) continue;
    for (const part of (template as { quasis: Node[] }).quasis) {
      const { raw } = part['value'] as { raw: string };
      const start = code.indexOf(raw, part.start);
      edits.push({ start, end: start + raw.length, text: shorten(raw) });
    }
  }
  return applyEdits(code, edits);
}

interface Decorated extends Node {
  readonly key: { readonly name: string };
  readonly decorators: readonly (Node & {
    readonly expression: { readonly callee: { readonly name: string }; readonly arguments: readonly Node[] };
  })[];
}

interface Import extends Node {
  readonly source: { readonly value: string };
  readonly specifiers: readonly {
    readonly imported: { readonly name: string };
    readonly local: { readonly name: string };
  }[];
}

/**
 * Lit's decorators, done once here instead of in every browser: properties become the static list that Lit reads as well, queries become
 * getters. What another decorator does is not known here, so it stops the build.
 */
function replaceDecorators(path: string, code: string): string {
  const edits: Edit[] = [];
  const kinds = new Map<string, string>();
  const program = parseSync(path, code).program as unknown as { readonly body: readonly Node[] };
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration' || (node as Import).source.value !== 'lit/decorators.js') continue;
    for (const { imported, local } of (node as Import).specifiers) kinds.set(local.name, imported.name);
    edits.push({ start: node.start, end: node.end, text: '' });
  }
  for (const node of walk(program)) {
    if (node.type !== 'ClassDeclaration') continue;
    const { body, start } = node['body'] as Node & { body: Decorated[] };
    const properties: string[] = [];
    for (const { key, decorators = [], ...member } of body) {
      for (const { expression, start: from, end: to } of decorators) {
        const kind = kinds.get(expression.callee.name);
        const [options] = expression.arguments;
        const text = options ? code.slice(options.start, options.end) : '{}';
        if (kind === 'query') {
          const getter = `get ${key.name}() { return this.renderRoot?.querySelector(${text}) ?? null; }`;
          edits.push({ start: member.start, end: member.end, text: getter });
        } else if (kind === 'property' || kind === 'state') {
          properties.push(`${key.name}: ${kind === 'state' ? '{ state: true }' : text}`);
          edits.push({ start: from, end: to, text: '' });
        } else throw new Error(`${path}: what does @${expression.callee.name} do?`);
      }
    }
    const text = `static properties = { ${properties.join(', ')} };`;
    if (properties.length > 0) edits.push({ start: start + 1, end: start + 1, text });
  }
  return applyEdits(code, edits);
}

/** Cuts are chosen for one release of a library; another one stops the build until somebody has read them again. */
function checkRelease(path: string): void {
  for (const [name, release] of Object.entries({ ...REALTIME_RELEASES, ...LIT_RELEASES })) {
    const at = path.indexOf(`/node_modules/${name}/`);
    if (at < 0) continue;
    const file = `${path.slice(0, at)}/node_modules/${name}/package.json`;
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    if (version !== release)
      throw new Error(`${name} is ${version}; what is left out of it was chosen for ${release}.`);
  }
}

export function diet(): Plugin {
  const done = new Set<Cut>();
  return {
    name: 'diet',
    enforce: 'pre',
    transform(code, id) {
      const path = id.replaceAll('\\', '/').split('?')[0] ?? id;
      const cut = CUTS.find(({ module }) => path.endsWith(`/${module}`));
      if (cut) {
        checkRelease(path);
        const whole = cut.members ? replaceMembers(path, code, cut.members) : code;
        const { find, replace = '' } = cut;
        const shortened = find ? whole.replace(find, replace as (found: string) => string) : whole;
        if (shortened !== (find ? whole : code)) done.add(cut);
        return shortened;
      }
      const isOurs = path.includes('/widgets/') && path.endsWith('.ts') && !path.includes('/node_modules/');
      if (!isOurs) return null;
      const plain = code.includes("'lit/decorators.js'") ? replaceDecorators(path, code) : code;
      return /(?:\b(?:css|html)|_CSS = )`/.test(plain) ? shortenTemplates(path, plain) : plain;
    },
    buildEnd(error) {
      const missed = error ? [] : CUTS.filter((cut) => !done.has(cut));
      if (missed.length > 0) this.error(`Nothing to leave out in ${missed.map((cut) => cut.module).join(', ')}`);
    },
  };
}
