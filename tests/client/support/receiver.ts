import type { ConversationId, IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { OutboxItem } from '@frontdesk/widgets/core/client/outbox-item';
import type { Delivery } from '@frontdesk/widgets/core/client/outbox';

export const CONVERSATION = '000000000000000000000001' as ConversationId;

/** The far side: stores each key once, as the server does, and fails where the test wants. */
export class Receiver {
  readonly stored: OutboxItem[] = [];
  readonly tries: { key: IdempotencyKey; opens: boolean }[] = [];
  /** Answers a try instead of storing; null lets it through. */
  fail: (item: OutboxItem, attempt: number) => Result<Delivery> | null = () => null;
  inFlight = 0;
  mostInFlight = 0;

  async deliver(item: OutboxItem): Promise<Result<Delivery>> {
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    this.tries.push({ key: item.key, opens: item.opens });
    await new Promise((resolve) => setImmediate(resolve));
    this.inFlight -= 1;
    const attempt = this.tries.filter(({ key }) => key === item.key).length;
    return this.fail(item, attempt) ?? this.store(item);
  }

  store(item: OutboxItem): Result<Delivery> {
    if (!this.stored.some(({ key }) => key === item.key)) this.stored.push(item);
    const seq = this.stored.findIndex(({ key }) => key === item.key) + 1;
    return { ok: true, data: { conversationId: CONVERSATION, epoch: 'epoch-a', seq, at: '2026-01-01T00:00:00.000Z' } };
  }

  get bodies(): string[] {
    return this.stored.map(({ body }) => body);
  }
}
