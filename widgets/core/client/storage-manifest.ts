/**
 * Everything that Frontdesk's widgets may keep in a browser. The notice texts and the storage tests are
 * made from this list, so it is the list: what is not here cannot be written.
 */
export interface StorageManifestEntry {
  readonly name: string;
  /** `{site}` is the public site key, `{kind}` a waiting room's device: `display` or `kiosk`, `{location}` the id of a branch. */
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
  {
    name: 'deviceToken',
    key: 'frontdesk:device:{kind}:token',
    where: 'localStorage',
    purpose:
      'Random secret of a screen or kiosk in a waiting room; nobody’s, and never written in a visitor’s browser.',
    writtenWhen: 'The screen shows its pairing code.',
    lifetime: 'Until the device is removed in the settings.',
  },
  {
    name: 'deviceSnapshot',
    key: 'frontdesk:device:{kind}:snapshot',
    where: 'localStorage',
    purpose: 'What a screen or kiosk showed last, so that it starts without a network.',
    writtenWhen: 'What it shows changes.',
    lifetime: 'Until the device is removed in the settings.',
  },
  {
    name: 'deviceRestarts',
    key: 'frontdesk:device:{kind}:restarts',
    where: 'sessionStorage',
    purpose: 'When a screen or kiosk started itself anew, so that it does not do so in a circle.',
    writtenWhen: 'It starts itself anew.',
    lifetime: 'Until the tab is closed.',
  },
  {
    name: 'deviceJournal',
    key: 'frontdesk:device:{kind}:journal',
    where: 'IndexedDB',
    purpose:
      'A kiosk’s numbers for times without a network, and the tickets that the server does not know yet, with the name ' +
      'and phone number of their holders if those were asked for. Kept in localStorage under the same key where IndexedDB is blocked.',
    writtenWhen: 'The kiosk asks for a ticket, hands one out without a network, or reserves numbers.',
    lifetime: 'A ticket until the server has it; the rest until the device is removed in the settings.',
  },
  {
    name: 'ticketHeld',
    key: 'frontdesk:ticket:held:{location}',
    where: 'localStorage',
    purpose:
      'The link of the number that this phone took in a line, so that a reload leads to it and takes no second one.',
    writtenWhen: 'Somebody joins a line with this phone.',
    lifetime: 'Until the ticket is over.',
  },
  {
    name: 'ticketSnapshot',
    key: 'frontdesk:ticket:snapshot',
    where: 'localStorage',
    purpose:
      'Link, number and place of the ticket that was shown last, so that a slow network does not show an empty page.',
    writtenWhen: 'The page of a ticket shows it.',
    lifetime: 'Until the ticket is over.',
  },
  {
    name: 'bookingHold',
    key: 'frontdesk:{site}:booking-hold',
    where: 'sessionStorage',
    purpose:
      'Which time is being kept for the visitor, and the random secret that proves it, so that a reload does not lose it.',
    writtenWhen: 'The visitor chooses a time to book.',
    lifetime: 'Until it is booked or given up, or the tab is closed.',
  },
] as const satisfies readonly StorageManifestEntry[];

export type StorageName = (typeof STORAGE_MANIFEST)[number]['name'];

/** Written by the tab that sends a visitor's first message; the others hear of it. */
export const isVisitorTokenKey = (key: string | null): boolean =>
  key !== null && key.startsWith('frontdesk:') && key.endsWith(':visitor-token');
