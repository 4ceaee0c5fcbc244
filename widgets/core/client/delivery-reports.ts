/**
 * Reports that a contact's message reached the business. Any colleague's open inbox will do and one report is enough, so
 * each waits a random moment first and stays silent when somebody else was faster.
 */
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import type { Clock } from './clock.js';

const SPREAD_MS = 400;

export interface DeliveryReports {
  /** The newest known state of a conversation. */
  observe(conversation: StaffConversationDto): void;
  stop(): void;
}

export interface DeliveryReportsOptions {
  readonly clock: Pick<Clock, 'setTimeout' | 'clearTimeout' | 'random'>;
  report(conversationId: StaffConversationDto['id'], deliveredUpTo: number): void;
}

export function createDeliveryReports({ clock, report }: DeliveryReportsOptions): DeliveryReports {
  const newest = new Map<StaffConversationDto['id'], StaffConversationDto>();
  const waiting = new Map<StaffConversationDto['id'], ReturnType<Clock['setTimeout']>>();
  const reported = new Map<StaffConversationDto['id'], number>();

  function isDue({ id, lastContactSeq, staffDeliveredUpTo }: StaffConversationDto): boolean {
    return lastContactSeq > Math.max(staffDeliveredUpTo, reported.get(id) ?? 0);
  }

  return {
    observe(conversation) {
      const { id } = conversation;
      newest.set(id, conversation);
      if (!isDue(conversation) || waiting.has(id)) return;
      const timer = clock.setTimeout(() => {
        waiting.delete(id);
        const current = newest.get(id) ?? conversation;
        if (!isDue(current)) return;
        reported.set(id, current.lastContactSeq);
        report(id, current.lastContactSeq);
      }, clock.random() * SPREAD_MS);
      waiting.set(id, timer);
    },
    stop() {
      for (const timer of waiting.values()) clock.clearTimeout(timer);
      waiting.clear();
    },
  };
}
