/** Records → wire DTOs; an allow-list of fields per audience. */
import type { InboxDto, InvitationDto, MemberDto, SiteDto, TeamDto, TenantDto } from '@frontdesk/protocol/tenancy';
import type { Availability } from '@frontdesk/protocol/vocabulary';
import type { Invitation, MemberDetails } from './tenancy.records.js';
import type { Inbox, Site, Team, Tenant } from './tenancy.types.js';

export function presentTenant({ id, name, locale, timeZone }: Tenant): TenantDto {
  return { id, name, locale, timeZone };
}

export function presentMember(
  member: MemberDetails,
  view: { readonly selfId: string; readonly showsEmail: boolean; readonly availability: Availability },
): MemberDto {
  const { id, name, role, disabled, inboxIds } = member;
  return {
    id,
    name,
    email: view.showsEmail ? member.email : null,
    role,
    disabled,
    inboxIds: inboxIds === null ? null : [...inboxIds],
    availability: view.availability,
    self: id === view.selfId,
  };
}

export function presentInvitation({ id, email, role, expiresAt }: Invitation): InvitationDto {
  return { id, email, role, expiresAt: expiresAt.toISOString() };
}

export function presentSite(site: Site): SiteDto {
  const { id, publicKey, name, allowNullOrigin, theme, greeting, requireIdentity } = site;
  return {
    id,
    publicKey,
    name,
    allowedOrigins: [...site.allowedOrigins],
    allowNullOrigin,
    theme: { accent: theme.accent, colorScheme: theme.colorScheme, launcherSide: theme.launcherSide },
    greeting,
    requireIdentity,
    identityKeyIds: site.identitySecrets.map(({ kid }) => kid),
  };
}

export function presentInbox({ id, kind, name, siteId }: Inbox): InboxDto {
  return { id, kind, name, siteId };
}

export function presentTeam({ id, name }: Team): TeamDto {
  return { id, name };
}
