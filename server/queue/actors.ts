/** Who a context is, as the log writes it; and the names that a command's key gives to what it makes. */
import type { QueueActor } from '@frontdesk/domain/queue/events';
import type { TicketId, TicketToken } from '@frontdesk/protocol/ids';
import type { TenantContext } from '../core/context.js';
import { deriveId, deriveSecret } from '../core/derived.js';
import { hashSecret } from '../core/secrets.js';

export function toQueueActor({ actor }: TenantContext): QueueActor {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', id: actor.membershipId, name: actor.name };
    case 'device':
      return { kind: 'device', id: actor.deviceId, name: actor.deviceKind };
    case 'ticket':
      return { kind: 'ticket', id: actor.ticketId, name: '' };
    case 'visitor':
      // The hash of a browser's token is nobody's name, but it need not stand in a log for good either.
      return { kind: 'visitor', id: 'visitor', name: '' };
    case 'system':
      return { kind: 'system', id: actor.name, name: actor.name };
  }
}

/** Two people may make the same key; it only counts for whoever made it. */
export function keyOf(context: TenantContext): string {
  const { actor, idempotencyKey } = context;
  if (actor.kind === 'visitor') return `visitor:${hashSecret(`${actor.tokenHash} ${idempotencyKey ?? ''}`)}`;
  const { kind, id } = toQueueActor(context);
  return `${kind}:${id}:${context.idempotencyKey ?? ''}`;
}

/** The same try names the same ticket, whichever process hears it and however often. */
export function ticketIdOf(context: TenantContext, key: string): TicketId {
  return deriveId(`ticket ${context.tenantId} ${key}`);
}

/** Token of a ticket that staff made; from the server's secret, so that a repeated try hands out the same link. */
export function ticketTokenOf(context: TenantContext, key: string, secret: Buffer): TicketToken {
  return deriveSecret(secret, `ticket ${context.tenantId} ${key}`).toString('base64url') as TicketToken;
}
