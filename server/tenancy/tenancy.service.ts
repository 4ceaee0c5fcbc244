/** Use cases of the business and its team. The last owner is protected by one conditional write (see TenantRecord). */
import type { InboxId, InvitationId, MembershipId } from '@frontdesk/protocol/ids';
import type { Locale, StaffLocale } from '@frontdesk/protocol/locales';
import type { RevocationReason } from '@frontdesk/protocol/facts';
import type { InvitationDto, MemberDto, TeamDto, TenantDto } from '@frontdesk/protocol/tenancy';
import type { Availability, Role } from '@frontdesk/protocol/vocabulary';
import type { StaffContext, TenantContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { canRole } from '../core/permissions.js';
import { rooms } from '../core/rooms.js';
import { createSecret, hashSecret } from '../core/secrets.js';
import type { Mailer } from '../mail/index.js';
import { canChangeMember, canGrantRole, canManageMember, isLosingOwner, type MemberChange } from './tenancy.policy.js';
import { presentInvitation, presentMember, presentTeam, presentTenant } from './tenancy.presenter.js';
import type { MemberDetails } from './tenancy.records.js';
import type { MemberPatch, TenancyStore } from './tenancy.store.js';
import type { AvailabilityOf } from './tenancy.types.js';

/** AUTH-07: an invitation is good for a week from the moment its mail is written. */
const INVITATION_TTL_MS = 7 * 24 * 60 * 60 * 1000;
const ACCEPTED = { accepted: true } as const;
const INVITATION_MAIL = 'invitation';

export interface TenancyServiceDeps extends CoreDeps {
  readonly store: TenancyStore;
  readonly facts: FactPublisher;
  readonly mailer: Mailer;
  readonly availabilityOf: AvailabilityOf;
}

export type TenancyService = ReturnType<typeof createTenancyService>;

export function toStaffLocale(locale: Locale): StaffLocale {
  return locale === 'ms' ? 'ms' : 'en';
}

export function createTenancyService(deps: TenancyServiceDeps) {
  return { ...createTenantUseCases(deps), ...createMemberUseCases(deps), ...createInvitationUseCases(deps) };
}

function createTenantUseCases({ store, facts }: TenancyServiceDeps) {
  return {
    async readTenant(context: TenantContext): Promise<TenantDto> {
      const tenant = await store.findTenant(context);
      if (!tenant) throw new AppError('NOT_FOUND');
      return presentTenant(tenant);
    },
    async updateTenant(
      context: StaffContext,
      patch: { name?: string | undefined; locale?: Locale | undefined; timeZone?: string | undefined },
    ): Promise<TenantDto> {
      const { name, locale, timeZone } = patch;
      const tenant = await store.updateTenant(context, { name, locale, timeZone });
      if (!tenant) throw new AppError('NOT_FOUND');
      facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'tenant' });
      return presentTenant(tenant);
    },
    async listTeams(context: StaffContext): Promise<TeamDto[]> {
      return (await store.listTeams(context)).map(presentTeam);
    },
    async createTeam(context: StaffContext, name: string): Promise<TeamDto> {
      const team = await store.insertTeam(context, name);
      if (!team) throw new AppError('CONFLICT', { message: 'A team of this name exists.' });
      facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'teams' });
      return presentTeam(team);
    },
  };
}

/** True when the change would leave the member as it is; then no session needs to end. */
function isNoChange(seen: MemberDetails, change: MemberChange): boolean {
  const sameInboxes =
    change.inboxIds === undefined || JSON.stringify(change.inboxIds) === JSON.stringify(seen.inboxIds);
  return (
    (change.role ?? seen.role) === seen.role && (change.disabled ?? seen.disabled) === seen.disabled && sameInboxes
  );
}

