/** Event map of the `/ticket` namespace: what the phone of a ticket's holder asks and hears. Types only. */
import type { z } from 'zod';
import type { CommandTypes } from './command.js';
import type { ticketFacts } from './facts.js';
import type { TicketToken } from './ids.js';
import type { queueTicketCommands } from './queue-phone.js';

export type TicketCommands = CommandTypes<typeof queueTicketCommands>;

/** `auth` of the handshake; the handshake URL says `audience=ticket`. HTTP twins send the token as `Authorization: Bearer`. */
export interface TicketHandshake {
  readonly token: TicketToken;
  readonly protocol: number;
}

export type TicketFacts = { [Name in keyof typeof ticketFacts]: z.output<(typeof ticketFacts)[Name]> };
export type TicketFactName = keyof TicketFacts;
