/**
 * What the bundles leave out. Each diet checks that it still finds what it removes, so that an upgrade of a library
 * cannot undo it silently; `sizes.json` holds the result.
 */
import { parseSync, type Plugin } from 'vite';

interface Cut {
  /** End of the module's path. */
  readonly module: string;
  readonly find: RegExp;
  readonly replace: string;
  readonly why: string;
}

const CUTS: readonly Cut[] = [
  {
    module: 'socket.io-client/build/esm/index.js',
    find: /Object\.assign\(lookup[\s\S]*$/,
    replace: 'export { lookup as io };',
    why: 'A lazy import takes the whole namespace, and we call io() alone.',
  },
  {
    module: 'engine.io-client/build/esm/transports/index.js',
    find: /import \{ WT \}.*|\s*webtransport: WT,/g,
    replace: '',
    why: 'The server speaks WebSocket and polling.',
  },
  {
    module: 'socket.io-parser/build/esm/is-binary.js',
    find: /^[\s\S]*$/,
    replace: 'export const isBinary = () => false; export const hasBinary = () => false;',
    why: 'The protocol is JSON; no payload holds a buffer or a file.',
  },
  {
    module: 'socket.io-parser/build/esm/binary.js',
    find: /^[\s\S]*$/,
    replace:
      "export const deconstructPacket = () => { throw new Error('binary'); }; export const reconstructPacket = deconstructPacket;",
    why: 'As above.',
  },
  {
    module: 'protocol/dist/result.js',
    find: /status: \d+,(\s*retry: '[\w-]+',\s*)message: (?:'[^'\n]*'|"[^"\n]*")/g,
    replace: "$1message: ''",
    why: 'Texts of the catalogue are for developers who read an answer; widgets translate the code. HTTP says the status.',
  },
];

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
            .replace(/(?<=[\w-]): /g, ':')
            .replaceAll(';}', '}'),
    );
  return shortened.join('');
}

/** A run of white space is one space for HTML, whether it is indented or not. */
function shortenHtml(text: string): string {
  return text.replace(/\s+/g, ' ');
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

function shortenTemplates(path: string, code: string): string {
  const edits: { start: number; end: number; text: string }[] = [];
  for (const node of walk(parseSync(path, code).program)) {
    if (node.type !== 'TaggedTemplateExpression') continue;
    const shorten = { css: shortenCss, html: shortenHtml }[(node['tag'] as { name?: string }).name ?? ''];
    if (!shorten) continue;
    for (const part of (node['quasi'] as { quasis: Node[] }).quasis) {
      const { raw } = part['value'] as { raw: string };
      const start = code.indexOf(raw, part.start);
      edits.push({ start, end: start + raw.length, text: shorten(raw) });
    }
  }
  edits.sort((one, other) => other.start - one.start);
  return edits.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
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
        const shortened = code.replace(cut.find, cut.replace);
        if (shortened !== code) done.add(cut);
        return shortened;
      }
      const isOurs = path.includes('/widgets/') && path.endsWith('.ts') && !path.includes('/node_modules/');
      return isOurs && /\b(?:css|html)`/.test(code) ? shortenTemplates(path, code) : null;
    },
    buildEnd(error) {
      const missed = error ? [] : CUTS.filter((cut) => !done.has(cut));
      if (missed.length > 0) this.error(`Nothing to leave out in ${missed.map((cut) => cut.module).join(', ')}`);
    },
  };
}
