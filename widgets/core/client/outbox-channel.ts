/** Tells the other tabs of the origin what happened to the outbox they share. */
import type { ClientEnvironment } from './environment.js';
import type { OutboxItem } from './outbox-item.js';
import type { Delivery } from './outbox.js';

export type OutboxNews =
  { readonly type: 'changed' } | { readonly type: 'acked'; readonly item: OutboxItem; readonly delivery: Delivery };

export interface OutboxChannel {
  /** Opening twice is the same as once. */
  open(): void;
  post(news: OutboxNews): void;
  close(): void;
}

/** Without BroadcastChannel this does nothing; tabs then learn when they get the lock. */
export function createOutboxChannel(
  createChannel: ClientEnvironment['createChannel'],
  name: string,
  handleNews: (news: OutboxNews) => void,
): OutboxChannel {
  let channel: ReturnType<NonNullable<ClientEnvironment['createChannel']>> | null = null;
  return {
    open() {
      if (channel !== null || createChannel === null) return;
      try {
        channel = createChannel(name);
        channel.onmessage = (event) => handleNews(event.data as OutboxNews);
      } catch {
        // Opaque origins have none.
      }
    },
    post: (news) => channel?.postMessage(news),
    close() {
      channel?.close();
      channel = null;
    },
  };
}
