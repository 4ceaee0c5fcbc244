/** How a visitor's outbox item reaches the server, and what the first one tells about the person. */
import type { VisitorConversationDto, VisitorEntryDto } from '@frontdesk/protocol/chat';
import type { Result } from '@frontdesk/protocol/result';
import type { OutboxItem } from './outbox-item.js';
import type { Delivery } from './outbox.js';
import type { StartDetails } from './session-types.js';
import type { VisitorClient } from './visitor-client.js';

export interface Started {
  readonly conversation: VisitorConversationDto;
  readonly entry: VisitorEntryDto;
}

export async function deliverVisitorItem(
  client: VisitorClient,
  item: OutboxItem,
  keepalive: boolean,
  handleStarted: (started: Started) => void,
): Promise<Result<Delivery>> {
  const { connection } = client;
  client.keepToken();
  const options = { idempotencyKey: item.key, keepalive };
  if (item.opens || item.conversationId === null) {
    const started = await connection.request('conversation:start', { ...item.start, body: item.body }, options);
    if (!started.ok) return started;
    handleStarted(started.data);
    const { conversation, entry } = started.data;
    return {
      ok: true,
      data: { conversationId: conversation.id, epoch: conversation.epoch, seq: entry.seq, at: entry.at },
    };
  }
  const { conversationId, body } = item;
  const sent = await connection.request('message:send', { conversationId, body }, options);
  return sent.ok ? { ok: true, data: { ...sent.data, conversationId } } : sent;
}

/** Decided when the message is written, and kept with it: the same key must always carry the same request. */
export function buildStart(details: StartDetails): Readonly<Record<string, unknown>> {
  const page = readPage();
  return { ...details, ...(page === null ? {} : { page }) };
}

/** Where the visitor was when writing the first message; staff see it as text. */
function readPage(): { url: string; title: string } | null {
  if (typeof document === 'undefined' || typeof location === 'undefined') return null;
  // Query and fragment may carry secrets of the host page, and staff need neither.
  return { url: (location.origin + location.pathname).slice(0, 2_048), title: document.title.slice(0, 300) };
}
