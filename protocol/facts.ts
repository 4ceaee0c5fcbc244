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
import { deviceSelf } from './devices.js';
import { id, instant, seq } from './fields.js';
import type { ConversationId, CounterId, LocationId, MembershipId } from './ids.js';
import { counterView } from './queue-counter.js';
import { board } from './queue-device.js';
import { revision } from './queue-fields.js';
import { holderState } from './queue-phone.js';
import { estimateParameters } from './queue-tickets.js';
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

const connectionFacts = {
  /** First fact on every connection. `instance` names the server process; a change means that it restarted. */
  'session:ready': z.strictObject({ serverTime: instant, protocol: z.number().int(), instance: z.string() }),
  /** Last fact before the server closes the socket for good. */
  'session:revoked': z.strictObject({ reason: z.enum(REVOCATION_REASONS) }),
  /** Come back after this many milliseconds; each socket hears another number. */
  'server:draining': z.strictObject({ retryAfterMs: z.number().int() }),
} as const;

const sharedFacts = {
  ...connectionFacts,
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
  /**
   * The watched list of slots changed: how the revisions end that it had and that it has, then starts in quanta of five minutes since the
   * day before `from` (UTC): n came, -1 - n went. Ask again when yours does not end with the first.
   */
  'slots:changed': z.tuple([z.string(), z.string()], z.number().int()),
  /** Seats left in sessions of the watched list; ask again when `prev` is not your revision, and when it is null: other things changed. */
  'class-sessions:changed': z.strictObject({
    prev: z.string(),
    rev: z.string(),
    seatsLeft: z.record(z.string(), z.number().int()).nullable(),
  }),
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
  'workspace:changed': z.strictObject({
    what: z.enum(['members', 'sites', 'teams', 'tenant', 'locations', 'queue', 'devices', 'booking', 'cards']),
  }),
  /** Something in the agenda of this location changed. */
  'agenda:changed': z.strictObject({ locationId: id<LocationId>() }),
  /** To consoles that show this counter: the view as it is now. */
  'counter:changed': z.strictObject({ counterId: id<CounterId>(), view: counterView }),
  /** The queue of a location moved on; at most once a second. */
  'queue:changed': z.strictObject({ locationId: id<LocationId>(), rev: revision }),
} as const;

export const deviceFacts = {
  ...connectionFacts,
  /** Every few seconds, so that a display knows whether what it shows is of now. */
  'queue:beat': z.strictObject({ rev: revision, serverTime: instant }),
  'board:changed': z.strictObject({ board }),
  /** Ask for the offer again: a service opened, closed or filled up. */
  'offer:changed': z.strictObject({ rev: revision }),
  'device:changed': z.strictObject({ device: deviceSelf }),
} as const;

/** Ranks of the tickets that left a line, then of those that joined, then moves, each applied in turn to the line so far. */
export const orderChange = z.strictObject({
  fromRev: z.number().int(),
  toRev: z.number().int(),
  out: z.array(z.number().int()),
  in: z.array(z.number().int()),
  move: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type OrderChange = z.output<typeof orderChange>;

export const ticketFacts = {
  ...connectionFacts,
  'ticket:changed': z.strictObject({ state: holderState }),
  /**
   * One message for all phones of a pool, without a token or name in it: each keeps its own rank and computes its own
   * range. `change` is null when only the estimate moved.
   */
  'order:changed': z.strictObject({
    change: orderChange.nullable(),
    orderRev: z.number().int(),
    parameters: estimateParameters,
  }),
  /** The line was ordered anew; read the ticket again within a moment. */
  'order:reset': z.strictObject({ orderRev: z.number().int(), spreadMs: z.number().int() }),
} as const;
