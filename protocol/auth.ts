/**
 * Sign-up, sign-in and sessions. Everything that sets or reads the refresh cookie is HTTP only. Answers that could
 * tell whether an address is known are always 202 with the same body (AUTH-04).
 */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { email, id, instant, line, locale, newPassword, nothing, password, secretToken } from './fields.js';
import type { MembershipId, SessionId, TenantId, UserId } from './ids.js';
import { ROLES } from './vocabulary.js';

export const accepted = z.strictObject({ accepted: z.literal(true) });

export const sessionDto = z.strictObject({
  /** JWT, at most 10 minutes old; kept in memory only. */
  accessToken: z.string(),
  expiresAt: instant,
  sessionId: id<SessionId>(),
  user: z.strictObject({
    id: id<UserId>(),
    email: z.string(),
    name: z.string(),
    hasPassword: z.boolean(),
    hasGoogle: z.boolean(),
  }),
  membership: z.strictObject({ id: id<MembershipId>(), role: z.enum(ROLES) }),
  tenant: z.strictObject({ id: id<TenantId>(), name: z.string(), locale }),
});
export type SessionDto = z.output<typeof sessionDto>;

/** One signed-in browser, as its owner sees it. */
export const sessionSummaryDto = z.strictObject({
  id: id<SessionId>(),
  current: z.boolean(),
  createdAt: instant,
  lastUsedAt: instant,
  /** Browser and system, worked out from the User-Agent header; never the header itself. */
  device: z.string(),
});
export type SessionSummaryDto = z.output<typeof sessionSummaryDto>;

const http = ['http'] as const;

export const publicCommands = {
  'account:sign-up': defineCommand({
    name: 'account:sign-up',
    audience: 'public',
    summary: 'Create a business and its owner. The address is confirmed by e-mail before anything exists for it.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({
      email,
      password: newPassword,
      name: line(80),
      businessName: line(80),
      locale: locale.optional(),
    }),
    output: accepted,
    successStatus: 202,
  }),
  'account:verify-email': defineCommand({
    name: 'account:verify-email',
    audience: 'public',
    summary: 'Confirm the address with the token from the mail; signs in.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ token: secretToken }),
    output: sessionDto,
    errors: ['RESET_REQUIRED'],
  }),
  'session:sign-in': defineCommand({
    name: 'session:sign-in',
    audience: 'public',
    summary: 'Sign in with e-mail and password; sets the refresh cookie.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ email, password }),
    output: sessionDto,
  }),
  'session:start-google': defineCommand({
    name: 'session:start-google',
    audience: 'public',
    summary:
      'Nonce for a Google sign-in, bound to this browser by a cookie. `clientId` is null when Google sign-in is off.',
    transports: http,
    idempotency: 'natural',
    input: nothing,
    output: z.strictObject({ clientId: z.string().nullable(), nonce: z.string() }),
  }),
  'session:sign-in-google': defineCommand({
    name: 'session:sign-in-google',
    audience: 'public',
    summary: 'Sign in with a Google ID token. With `businessName`, a new owner and business are created.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ credential: z.string().min(1).max(8_192), businessName: line(80).optional() }),
    output: sessionDto,
    errors: ['CONFLICT'],
  }),
  'session:refresh': defineCommand({
    name: 'session:refresh',
    audience: 'public',
    summary: 'Rotate the refresh cookie and get a new access token.',
    transports: http,
    idempotency: 'natural',
    input: nothing,
    output: sessionDto,
  }),
  'session:sign-out': defineCommand({
    name: 'session:sign-out',
    audience: 'public',
    summary: 'End the session of the refresh cookie.',
    transports: http,
    idempotency: 'natural',
    input: nothing,
    output: accepted,
  }),
  'password:forgot': defineCommand({
    name: 'password:forgot',
    audience: 'public',
    summary: 'Ask for a reset mail.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ email }),
    output: accepted,
    successStatus: 202,
  }),
  'password:reset': defineCommand({
    name: 'password:reset',
    audience: 'public',
    summary: 'Set a new password with the token from the mail; ends every session and signs in.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ token: secretToken, password: newPassword }),
    output: sessionDto,
    errors: ['RESET_REQUIRED'],
  }),
  'invitation:describe': defineCommand({
    name: 'invitation:describe',
    audience: 'public',
    summary: 'What an invitation token invites to.',
    transports: http,
    idempotency: 'read',
    input: z.strictObject({ token: secretToken }),
    output: z.strictObject({
      businessName: z.string(),
      email: z.string(),
      role: z.enum(ROLES),
      hasAccount: z.boolean(),
    }),
    errors: ['RESET_REQUIRED'],
  }),
  'invitation:accept': defineCommand({
    name: 'invitation:accept',
    audience: 'public',
    summary:
      'Join with the token from the mail: with a new name and password, or with the password of the existing account.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ token: secretToken, name: line(80).optional(), password: newPassword }),
    output: sessionDto,
    errors: ['RESET_REQUIRED'],
  }),
} as const;

export const authStaffCommands = {
  'session:read': defineCommand({
    name: 'session:read',
    audience: 'staff',
    summary: 'Who am I, where, as what.',
    idempotency: 'read',
    input: nothing,
    output: sessionDto.omit({ accessToken: true, expiresAt: true }),
  }),
  'session:list': defineCommand({
    name: 'session:list',
    audience: 'staff',
    summary: 'My signed-in browsers.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ sessions: z.array(sessionSummaryDto) }),
  }),
  'session:revoke': defineCommand({
    name: 'session:revoke',
    audience: 'staff',
    summary: 'Sign one of my browsers out; its sockets close within 5 s.',
    idempotency: 'natural',
    input: z.strictObject({ sessionId: id<SessionId>() }),
    output: accepted,
  }),
  'session:renew': defineCommand({
    name: 'session:renew',
    audience: 'staff',
    summary: 'Give an open socket the access token of a refresh, so that it lives on.',
    transports: ['socket'],
    idempotency: 'natural',
    input: z.strictObject({ accessToken: z.string().min(1).max(4_096) }),
    output: z.strictObject({ expiresAt: instant }),
  }),
  'password:change': defineCommand({
    name: 'password:change',
    audience: 'staff',
    summary: 'Change my password; ends all my other sessions.',
    idempotency: 'natural',
    input: z.strictObject({ currentPassword: password, newPassword }),
    output: accepted,
  }),
  'google:link': defineCommand({
    name: 'google:link',
    audience: 'staff',
    summary: 'Let a Google account open my account, after I proved my password.',
    transports: http,
    idempotency: 'natural',
    input: z.strictObject({ credential: z.string().min(1).max(8_192), currentPassword: password }),
    output: accepted,
    errors: ['CONFLICT'],
  }),
} as const;
