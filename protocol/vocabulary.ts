/** Closed word lists of the domains, shared as plain constants so that widgets need no validator to know them. */
export const ROLES = ['owner', 'admin', 'agent', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const CONVERSATION_STATUSES = ['open', 'snoozed', 'resolved', 'spam'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

export const HANDLERS = ['none', 'ai', 'human'] as const;
export type Handler = (typeof HANDLERS)[number];

export const PRIORITIES = ['none', 'low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CHANNELS = ['web', 'whatsapp', 'sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

export const AUTHOR_KINDS = ['contact', 'staff', 'ai', 'system', 'phone_app'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];

export const ENTRY_KINDS = ['message', 'note', 'event'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const EVENT_TYPES = ['started', 'status', 'handler', 'assignee', 'team', 'labels', 'priority'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const AVAILABILITIES = ['online', 'away', 'offline'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

export const LIST_VIEWS = ['all-open', 'mine', 'unassigned', 'snoozed', 'resolved', 'spam'] as const;
export type ListView = (typeof LIST_VIEWS)[number];

export const TYPING_MODES = ['reply', 'note'] as const;
export type TypingMode = (typeof TYPING_MODES)[number];

export const COLOR_SCHEMES = ['auto', 'light', 'dark'] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

export const LAUNCHER_SIDES = ['end', 'start'] as const;
export type LauncherSide = (typeof LAUNCHER_SIDES)[number];

export const TICKET_STATES = [
  'booked',
  'waiting',
  'called',
  'serving',
  'held',
  'completed',
  'no-show',
  'cancelled',
  'expired',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_SOURCES = ['kiosk', 'qr', 'web', 'staff', 'appointment', 'whatsapp'] as const;
export type TicketSource = (typeof TICKET_SOURCES)[number];

/** Where the customer is: `remote` tickets are not called before they arrive. */
export const TICKET_PRESENCES = ['remote', 'onsite'] as const;
export type TicketPresence = (typeof TICKET_PRESENCES)[number];

/** Where a transferred ticket joins its new line; `sorted` by its first arrival. */
export const TRANSFER_MODES = ['front', 'sorted', 'back'] as const;
export type TransferMode = (typeof TRANSFER_MODES)[number];

/** What a ticket on hold waits for: this counter, this member of staff, or anybody of the branch. */
export const HOLD_SCOPES = ['counter', 'staff', 'location'] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

/** A statutory class is always served before the others; a soft one only earns its place faster. */
export const CLASS_KINDS = ['statutory', 'soft'] as const;
export type ClassKind = (typeof CLASS_KINDS)[number];

export const COUNTER_STATUSES = ['open', 'paused', 'closed'] as const;
export type CounterStatus = (typeof COUNTER_STATUSES)[number];

export const DEVICE_KINDS = ['display', 'kiosk'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export const PRINT_STATES = ['none', 'pending', 'printed', 'failed'] as const;
export type PrintState = (typeof PRINT_STATES)[number];

/** Why a service takes no tickets now. */
export const CLOSED_REASONS = [
  'closed',
  'before-hours',
  'after-stop',
  'day-full',
  'line-full',
  'emergency',
  'finishing',
] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

/** Why a promised wait grew. */
export const DELAY_REASONS = ['counter-paused', 'priority-arrivals', 'longer-services'] as const;
export type DelayReason = (typeof DELAY_REASONS)[number];

export const ASK_RULES = ['no', 'optional', 'required'] as const;
export type AskRule = (typeof ASK_RULES)[number];

/** What other systems may be told of a queue. */
export const TICKET_EVENTS = [
  'ticket-issued',
  'ticket-checked-in',
  'ticket-called',
  'ticket-recalled',
  'call-undone',
  'ticket-started',
  'ticket-missed',
  'ticket-returned',
  'ticket-transferred',
  'ticket-held',
  'ticket-completed',
  'ticket-cancelled',
  'ticket-expired',
] as const;
export type TicketEventType = (typeof TICKET_EVENTS)[number];

/** What a program with an API key may do. */
export const API_SCOPES = ['queue:read', 'queue:issue', 'queue:manage'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Minutes in which booked time is claimed; fixed for ever, because keys of two quanta would collide (booking.md 5.4). */
export const BOOKING_QUANTUM_MINUTES = 5;

/**
 * `held → requested | confirmed → arrived → completed`, with its ends. `pending-payment` and `payment-late` are kept for when bookings
 * are paid.
 */
export const BOOKING_STATES = [
  'held',
  'pending-payment',
  'requested',
  'confirmed',
  'arrived',
  'completed',
  'expired',
  'declined',
  'cancelled-by-customer',
  'cancelled-by-business',
  'no-show',
  'payment-late',
] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

/** In these states a booking owns its time. */
export const LIVE_BOOKING_STATES = ['held', 'pending-payment', 'requested', 'confirmed', 'arrived'] as const;

export const RESOURCE_KINDS = ['staff', 'room', 'equipment'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export const GRID_ALIGNMENTS = ['open', 'clock'] as const;
export type GridAlignment = (typeof GRID_ALIGNMENTS)[number];

export const PACKINGS = ['grid', 'tight'] as const;
export type Packing = (typeof PACKINGS)[number];

export const CONFIRMATION_RULES = ['auto', 'approve'] as const;
export type ConfirmationRule = (typeof CONFIRMATION_RULES)[number];

/** Ways in which a code reaches a customer who has to prove that they can be reached. */
export const VERIFICATION_CHANNELS = ['email'] as const;
export type VerificationChannel = (typeof VERIFICATION_CHANNELS)[number];

/** What customers prove before they book: nothing, or that an address of this kind is theirs. */
export const VERIFICATION_RULES = ['none', ...VERIFICATION_CHANNELS] as const;
export type VerificationRule = (typeof VERIFICATION_RULES)[number];

/** What came of a code: it was right, or wrong; tried too often; or it is too old, replaced or was never asked for. */
export const CODE_OUTCOMES = ['verified', 'wrong', 'exhausted', 'expired'] as const;
export type CodeOutcome = (typeof CODE_OUTCOMES)[number];

export const QUESTION_TYPES = ['text', 'long-text', 'choice', 'choices', 'checkbox', 'number', 'date', 'file'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** What a customer may answer with: pictures and PDF, nothing that a browser runs. Each is known by its first bytes. */
export const FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Booking codes: no 0 and O, 1, I and L, and no U, so that nothing is read as another or as a word. */
export const BOOKING_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const BOOKING_CODE_LENGTH = 8;

export const CHANGE_ACTORS = ['customer', 'staff', 'system'] as const;
export type ChangeActor = (typeof CHANGE_ACTORS)[number];

/** What stands in the history of a visit whose zone got other rules; the agenda says it in the reader's language. */
export const ZONE_RULES_REASON = 'time zone rules changed';
export const ZONE_TAKEN_REASON = 'time zone rules changed; the new time is taken';

export const RECURRENCE_UNITS = ['week', 'month', 'year'] as const;
export type RecurrenceUnit = (typeof RECURRENCE_UNITS)[number];

/** What a repeated visit would meet on its date. */
export const VISIT_OUTLOOKS = ['free', 'taken', 'closed', 'past', 'skipped'] as const;
export type VisitOutlook = (typeof VISIT_OUTLOOKS)[number];

/** What staff say of a booking. */
export const STAFF_MARKS = ['approve', 'decline', 'arrive', 'complete', 'no-show', 'cancel', 'undo'] as const;
export type StaffMark = (typeof STAFF_MARKS)[number];

/**
 * Of seats in a class: `held` while somebody types, `waiting → offered → enrolled` from the waitlist. In `held`, `offered` and `enrolled`
 * they are taken; an offer that nobody answered is `lapsed`.
 */
export const ENROLMENT_STATES = ['held', 'enrolled', 'waiting', 'offered', 'lapsed', 'cancelled'] as const;
export type EnrolmentState = (typeof ENROLMENT_STATES)[number];

/** Why a date of a class was not set: its people or rooms are taken, the branch is closed, or the clock has no such time on that day. */
export const SESSION_PROBLEMS = ['taken', 'closed', 'skipped'] as const;
export type SessionProblem = (typeof SESSION_PROBLEMS)[number];

/** What the token of a link to seats begins with; that of a booking has no full stop in it. */
export const SEAT_TOKEN_PREFIX = 'seat.';

export const ATTENDANCE_MARKS = ['present', 'late', 'absent', 'excused'] as const;
export type AttendanceMark = (typeof ATTENDANCE_MARKS)[number];

/** Whose contact card it is. */
export const CARD_SUBJECTS = ['location', 'staff'] as const;
export type CardSubject = (typeof CARD_SUBJECTS)[number];

export const CARD_BUTTONS = ['call', 'whatsapp', 'sms', 'email', 'directions', 'book', 'chat'] as const;
export type CardButton = (typeof CARD_BUTTONS)[number];

/** What shows the way; `geo` leaves the choice to the phone (RFC 5870). */
export const MAP_SERVICES = ['google', 'apple', 'waze', 'geo'] as const;
export type MapService = (typeof MAP_SERVICES)[number];

/** What a proof of work is asked for; a proof for one is none for the other. */
export const PROOF_PURPOSES = ['card-message', 'booking'] as const;
export type ProofPurpose = (typeof PROOF_PURPOSES)[number];
