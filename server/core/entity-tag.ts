/** Whether what a client has is still what it would get: `If-None-Match` as RFC 9110, section 13.1.2, has it. */

/** An opaque tag between quotes, which may hold commas; what stands before it says that it is weak. */
const TAGS = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** `etag`: as it is sent, quotes included. Tags are compared weakly: a proxy that packs an answer makes them weak. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return [...ifNoneMatch.matchAll(TAGS)].some(([, tag]) => tag === opaque);
}
