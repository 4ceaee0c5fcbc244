/** Facts that the server pushes, per namespace. Live fan-out may lose them; correctness never depends on them. */
import { z } from 'zod';
import {
  epoch,
  staffConversationDto,
  staffEntryDto,
  viewerDto,
  visitorConversationDto,
  visitorEntryDto,
} from './chat.js';
import { id, instant, seq } from './fields.js';
import type { ConversationId, MembershipId } from './ids.js';
import { AVAILABILITIES, TYPING_MODES } from './vocabulary.js';

export const REVOCATION_REASONS = [
  'signed-out',
  'revoked',
  'password-changed',
  'disabled',
  'role-changed',
  'expired',
  'forgotten',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

const conversationId = id<ConversationId>();

const sharedFacts = {
  /** First fact on every connection. `instance` names the server process; a change means that it restarted. */
  'session:ready': z.strictObject({ serverTime: instant, protocol: z.number().int(), instance: z.string() }),
  /** Last fact before the server closes the socket for good. */
  'session:revoked': z.strictObject({ reason: z.enum(REVOCATION_REASONS) }),
  /** Come back after this many milliseconds; each socket hears another number. */
  'server:draining': z.strictObject({ retryAfterMs: z.number().int() }),
  'heads:reported': z.strictObject({ heads: z.array(z.strictObject({ conversationId, epoch, seq })) }),
} as const;

export const visitorFacts = {
  ...sharedFacts,
  'entry:appended': z.strictObject({ conversationId, epoch, head: seq, entry: visitorEntryDto }),
  'conversation:changed': z.strictObject({ conversation: visitorConversationDto }),
  /** Markers in visitor numbering. */
  'conversation:marked': z.strictObject({
    conversationId,
    party: z.enum(['visitor', 'staff']),
    readUpTo: seq,
    deliveredUpTo: seq,
  }),
  'typing:changed': z.strictObject({ conversationId, on: z.boolean(), name: z.string() }),
  'presence:changed': z.strictObject({ online: z.boolean() }),
} as const;

export const staffFacts = {
  ...sharedFacts,
  'session:expiring': z.strictObject({ expiresAt: instant }),
  'entry:appended': z.strictObject({ conversationId, epoch, head: seq, entry: staffEntryDto }),
  'conversation:changed': z.strictObject({ conversation: staffConversationDto }),
  'typing:changed': z.strictObject({
    conversationId,
    on: z.boolean(),
    mode: z.enum(TYPING_MODES),
    author: z.strictObject({ kind: z.enum(['contact', 'staff']), id: z.string(), name: z.string() }),
  }),
  'viewers:changed': z.strictObject({ conversationId, viewers: z.array(viewerDto) }),
  'presence:changed': z.strictObject({ memberId: id<MembershipId>(), availability: z.enum(AVAILABILITIES) }),
  /** Fetch again what you show of these. */
  'workspace:changed': z.strictObject({ what: z.enum(['members', 'sites', 'teams', 'tenant']) }),
} as const;
