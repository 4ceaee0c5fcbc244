/**
 * What people and programs write → a small tree → elements. The tree knows only text, emphasis, code, line breaks,
 * bullet lists and links; everything else stays the characters that were typed. Nothing here reads or writes HTML
 * (security MSG-02, MSG-03).
 */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'code-block'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] };

const ALLOWED_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
/** Emphasis inside emphasis inside emphasis is an attack on the stack, not a message. */
const MAX_DEPTH = 3;
/** Overrides show text in another order than it is stored in; nobody types them. Isolates and marks stay, inside bdi. */
const BIDI_OVERRIDES = /[\u202d\u202e]/g;
/** Characters without a shape, or that reorder others: in an address they only deceive. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

const LINK =
  /(?:https?:\/\/|mailto:|tel:|www\.)[^\s<>"'`]+|[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/giu;
const TRAILING_PUNCTUATION = /[.,:;!?*_~|\]}»”’、。，！？；：)]$/u;

/** Punctuation after an address belongs to the sentence; a closing bracket belongs to the address if it opened there. */
function trimLink(candidate: string): string {
  let link = candidate;
  while (TRAILING_PUNCTUATION.test(link)) {
    if (link.endsWith(')') && link.split('(').length > link.split(')').length - 1 && link.includes('(')) break;
    link = link.slice(0, -1);
  }
  return link;
}

/**
 * The link to go to and the text to show, or undefined when the address must stay text. A host with characters outside
 * ASCII is shown in its ASCII form, so that `аpple.com` with a Cyrillic а cannot pose as the other one.
 */
export function createLink(typed: string): { readonly href: string; readonly text: string } | undefined {
  const clean = typed.replace(INVISIBLE, '');
  const isAddress = /^[^:/\s]+@[^/\s]+$/.test(clean);
  const absolute = isAddress ? `mailto:${clean}` : /^www\./i.test(clean) ? `https://${clean}` : clean;
  let url: URL;
  try {
    url = new URL(absolute);
  } catch {
    return undefined;
  }
  if (!ALLOWED_SCHEMES.has(url.protocol)) return undefined;
  if (url.protocol === 'tel:') {
    return /^tel:\+?[\d().\-\s]{3,24}$/i.test(clean) ? { href: url.href, text: clean.slice(4) } : undefined;
  }
  if (url.protocol === 'mailto:') {
    // Only an address: `?bcc=` and `?body=` would put words into the reader's mouth.
    const address = absolute.slice('mailto:'.length);
    if (!/^[^\s@?&]+@[^\s@?&]+$/.test(address)) return undefined;
    const isAscii = /^[\x21-\x7e]+$/.test(address);
    return isAscii ? { href: `mailto:${address}`, text: address } : undefined;
  }
  // https://bank.example@evil.example goes to evil.example, whatever the eye says.
  if (url.username || url.password || !url.hostname) return undefined;
  const isAsciiHost = /^[a-z]+:\/\/[\x21-\x7e]*?(?:[/?#]|$)/i.test(/^www\./i.test(clean) ? `x://${clean}` : clean);
  return { href: url.href, text: isAsciiHost ? clean : url.href };
}

function parseLinks(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const start = match.index;
    // A scheme that begins inside a word (`xhttps://`) is a part of that word.
    if (start > 0 && /[\p{L}\p{N}]/u.test(text[start - 1] ?? '')) continue;
    const typed = trimLink(match[0]);
    const link = createLink(typed);
    if (!link) continue;
    if (start > from) parts.push({ kind: 'text', text: text.slice(from, start) });
    parts.push({ kind: 'link', ...link });
    from = start + typed.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** Code first, because nothing inside it means anything; then bold; then italic. */
const SPAN =
  /`([^`\n]+)`|\*\*(?=\S)([^\n]*?\S)\*\*|(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?![\p{L}\p{N}*])/gu;

function parseSpans(text: string, depth = 0): Inline[] {
  if (depth >= MAX_DEPTH) return parseLinks(text);
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > from) parts.push(...parseLinks(text.slice(from, match.index)));
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', children: parseSpans(strong, depth + 1) });
    else parts.push({ kind: 'emphasis', children: parseSpans(emphasis ?? '', depth + 1) });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push(...parseLinks(text.slice(from)));
  return parts;
}

function parseLines(lines: readonly string[]): Inline[] {
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [{ kind: 'break' } as const] : []),
    ...parseSpans(line.replace(BIDI_OVERRIDES, '')),
  ]);
}

const BULLET = /^\s{0,3}[-*•]\s+(?=\S)/;
const FENCE = /^```/;

/** Splits a message into blocks. Pure; the same text always gives the same tree. */
export function parseRichText(body: string): Block[] {
  const blocks: Block[] = [];
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.some((line) => line.trim() !== ''))
      blocks.push({ kind: 'paragraph', children: parseLines(paragraph) });
    paragraph = [];
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (FENCE.test(line)) {
      const end = lines.findIndex((candidate, position) => position > index && FENCE.test(candidate));
      if (end > index) {
        flush();
        blocks.push({
          kind: 'code-block',
          text: lines
            .slice(index + 1, end)
            .join('\n')
            .replace(BIDI_OVERRIDES, ''),
        });
        index = end;
        continue;
      }
    }
    if (BULLET.test(line)) {
      flush();
      const items: Inline[][] = [];
      for (; BULLET.test(lines[index] ?? ''); index += 1)
        items.push(parseLines([(lines[index] ?? '').replace(BULLET, '')]));
      index -= 1;
      blocks.push({ kind: 'list', items });
      continue;
    }
    if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  flush();
  return blocks;
}

/** The message as one line of plain text, for previews and announcements. */
export function toPlainText(body: string): string {
  const inline = (parts: readonly Inline[]): string =>
    parts
      .map((part) => {
        if (part.kind === 'break') return ' ';
        return 'children' in part ? inline(part.children) : part.text;
      })
      .join('');
  return parseRichText(body)
    .map((block) => {
      if (block.kind === 'list') return block.items.map(inline).join(', ');
      return block.kind === 'paragraph' ? inline(block.children) : block.text;
    })
    .join(' ');
}
