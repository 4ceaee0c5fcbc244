/** Tenants, members, invitations, sites, inboxes and teams. */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { email, id, instant, line, locale, nothing, siteKey, timeZone } from './fields.js';
import type { InboxId, InvitationId, MembershipId, SiteId, TeamId, TenantId } from './ids.js';
import { AVAILABILITIES, CHANNELS, COLOR_SCHEMES, LAUNCHER_SIDES, ROLES } from './vocabulary.js';

/** `#rrggbb`; the widgets correct it until text on it is readable. */
export const accentColor = z.string().regex(/^#[0-9a-f]{6}$/, 'must be #rrggbb in lower case');

export const siteTheme = z.strictObject({
  accent: accentColor,
  colorScheme: z.enum(COLOR_SCHEMES),
  launcherSide: z.enum(LAUNCHER_SIDES),
});
export type SiteTheme = z.output<typeof siteTheme>;

/**
 * An origin that may embed: `https://shop.example`, `http://localhost:5173`, or with one leading wildcard label
 * `https://*.shop.example`. Scheme, host and port only. The server normalises and compares (WID-01).
 */
export const allowedOrigin = z
  .string()
  .max(255)
  .regex(
    /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/,
    'must look like https://example.com, in lower case, without a path',
  );

export const tenantDto = z.strictObject({ id: id<TenantId>(), name: z.string(), locale, timeZone: z.string() });
export type TenantDto = z.output<typeof tenantDto>;

export const memberDto = z.strictObject({
  id: id<MembershipId>(),
  name: z.string(),
  /** Only for those who may manage members; others see null. */
  email: z.string().nullable(),
  role: z.enum(ROLES),
  disabled: z.boolean(),
  /** null: every inbox. */
  inboxIds: z.array(id<InboxId>()).nullable(),
  availability: z.enum(AVAILABILITIES),
  self: z.boolean(),
});
export type MemberDto = z.output<typeof memberDto>;

export const invitationDto = z.strictObject({
  id: id<InvitationId>(),
  email: z.string(),
  role: z.enum(ROLES),
  expiresAt: instant,
});
export type InvitationDto = z.output<typeof invitationDto>;

export const siteDto = z.strictObject({
  id: id<SiteId>(),
  publicKey: siteKey,
  name: z.string(),
  allowedOrigins: z.array(z.string()),
  allowNullOrigin: z.boolean(),
  theme: siteTheme,
  greeting: z.string(),
  requireIdentity: z.boolean(),
  /** Key ids of the live identity secrets; the secrets themselves are shown once, when made. */
  identityKeyIds: z.array(z.string()),
});
export type SiteDto = z.output<typeof siteDto>;

export const inboxDto = z.strictObject({
  id: id<InboxId>(),
  kind: z.enum(CHANNELS),
  name: z.string(),
  siteId: id<SiteId>().nullable(),
});
export type InboxDto = z.output<typeof inboxDto>;

export const teamDto = z.strictObject({ id: id<TeamId>(), name: z.string() });
export type TeamDto = z.output<typeof teamDto>;

const siteSettings = {
  name: line(80),
  allowedOrigins: z.array(allowedOrigin).max(50),
  allowNullOrigin: z.boolean(),
  theme: siteTheme,
  greeting: line(200),
  requireIdentity: z.boolean(),
};

export const tenancyStaffCommands = {
  'tenant:read': defineCommand({
    name: 'tenant:read',
    audience: 'staff',
    summary: 'The business.',
    idempotency: 'read',
    input: nothing,
    output: tenantDto,
  }),
  'tenant:update': defineCommand({
    name: 'tenant:update',
    audience: 'staff',
    summary: 'Change the name, language or time zone of the business.',
    idempotency: 'key',
    input: z.strictObject({ name: line(80).optional(), locale: locale.optional(), timeZone: timeZone.optional() }),
    output: tenantDto,
  }),
  'member:list': defineCommand({
    name: 'member:list',
    audience: 'staff',
    summary: 'The team.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ members: z.array(memberDto) }),
  }),
  'member:update': defineCommand({
    name: 'member:update',
    audience: 'staff',
    summary: 'Change a role, disable or enable, or limit to inboxes. The last owner stays owner.',
    idempotency: 'key',
    input: z.strictObject({
      memberId: id<MembershipId>(),
      role: z.enum(ROLES).optional(),
      disabled: z.boolean().optional(),
      inboxIds: z.array(id<InboxId>()).max(100).nullable().optional(),
    }),
    output: memberDto,
    errors: ['CONFLICT'],
  }),
  'member:remove': defineCommand({
    name: 'member:remove',
    audience: 'staff',
    summary: 'Remove a member; all their sessions in this business end.',
    idempotency: 'key',
    input: z.strictObject({ memberId: id<MembershipId>() }),
    output: accepted,
    errors: ['CONFLICT'],
  }),
  'invitation:list': defineCommand({
    name: 'invitation:list',
    audience: 'staff',
    summary: 'Invitations that are still open.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ invitations: z.array(invitationDto) }),
  }),
  'invitation:create': defineCommand({
    name: 'invitation:create',
    audience: 'staff',
    summary: 'Invite by e-mail. The answer does not say whether the address has an account.',
    idempotency: 'key',
    input: z.strictObject({ email, role: z.enum(ROLES) }),
    output: accepted,
    successStatus: 202,
  }),
  'invitation:revoke': defineCommand({
    name: 'invitation:revoke',
    audience: 'staff',
    summary: 'Take an invitation back.',
    idempotency: 'natural',
    input: z.strictObject({ invitationId: id<InvitationId>() }),
    output: accepted,
  }),
  'site:list': defineCommand({
    name: 'site:list',
    audience: 'staff',
    summary: 'Websites that embed our widgets.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ sites: z.array(siteDto) }),
  }),
  'site:create': defineCommand({
    name: 'site:create',
    audience: 'staff',
    summary: 'Add a website; makes its public key and its web inbox.',
    idempotency: 'key',
    input: z.strictObject({ name: siteSettings.name, allowedOrigins: siteSettings.allowedOrigins }),
    output: siteDto,
  }),
  'site:update': defineCommand({
    name: 'site:update',
    audience: 'staff',
    summary: 'Change a website: name, allowed origins, theme, greeting, identity rule.',
    idempotency: 'key',
    input: z.strictObject({ siteId: id<SiteId>(), ...z.strictObject(siteSettings).partial().shape }),
    output: siteDto,
  }),
  'site:rotate-identity-secret': defineCommand({
    name: 'site:rotate-identity-secret',
    audience: 'staff',
    summary: 'Make a new identity secret; the one before it stays valid until the next rotation. Shown this once.',
    idempotency: 'natural',
    input: z.strictObject({ siteId: id<SiteId>() }),
    output: z.strictObject({ keyId: z.string(), secret: z.string() }),
  }),
  'inbox:list': defineCommand({
    name: 'inbox:list',
    audience: 'staff',
    summary: 'The inboxes that I may see.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ inboxes: z.array(inboxDto) }),
  }),
  'team:list': defineCommand({
    name: 'team:list',
    audience: 'staff',
    summary: 'Teams that a conversation can be given to.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ teams: z.array(teamDto) }),
  }),
  'team:create': defineCommand({
    name: 'team:create',
    audience: 'staff',
    summary: 'Add a team.',
    idempotency: 'key',
    input: z.strictObject({ name: line(80) }),
    output: teamDto,
    errors: ['CONFLICT'],
  }),
} as const;
