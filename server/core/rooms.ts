/** The only place that spells a room's name. Every name starts with its tenant, and only the server joins rooms. */
import type {
  ConversationId,
  CounterId,
  DeviceId,
  InboxId,
  LocationId,
  MembershipId,
  SessionId,
  SiteId,
  TenantId,
  TicketId,
} from '@frontdesk/protocol/ids';

export const rooms = {
  /** Visitors of one conversation. Private notes never come here. */
  visitorConversation: (tenant: TenantId, conversation: ConversationId) => `t:${tenant}:visitor:${conversation}`,
  /** Every socket of one visitor token. */
  visitorToken: (tenant: TenantId, tokenHash: string) => `t:${tenant}:token:${tokenHash}`,
  siteVisitors: (tenant: TenantId, site: SiteId) => `t:${tenant}:site:${site}`,
  /** Staff who may see this inbox: list and thread facts. */
  inboxStaff: (tenant: TenantId, inbox: InboxId) => `t:${tenant}:inbox:${inbox}`,
  tenantStaff: (tenant: TenantId) => `t:${tenant}:staff`,
  member: (tenant: TenantId, member: MembershipId) => `t:${tenant}:member:${member}`,
  /** Consoles of whoever may serve at this counter; a socket joins when it reads the console and stays until it closes. */
  counterConsoles: (tenant: TenantId, counter: CounterId) => `t:${tenant}:watch:counter:${counter}:serving`,
  /** Consoles of whoever may only watch it. Names never come here (QC-10). */
  counterWatchers: (tenant: TenantId, counter: CounterId) => `t:${tenant}:watch:counter:${counter}`,
  device: (tenant: TenantId, device: DeviceId) => `t:${tenant}:device:${device}`,
  locationDevices: (tenant: TenantId, location: LocationId) => `t:${tenant}:devices:${location}`,
  /** Phones of one ticket. */
  ticket: (tenant: TenantId, ticket: TicketId) => `t:${tenant}:ticket:${ticket}`,
  /** Phones of everybody who waits in a pool. */
  poolPhones: (tenant: TenantId, location: LocationId, pool: string) => `t:${tenant}:phones:${location}:${pool}`,
  /** Visitors who look at the same list of free times; `question` is a digest of what they asked. */
  slotWatchers: (tenant: TenantId, question: string) => `t:${tenant}:watch:slots:${question}`,
  /** The same for sessions of a class. */
  sessionWatchers: (tenant: TenantId, question: string) => `t:${tenant}:watch:sessions:${question}`,
  session: (tenant: TenantId, session: SessionId) => `t:${tenant}:session:${session}`,
} as const;

/** Rooms that a socket asked for itself; they stay when its other rooms are looked at again. */
export function isWatchRoom(room: string): boolean {
  return /^t:[^:]+:watch:/.test(room);
}
