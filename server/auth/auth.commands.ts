/** The auth domain's commands: permission, limit and service call of each. */
import { authStaffCommands, publicCommands } from '@frontdesk/protocol/auth';
import type { Authenticators } from '../core/authenticators.js';
import { bindCommands, type BoundCommand } from '../core/command.js';
import { AppError } from '../core/errors.js';
import type { AccountsService } from './accounts.service.js';
import type { GoogleService } from './google.service.js';
import type { SessionsService } from './sessions.service.js';

export interface AuthServices {
  readonly accounts: AccountsService;
  readonly sessions: SessionsService;
  readonly google: GoogleService;
  readonly authenticateStaff: Authenticators['staff'];
}

export function bindAuthCommands(services: AuthServices): BoundCommand[] {
  return [...bindPublic(services), ...bindStaff(services)];
}

function bindPublic({ accounts, sessions, google }: AuthServices): BoundCommand[] {
  return bindCommands(publicCommands, {
    'account:sign-up': { limit: 'public-mail', handle: (ctx, input) => accounts.signUp(ctx, input) },
    'account:verify-email': {
      limit: 'public-session',
      handle: (ctx, { token }) => accounts.verifyEmail(ctx, token),
    },
    'session:sign-in': { limit: 'public-session', handle: (ctx, input) => accounts.signIn(ctx, input) },
    'session:start-google': { limit: 'public-session', handle: (ctx) => google.startGoogle(ctx) },
    'session:sign-in-google': { limit: 'public-session', handle: (ctx, input) => google.signInGoogle(ctx, input) },
    'session:refresh': { limit: 'public-session', handle: (ctx) => sessions.refreshSession(ctx) },
    'session:sign-out': { limit: 'public-session', handle: (ctx) => sessions.signOut(ctx) },
    'password:forgot': { limit: 'public-mail', handle: (ctx, { email }) => accounts.forgotPassword(ctx, email) },
    'password:reset': { limit: 'public-session', handle: (ctx, input) => accounts.resetPassword(ctx, input) },
    'invitation:describe': {
      limit: 'public-session',
      handle: (ctx, { token }) => accounts.describeInvitation(ctx, token),
    },
    'invitation:accept': { limit: 'public-session', handle: (ctx, input) => accounts.acceptInvitation(ctx, input) },
  });
}

function bindStaff({ accounts, sessions, google, authenticateStaff }: AuthServices): BoundCommand[] {
  return bindCommands(authStaffCommands, {
    'session:read': { permission: 'self:manage', limit: 'staff-read', handle: (ctx) => sessions.readSession(ctx) },
    'session:list': {
      permission: 'self:manage',
      limit: 'staff-read',
      handle: async (ctx) => ({ sessions: await sessions.listSessions(ctx) }),
    },
    'session:revoke': {
      permission: 'self:manage',
      limit: 'staff-write',
      handle: (ctx, { sessionId }) => sessions.revokeSession(ctx, sessionId),
    },
    'session:renew': {
      permission: 'self:manage',
      limit: 'staff-write',
      async handle(ctx, { accessToken }) {
        const { tenantId, actor } = await authenticateStaff(accessToken);
        // A socket may live longer, but never become somebody else.
        const isSame = tenantId === ctx.tenantId && actor.sessionId === ctx.actor.sessionId;
        if (!isSame) throw new AppError('UNAUTHENTICATED');
        return { expiresAt: new Date(actor.expiresAtMs).toISOString() };
      },
    },
    'password:change': {
      permission: 'self:manage',
      limit: 'staff-sensitive',
      handle: (ctx, input) => accounts.changePassword(ctx, input),
    },
    'google:link': {
      permission: 'self:manage',
      limit: 'staff-sensitive',
      handle: (ctx, input) => google.linkGoogle(ctx, input),
    },
  });
}
