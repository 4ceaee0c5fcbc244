/** What the forms ask of the settings. */
import type { InvitationId, MembershipId, SessionId, SiteId } from '@frontdesk/protocol/ids';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { RequestEvent } from '../staff/staff-element.js';
import type { SettingsPage } from './settings-store.js';

export type SiteChange = Omit<StaffCommands['site:update']['input'], 'siteId'>;
export type MemberChange = Omit<StaffCommands['member:update']['input'], 'memberId'>;
export type TenantChange = StaffCommands['tenant:update']['input'];

export type SettingsRequest =
  | { readonly type: 'show-page'; readonly page: SettingsPage }
  | { readonly type: 'open-site'; readonly site: SiteId | 'new' | null }
  | { readonly type: 'reload' }
  | { readonly type: 'create-site'; readonly name: string; readonly allowedOrigins: readonly string[] }
  | { readonly type: 'update-site'; readonly siteId: SiteId; readonly change: SiteChange }
  | { readonly type: 'invite'; readonly email: string; readonly role: Role }
  | { readonly type: 'revoke-invitation'; readonly invitationId: InvitationId }
  | { readonly type: 'update-member'; readonly memberId: MembershipId; readonly change: MemberChange }
  | { readonly type: 'remove-member'; readonly memberId: MembershipId }
  | { readonly type: 'change-password'; readonly currentPassword: string; readonly newPassword: string }
  | { readonly type: 'revoke-session'; readonly sessionId: SessionId }
  | { readonly type: 'update-tenant'; readonly change: TenantChange }
  | { readonly type: 'sign-out' };

export class SettingsRequestEvent extends RequestEvent<SettingsRequest> {
  static readonly type = 'frontdesk-settings-request';

  constructor(request: SettingsRequest) {
    super(SettingsRequestEvent.type, request);
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-settings-request': SettingsRequestEvent;
  }
}