function createMemberUseCases({ store, facts, bus, clock, availabilityOf }: TenancyServiceDeps) {
  function present(context: StaffContext, member: MemberDetails): MemberDto {
    return presentMember(member, {
      selfId: context.actor.membershipId,
      showsEmail: canRole(context.actor.role, 'member:manage'),
      availability: availabilityOf(context.tenantId, member.id),
    });
  }

  async function findTarget(context: StaffContext, id: MembershipId): Promise<MemberDetails> {
    const member = await store.findMember(context, id);
    if (!member) throw new AppError('NOT_FOUND');
    return member;
  }

  async function releaseOwner(context: StaffContext, target: MemberDetails): Promise<void> {
    const tenant = await store.findTenant(context);
    const others = (tenant?.ownerIds ?? []).filter((id) => id !== target.id);
    const isReleased = others.length > 0 && (await store.releaseOwner(context, target.id, others));
    if (!isReleased) throw new AppError('CONFLICT', { message: 'The last owner stays owner.' });
  }

  /** Somebody changed the member first: put an owner who was taken off the list back, unless that was the change. */
  async function yieldToFaster(context: StaffContext, target: MemberDetails): Promise<never> {
    const current = await store.findMember(context, target.id);
    if (current?.role === 'owner' && !current.disabled) await store.addOwner(context, current.id);
    if (!current) throw new AppError('NOT_FOUND');
    throw new AppError('CONFLICT', { current: present(context, current) });
  }

  function announce(context: StaffContext, id: MembershipId, reason: RevocationReason): void {
    const room = rooms.member(context.tenantId, id);
    bus.publish('session:ended', { tenantId: context.tenantId, room, sessionIds: 'all-of-member', reason });
    facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'members' });
    context.log.info({ audit: `member-${reason}`, actor: context.actor.membershipId, member: id }, 'a member changed');
  }

  async function checkInboxes(context: StaffContext, ids: readonly InboxId[] | null | undefined): Promise<void> {
    if (!ids || ids.length === 0) return;
    const known = new Set((await store.listInboxes(context)).map(({ id }) => id));
    if (!ids.every((id) => known.has(id))) throw new AppError('NOT_FOUND');
  }

  return {
    async listMembers(context: StaffContext): Promise<MemberDto[]> {
      return (await store.listMembers(context)).map((member) => present(context, member));
    },
    async updateMember(
      context: StaffContext,
      input: { memberId: MembershipId } & MemberChange & { inboxIds?: readonly InboxId[] | null | undefined },
    ): Promise<MemberDto> {
      const { memberId, role, disabled, inboxIds } = input;
      const change = { role, disabled, inboxIds };
      const target = await findTarget(context, memberId);
      if (!canChangeMember(context.actor, target, change)) throw new AppError('FORBIDDEN');
      await checkInboxes(context, inboxIds);
      if (isNoChange(target, change)) return present(context, target);
      if (isLosingOwner(target, change)) await releaseOwner(context, target);
      const isDisabling = disabled === true && !target.disabled;
      const patch: MemberPatch = isDisabling ? { ...change, sessionsValidFrom: new Date(clock.now() + 1) } : change;
      const updated = await store.updateMember(context, target, patch);
      if (!updated) return yieldToFaster(context, target);
      if (updated.role === 'owner' && !updated.disabled) await store.addOwner(context, updated.id);
      announce(context, updated.id, isDisabling ? 'disabled' : 'role-changed');
      return present(context, updated);
    },
    async removeMember(context: StaffContext, id: MembershipId): Promise<typeof ACCEPTED> {
      const target = await findTarget(context, id);
      if (!canManageMember(context.actor.role, target)) throw new AppError('FORBIDDEN');
      if (target.role === 'owner' && !target.disabled) await releaseOwner(context, target);
      const isDeleted = await store.deleteMember(context, target);
      if (!isDeleted) return yieldToFaster(context, target);
      announce(context, target.id, 'disabled');
      return ACCEPTED;
    },
  };
}

function createInvitationUseCases({ store, mailer, clock, facts }: TenancyServiceDeps) {
  mailer.define(INVITATION_MAIL, async (context, reference) => {
    const token = createSecret();
    const now = new Date(clock.now());
    const expiresAt = new Date(now.getTime() + INVITATION_TTL_MS);
    const hash = hashSecret(token);
    const invitation = await store.setInvitationToken(context, reference as InvitationId, { hash, expiresAt, now });
    const tenant = await store.findTenant(context);
    if (!invitation || !tenant || tenant.suspended) return undefined;
    const { email, inviterName } = invitation;
    return {
      to: email,
      locale: toStaffLocale(tenant.locale),
      template: { name: 'invitation', token, businessName: tenant.name, inviterName },
    };
  });

  return {
    async listInvitations(context: StaffContext): Promise<InvitationDto[]> {
      return (await store.listInvitations(context, new Date(clock.now()))).map(presentInvitation);
    },
    /** Answers the same for members, known and unknown addresses (AUTH-04); a mail that must wait its turn is sent later. */
    async createInvitation(context: StaffContext, input: { email: string; role: Role }): Promise<typeof ACCEPTED> {
      if (!canGrantRole(context.actor.role, input.role)) throw new AppError('FORBIDDEN');
      if (await store.findMemberByEmail(context, input.email)) return ACCEPTED;
      const now = new Date(clock.now());
      const expiresAt = new Date(now.getTime() + INVITATION_TTL_MS);
      const { email, role } = input;
      const invitation = await store.upsertInvitation(context, {
        email,
        role,
        inviterName: context.actor.name,
        expiresAt,
        now,
      });
      const waitMs = await mailer.reserve(email);
      const runAt = new Date(now.getTime() + waitMs);
      await mailer.enqueue(context, { purpose: INVITATION_MAIL, reference: invitation.id, runAt });
      facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'members' });
      return ACCEPTED;
    },
    async revokeInvitation(context: StaffContext, id: InvitationId): Promise<typeof ACCEPTED> {
      const open = await store.listInvitations(context, new Date(clock.now()));
      const invitation = open.find((candidate) => candidate.id === id);
      if (invitation && !canGrantRole(context.actor.role, invitation.role)) throw new AppError('FORBIDDEN');
      const isDeleted = await store.deleteInvitation(context, id);
      if (!isDeleted) throw new AppError('NOT_FOUND');
      facts.toStaff(rooms.tenantStaff(context.tenantId), 'workspace:changed', { what: 'members' });
      return ACCEPTED;
    },
  };
}

/** For members whose presence nobody reports. */
export const offline: AvailabilityOf = (): Availability => 'offline';
