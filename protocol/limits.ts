/** Numbers that both sides of the wire must agree on. Server-only limits live in `server/core/limits.ts`. */

/** Code points of a message after NFC normalisation (security MSG-05). */
export const MESSAGE_MAX_CODE_POINTS = 4_000;
/** Largest Socket.IO frame either side may send, in bytes. */
export const FRAME_MAX_BYTES = 64 * 1024;
/** Entries per page of `conversation:sync`. */
export const SYNC_PAGE_SIZE = 200;
/** A client that is further behind than this reloads the last page instead of replaying everything. */
export const SYNC_MAX_GAP = 10_000;
/** Entries that a client buffers while it waits for the missing ones. */
export const REORDER_BUFFER_MAX = 256;
/** Rows per page of `conversation:list`. */
export const LIST_PAGE_SIZE = 50;
/** A client waits this long for an acknowledgement before it counts the try as unknown. */
export const ACK_TIMEOUT_MS = 8_000;
/** Without a socket for this long, a client sends over HTTP. */
export const HTTP_FALLBACK_AFTER_MS = 3_000;
/** Reconnect and retry back-off: full jitter between these bounds. */
export const BACKOFF_MIN_MS = 500;
export const BACKOFF_MAX_MS = 30_000;
/** Heads are reported to joined sockets this often when they changed. */
export const HEADS_INTERVAL_MS = 20_000;
/** A typing sign is sent at most this often and vanishes after TYPING_TTL_MS without a renewal. */
export const TYPING_INTERVAL_MS = 3_000;
export const TYPING_TTL_MS = 6_000;
/** A viewer renews its presence in a thread this often and vanishes after VIEWER_TTL_MS. */
export const VIEWER_INTERVAL_MS = 15_000;
export const VIEWER_TTL_MS = 45_000;
/** Unsent messages are kept this long in the browser. */
export const OUTBOX_TTL_MS = 7 * 24 * 60 * 60 * 1000;
/** Photo of a contact card. With it a vCard stays below 30 kB, which phones still take from a download (CC-10). */
export const CARD_PHOTO_MAX_BYTES = 18_000;
export const PASSWORD_MIN_LENGTH = 8;
/** bcrypt ignores what follows the 72nd byte, so longer passwords are refused. */
export const PASSWORD_MAX_BYTES = 72;
/** Minutes for which a time is kept while somebody types; once more as many (booking.md 5.5). */
export const HOLD_MINUTES = 5;
/** Times that are kept for one visitor at once. */
export const MAX_HOLDS = 2;
/** Digits of a code that proves an address. */
export const CODE_LENGTH = 6;
