/** A ticket as it stands on the screen, wherever its number came from. */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import type { TicketToken } from '@frontdesk/protocol/ids';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { IssueOutcome } from './issuer.js';
import { findService, type KioskState, type ShownTicket } from './kiosk-store.js';

/** What a kiosk starts from when there is no network. `atMs`: when the offer was read, on the timeline. */
export interface Snapshot {
  readonly self: DeviceSelf;
  readonly offer: QueueOffer;
  readonly atMs: number;
}

export type GivenTicket = Extract<IssueOutcome, { readonly kind: 'issued' | 'handed-out' }>;

export function describeShownTicket(
  outcome: GivenTicket,
  state: KioskState,
  context: { readonly token: TicketToken; readonly serverUrl: string; readonly nowMs: number },
): ShownTicket {
  if (outcome.kind === 'issued') {
    const { label, serviceNames, issuedAt, place, url, warnsOfClosing } = outcome.ticket;
    return { label, serviceNames, issuedAt, place, url, warnsOfClosing, isCheckIn: false };
  }
  const { label, request } = outcome.ticket;
  return {
    label,
    serviceNames: findService(state, request.serviceId)?.names ?? { en: '' },
    issuedAt: new Date(context.nowMs).toISOString(),
    place: null,
    // The address that the server would have answered; it opens as soon as the ticket is there.
    url: `${context.serverUrl}/t#${context.token}`,
    warnsOfClosing: false,
    isCheckIn: false,
  };
}
