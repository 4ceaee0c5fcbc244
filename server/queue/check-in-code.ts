/** What people hold against the kiosk when they arrive: the link of their ticket, its number, or their phone number. */
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { TOKEN_PATTERN, type TicketId, type TicketToken } from '@frontdesk/protocol/ids';
import { AppError } from '../core/errors.js';
import { hashSecret } from '../core/secrets.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { LiveSituation, QueueHandle } from './queue.types.js';
import type { TicketStore } from './ticket.store.js';

export interface FoundTicket {
  readonly ticketId: TicketId;
  /** Only where the code was the link. */
  readonly token: TicketToken | null;
}

type Lookups = Pick<TicketStore, 'findByToken' | 'findTicketsOfPhone'>;

/** The token of a link or of what a scanner reads from one. */
function readToken(code: string): TicketToken | undefined {
  const token = code.slice(code.lastIndexOf('#') + 1);
  return TOKEN_PATTERN.test(token) ? (token as TicketToken) : undefined;
}

/** Of several the one that is awaited: an appointment by its time, then whoever is on the way, then any other. */
function pick(tickets: readonly FloorTicket[]): FloorTicket | undefined {
  const rank = ({ state, presence }: FloorTicket): number => {
    if (state === 'booked') return 0;
    if (state === 'waiting') return presence === 'remote' ? 1 : 2;
    return 3;
  };
  const timeOf = ({ bookedForMs, queuedAtMs }: FloorTicket): number => bookedForMs ?? queuedAtMs;
  return [...tickets].sort((one, other) => rank(one) - rank(other) || timeOf(one) - timeOf(other))[0];
}

function readPhone(code: string, country: string): string | null {
  try {
    return readPhoneNumber(code, country);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** undefined for a code that is nobody's here, whatever it may be elsewhere. */
export async function findByCode(
  lookups: Lookups,
  queue: QueueHandle,
  { floor, setup }: LiveSituation,
  typed: string,
): Promise<FoundTicket | undefined> {
  const code = typed.trim();
  const token = readToken(code);
  if (token) {
    const row = await lookups.findByToken(hashSecret(token));
    const isHere = row?.tenantId === queue.tenantId && row.locationId === queue.locationId;
    return row && isHere ? { ticketId: row.id, token } : undefined;
  }
  const label = code.replaceAll(/[\s-]/g, '').toUpperCase();
  const named = pick([...floor.tickets.values()].filter((ticket) => ticket.label === label));
  if (named) return { ticketId: named.id, token: null };
  const phone = readPhone(code, setup.location.country);
  if (phone === null) return undefined;
  const ids = await lookups.findTicketsOfPhone(queue, queue.locationId, phone);
  const theirs = pick(ids.flatMap((id) => floor.tickets.get(id) ?? []));
  return theirs && { ticketId: theirs.id, token: null };
}
