/** Typing signs: relayed, never stored, gone without renewal. What is typed into a note is never shown to a customer. */
import type { ConversationId, InboxId, TenantId } from '@frontdesk/protocol/ids';
import { TYPING_TTL_MS } from '@frontdesk/protocol/limits';
import type { TypingMode } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';

export interface TypingSign {
  readonly tenantId: TenantId;
  readonly conversationId: ConversationId;
  readonly inboxId: InboxId;
  readonly mode: TypingMode;
  readonly author: { readonly kind: 'contact' | 'staff'; readonly id: string; readonly name: string };
  /** The name that a customer may see; unused for customers themselves. */
  readonly publicName: string;
  readonly socketId: string | undefined;
}

export interface TypingRelay {
  set(sign: TypingSign, on: boolean): void;
  /** Signs of a closed socket end at once. */
  leave(socketId: string): void;
  expire(): void;
}

const EPHEMERAL = { isEphemeral: true } as const;

export function createTypingRelay(clock: Clock, facts: FactPublisher): TypingRelay {
  const signs = new Map<string, { readonly sign: TypingSign; expiresAtMs: number }>();
  const keyOf = (sign: TypingSign): string => `${sign.conversationId}:${sign.author.kind}:${sign.author.id}`;

  function tellVisitors(sign: TypingSign, on: boolean): void {
    if (sign.author.kind !== 'staff' || sign.mode !== 'reply') return;
    const { conversationId, publicName } = sign;
    facts.toVisitors(
      rooms.visitorConversation(sign.tenantId, conversationId),
      'typing:changed',
      { conversationId, on, name: publicName },
      EPHEMERAL,
    );
  }

  function tell(sign: TypingSign, on: boolean): void {
    const { conversationId, mode, author } = sign;
    facts.toStaff(
      rooms.inboxStaff(sign.tenantId, sign.inboxId),
      'typing:changed',
      { conversationId, on, mode, author },
      { ...EPHEMERAL, ...(sign.socketId === undefined ? {} : { exceptSocketId: sign.socketId }) },
    );
    tellVisitors(sign, on);
  }

  function end(key: string): void {
    const known = signs.get(key);
    signs.delete(key);
    if (known) tell(known.sign, false);
  }

  return {
    set(sign, on) {
      const key = keyOf(sign);
      if (!on) {
        end(key);
        return;
      }
      const known = signs.get(key);
      // Whoever moves from the reply to the note stops typing for the customer.
      if (known && known.sign.mode !== sign.mode) tellVisitors(known.sign, false);
      signs.set(key, { sign, expiresAtMs: clock.now() + TYPING_TTL_MS });
      tell(sign, true);
    },
    leave(socketId) {
      for (const [key, { sign }] of signs) if (sign.socketId === socketId) end(key);
    },
    expire() {
      for (const [key, { expiresAtMs }] of signs) if (expiresAtMs <= clock.now()) end(key);
    },
  };
}
