/** What each fact means for a visitor's chat. Facts about another conversation mean: look which one is current. */
import type { VisitorConversationDto, VisitorEntryDto } from '@frontdesk/protocol/chat';
import type { LogAction } from './conversation-log.js';
import type { Unsubscribe } from './store.js';
import type { VisitorConnection } from './visitor-client.js';

export interface VisitorFactTarget {
  getConversation(): VisitorConversationDto | null;
  adopt(conversation: VisitorConversationDto): void;
  load(): void;
  receive(action: Extract<LogAction<VisitorEntryDto>, { type: 'entry' | 'head' }>): void;
  setTyping(name: string | null): void;
  setPresence(isOnline: boolean): void;
}

export function listenToVisitorFacts(connection: VisitorConnection, target: VisitorFactTarget): Unsubscribe[] {
  const isCurrent = (id: string): boolean => id === target.getConversation()?.id;
  return [
    connection.on('entry:appended', ({ conversationId, epoch, head, entry }) => {
      if (!isCurrent(conversationId)) return target.load();
      // Whoever wrote has stopped typing, and the sign may come late.
      if (entry.author.kind !== 'contact') target.setTyping(null);
      target.receive({ type: 'entry', epoch, head, entry });
    }),
    connection.on('heads:reported', ({ heads }) => {
      for (const { conversationId, epoch, seq } of heads) {
        if (isCurrent(conversationId)) target.receive({ type: 'head', epoch, seq });
        else if (target.getConversation() === null) target.load();
      }
    }),
    connection.on('conversation:changed', ({ conversation }) => {
      if (isCurrent(conversation.id)) target.adopt(conversation);
      else target.load();
    }),
    connection.on('conversation:marked', ({ conversationId, party, readUpTo, deliveredUpTo }) => {
      const conversation = target.getConversation();
      if (conversation === null || !isCurrent(conversationId)) return;
      const markers =
        party === 'visitor' ? { readUpTo } : { staffReadUpTo: readUpTo, staffDeliveredUpTo: deliveredUpTo };
      target.adopt({ ...conversation, ...markers });
    }),
    connection.on('typing:changed', ({ conversationId, on, name }) => {
      if (isCurrent(conversationId)) target.setTyping(on ? name : null);
    }),
    connection.on('presence:changed', ({ online }) => target.setPresence(online)),
  ];
}
