/**
 * JSON-LD in the page's own head, where search engines look; they do not look into shadow trees. One script element per card, however
 * many elements of it are on the page, and none when the last one is gone (CC-13).
 */
interface Published {
  readonly script: HTMLScriptElement;
  readonly text: Text;
  holders: number;
}

const published = new Map<string, Published>();

function readId(json: string): string {
  return String((JSON.parse(json) as Record<string, unknown>)['@id']);
}

/** Puts the data there, or brings them up to date; the answer takes them away again. */
export function publishStructuredData(json: string): () => void {
  const id = readId(json);
  let entry = published.get(id);
  if (!entry) {
    const script = document.createElement('script');
    script.type = 'application/ld+json';
    script.dataset['frontdeskCard'] = id;
    const text = document.createTextNode('');
    script.append(text);
    document.head.append(script);
    entry = { script, text, holders: 0 };
    published.set(id, entry);
  }
  // Only now: Trusted Types complain of a script that comes with a text, though these are data and none to run.
  entry.text.data = json;
  const held = entry;
  held.holders += 1;
  return () => {
    held.holders -= 1;
    if (held.holders > 0) return;
    held.script.remove();
    published.delete(id);
  };
}
