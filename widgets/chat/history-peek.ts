/**
 * Two reads that the closed chat makes, spelled here because the storage module with all it can do would double the
 * launcher. Keys are those of `core/client/storage-manifest.ts`; a test holds the two together. Nothing is written.
 */
function readKey(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null; // Blocked storage throws on the first touch.
  }
}

/** This browser wrote to the business before, so an answer may be waiting. */
export function hasConversation(site: string): boolean {
  return readKey(() => localStorage, `frontdesk:${site}:visitor-token`) !== null;
}

/** The visitor had the chat open and followed a link on the same website. */
export function wasOpen(site: string): boolean {
  return readKey(() => sessionStorage, `frontdesk:${site}:chat-open`) === 'yes';
}
