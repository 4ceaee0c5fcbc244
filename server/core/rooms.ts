/** The only place that spells a room's name. Every name starts with its tenant, and only the server joins rooms. */
import type { ConversationId, InboxId, MembershipId, SessionId, SiteId, TenantId } from '@frontdesk/protocol/ids';

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
  session: (tenant: TenantId, session: SessionId) => `t:${tenant}:session:${session}`,
} as const;
