/**
 * Everything that Frontdesk's widgets may keep in a visitor's browser. The notice texts and the storage tests are
 * made from this list, so it is the list: what is not here cannot be written.
 */
export interface StorageManifestEntry {
  readonly name: string;
  /** `{site}` is the public site key. */
  readonly key: string;
  readonly where: 'localStorage' | 'sessionStorage' | 'IndexedDB';
  readonly purpose: string;
  readonly writtenWhen: string;
  readonly lifetime: string;
}

export const STORAGE_MANIFEST = [
  {
    name: 'visitorToken',
    key: 'frontdesk:{site}:visitor-token',
    where: 'localStorage',
    purpose: 'Random secret that opens the visitor’s own conversation again.',
    writtenWhen: 'The visitor sends a first message.',
    lifetime: 'Until the visitor clears the chat or the browser clears its storage.',
  },
  {
    name: 'outbox',
    key: 'frontdesk:{site}:outbox',
    where: 'IndexedDB',
    purpose:
      'Messages that the visitor sent and the server has not confirmed. Kept in localStorage under the same key ' +
      'where IndexedDB is blocked.',
    writtenWhen: 'The visitor sends a message.',
    lifetime: 'Until the server confirms the message, at most 7 days.',
  },
  {
    name: 'draft',
    key: 'frontdesk:{site}:draft',
    where: 'localStorage',
    purpose: 'Text that the visitor typed and did not send, so that a reload does not lose it.',
    writtenWhen: 'The visitor types.',
    lifetime: 'Until it is sent or emptied.',
  },
  {
    name: 'sound',
    key: 'frontdesk:{site}:sound',
    where: 'localStorage',
    purpose: 'Whether the visitor turned the sound of new messages on or off.',
    writtenWhen: 'The visitor presses the sound button.',
    lifetime: 'Until the visitor clears the chat or the browser clears its storage.',
  },
  {
    name: 'chatOpen',
    key: 'frontdesk:{site}:chat-open',
    where: 'sessionStorage',
    purpose: 'Keeps the chat open when the visitor follows a link on the same website.',
    writtenWhen: 'The visitor opens or closes the chat after having sent a message.',
    lifetime: 'Until the tab is closed.',
  },
] as const satisfies readonly StorageManifestEntry[];

export type StorageName = (typeof STORAGE_MANIFEST)[number]['name'];

/** Written by the tab that sends a visitor's first message; the others hear of it. */
export const isVisitorTokenKey = (key: string | null): boolean =>
  key !== null && key.startsWith('frontdesk:') && key.endsWith(':visitor-token');
