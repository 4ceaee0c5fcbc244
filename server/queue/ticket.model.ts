/**
 * Look-up rows of tickets, and the people behind them. The log decides (decision 0009); these rows follow it. A row is written before
 * its ticket's first event, so that the token in the customer's hand names a ticket as soon as there is one.
 */
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { tenantScope } from '../core/store/tenant-scope.js';

/** What the ticket's holder was promised, and when; what the estimate is judged by. */
export interface PromiseRecord {
  at: Date;
  ahead: number;
  p50Seconds: number;
  p80Seconds: number;
}

export interface TicketRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  /** SHA-256 of the ticket's token; gone when the ticket is purged, and with it the way in. */
  tokenHash?: string;
  /** null until the ticket's first event is applied. */
  serviceDay: string | null;
  /** The ticket as of its last event; no name, no phone. */
  ticket: FloorTicket | null;
  rev: number;
  promises: PromiseRecord[];
  /** The words go with the person; the stars stay. */
  rating: { stars: number; text: string; at: Date } | null;
  push: { endpoint: string; keys: { p256dh: string; auth: string } } | null;
  /** Notices that were claimed for sending, each once; what it names is never sent again (QP-8, QP-9). */
  noticed: string[];
  /** When the holder was last told that it is their turn. */
  toldAt: Date;
  /** When token, push address and person go; set when the ticket ends. */
  purgeAt: Date | null;
  /** A row whose ticket never came to be is removed then. */
  spareUntil?: Date;
  createdAt: Date;
}

/** Name, phone and note, apart from everything that is kept (5.1, IC-24, RE-19). */
export interface PersonRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  name: string;
  /** E.164. */
  phone: string | null;
  note: string;
  consentAt: Date | null;
  serviceDay: string;
  /** At the latest a day after the ticket was made. */
  purgeAt: Date;
}

const strict = { strict: 'throw', versionKey: false, minimize: false } as const;
const reference = { type: Schema.Types.ObjectId, required: true } as const;
const instant = { type: Date, required: true } as const;

const ticketSchema = new Schema<TicketRecord>(
  {
    locationId: reference,
    tokenHash: { type: String },
    serviceDay: { type: String, default: null },
    ticket: { type: Schema.Types.Mixed, default: null },
    rev: { type: Number, required: true },
    promises: { type: [Schema.Types.Mixed], default: [] } as never,
    rating: { type: Schema.Types.Mixed, default: null },
    push: { type: Schema.Types.Mixed, default: null },
    noticed: { type: [String], default: [] },
    toldAt: { type: Date, default: new Date(0) },
    purgeAt: { type: Date, default: null },
    spareUntil: { type: Date },
    createdAt: instant,
  },
  { collection: 'queue_tickets', ...strict },
);
ticketSchema.plugin(tenantScope);
ticketSchema.index({ tenantId: 1, locationId: 1, serviceDay: 1 });
// The token names the ticket and its tenant, so its look-up crosses tenants.
ticketSchema.index({ tokenHash: 1 }, { unique: true, sparse: true });
ticketSchema.index({ purgeAt: 1 });
// Open tickets of a day that is over are few, and looked for when the next one begins.
ticketSchema.index({ tenantId: 1, locationId: 1, 'ticket.state': 1, serviceDay: 1 });
// Branches where somebody is to be told, asked once when a process starts.
ticketSchema.index({ 'push.endpoint': 1 }, { sparse: true });
ticketSchema.index({ spareUntil: 1 }, { expireAfterSeconds: 0 });

const personSchema = new Schema<PersonRecord>(
  {
    locationId: reference,
    name: { type: String, default: '' },
    phone: { type: String, default: null },
    note: { type: String, default: '' },
    consentAt: { type: Date, default: null },
    serviceDay: { type: String, default: '' },
    purgeAt: instant,
  },
  { collection: 'queue_persons', ...strict },
);
personSchema.plugin(tenantScope);
personSchema.index({ tenantId: 1, phone: 1 });
personSchema.index({ purgeAt: 1 }, { expireAfterSeconds: 0 });

export interface TicketModels {
  readonly Ticket: Model<TicketRecord>;
  readonly Person: Model<PersonRecord>;
}

export function createTicketModels(connection: Connection): TicketModels {
  return {
    Ticket: connection.model<TicketRecord>('QueueTicket', ticketSchema),
    Person: connection.model<PersonRecord>('QueuePerson', personSchema),
  };
}
