/** The tenancy domain's staff commands: permission, limit and service call of each. */
import { tenancyStaffCommands } from '@frontdesk/protocol/tenancy';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { SitesService } from './sites.service.js';
import type { TenancyService } from './tenancy.service.js';

export function bindTenancyCommands(tenancy: TenancyService, sites: SitesService): BoundCommand[] {
  return bindCommands(tenancyStaffCommands, {
    'tenant:read': { permission: 'tenant:read', limit: 'staff-read', handle: (ctx) => tenancy.readTenant(ctx) },
    'tenant:update': {
      permission: 'tenant:manage',
      limit: 'staff-write',
      handle: (ctx, input) => tenancy.updateTenant(ctx, input),
    },
    'member:list': {
      permission: 'member:read',
      limit: 'staff-read',
      handle: async (ctx) => ({ members: await tenancy.listMembers(ctx) }),
    },
    'member:update': {
      permission: 'member:manage',
      limit: 'staff-write',
      handle: (ctx, input) => tenancy.updateMember(ctx, input),
    },
    'member:remove': {
      permission: 'member:manage',
      limit: 'staff-write',
      handle: (ctx, { memberId }) => tenancy.removeMember(ctx, memberId),
    },
    'invitation:list': {
      permission: 'member:manage',
      limit: 'staff-read',
      handle: async (ctx) => ({ invitations: await tenancy.listInvitations(ctx) }),
    },
    'invitation:create': {
      permission: 'member:manage',
      limit: 'staff-sensitive',
      handle: (ctx, input) => tenancy.createInvitation(ctx, input),
    },
    'invitation:revoke': {
      permission: 'member:manage',
      limit: 'staff-write',
      handle: (ctx, { invitationId }) => tenancy.revokeInvitation(ctx, invitationId),
    },
    'site:list': {
      permission: 'site:read',
      limit: 'staff-read',
      handle: async (ctx) => ({ sites: await sites.listSites(ctx) }),
    },
    'site:create': {
      permission: 'site:manage',
      limit: 'staff-write',
      handle: (ctx, input) => sites.createSiteDto(ctx, input),
    },
    'site:update': {
      permission: 'site:manage',
      limit: 'staff-write',
      handle: (ctx, { siteId, ...patch }) => sites.updateSite(ctx, siteId, patch),
    },
    'site:rotate-identity-secret': {
      permission: 'site:secrets',
      limit: 'staff-sensitive',
      handle: (ctx, { siteId }) => sites.rotateIdentitySecret(ctx, siteId),
    },
    'inbox:list': {
      permission: 'tenant:read',
      limit: 'staff-read',
      handle: async (ctx) => ({ inboxes: await sites.listInboxes(ctx) }),
    },
    'team:list': {
      permission: 'team:read',
      limit: 'staff-read',
      handle: async (ctx) => ({ teams: await tenancy.listTeams(ctx) }),
    },
    'team:create': {
      permission: 'team:manage',
      limit: 'staff-write',
      handle: (ctx, { name }) => tenancy.createTeam(ctx, name),
    },
  });
}
