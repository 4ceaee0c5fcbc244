/**
 * Joining with an own phone. Whoever stands in the room proves it with the code of the day, which the displays show; whoever comes
 * from afar by where the phone is. That place is compared and forgotten: it is in no log, row or answer (QP-6).
 */
import { timingSafeEqual } from 'node:crypto';
import { isInside } from '@frontdesk/domain/queue/geofence';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { IssuedTicket, QueueOffer } from '@frontdesk/protocol/queue-device';
import type { JoinProof } from '@frontdesk/protocol/queue-phone';
import type { VisitorContext } from '../core/context.js';
import { deriveSecret } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { IssueService, IssueTerms, NewTicket } from './issue.service.js';
import { buildOffer } from './offer.js';
import type { Places } from './places.js';
import { queueKey } from './queue-key.js';
import type { QueueLog } from './queue-log.js';
import type { FullSetup, LiveSituation, QueueHandle } from './queue.types.js';

/** 128 bits, short enough for a code that is read from across the room. */
const CODE_LENGTH = 22;

const TERMS = { isClassConfirmed: false, overridesLimits: false, bookedForMs: null, note: '' } as const;

export interface JoinDeps {
  readonly queueLog: QueueLog;
  readonly issue: IssueService;
  readonly places: Places;
  readonly readHitRate: (queue: QueueHandle) => number | null;
  /** The website whose key the joining page uses. */
  readonly findSiteKey: (queue: QueueHandle) => Promise<string | undefined>;
  readonly publicUrl: string;
  readonly secret: Buffer;
}

export type JoinService = ReturnType<typeof createJoinService>;

/** Opens the line of one location on one service day to whoever has seen it there. */
export function dayCodeOf(secret: Buffer, { tenantId, locationId }: QueueHandle, serviceDay: string): string {
  const code = deriveSecret(secret, `day code ${tenantId} ${locationId} ${serviceDay}`);
  return code.toString('base64url').slice(0, CODE_LENGTH);
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuseFar(message: string): AppError {
  return new AppError('TOO_FAR', { message });
}

export function createJoinService(deps: JoinDeps) {
  /** How somebody joins; throws TOO_FAR with another way in. Without a geofence the code is the only one. */
  function judge(
    proof: JoinProof,
    queue: QueueHandle,
    serviceDay: string,
    { location }: FullSetup,
  ): Pick<IssueTerms, 'source' | 'presence'> {
    switch (proof.kind) {
      case 'day-code':
        if (isSame(proof.code, dayCodeOf(deps.secret, queue, serviceDay))) return { source: 'qr', presence: 'onsite' };
        throw refuseFar("This code is not today's. Scan the code on the screen in the room, or take a ticket there.");
      case 'position':
        if (location.geofence && isInside(location.geofence, proof)) return { source: 'web', presence: 'remote' };
        throw refuseFar('You are too far away to join. Come nearer, or scan the code in the room.');
      case 'none':
        throw refuseFar('Let your phone say where it is, or scan the code in the room.');
    }
  }

  /** The key of a site never changes, and boards are drawn several times a second. */
  const siteKeys = new Map<string, string>();
  deps.queueLog.onLeft((queue) => void siteKeys.delete(queueKey(queue)));

  async function findSiteKey(queue: QueueHandle): Promise<string | undefined> {
    const key = siteKeys.get(queueKey(queue)) ?? (await deps.findSiteKey(queue));
    if (key !== undefined) siteKeys.set(queueKey(queue), key);
    return key;
  }

  return {
    /** What a display shows as a code: the page to join on, with the code of the day behind the hash. null where nobody can. */
    async readJoinUrl(queue: QueueHandle, { floor, setup }: LiveSituation): Promise<string | null> {
      const isOffered = [...setup.servicesById.values()].some(
        ({ isRemoteJoinAllowed, isArchived }) => isRemoteJoinAllowed && !isArchived,
      );
      const site = isOffered ? await findSiteKey(queue) : undefined;
      if (site === undefined) return null;
      const query = new URLSearchParams({ site, location: queue.locationId });
      return `${deps.publicUrl}/join?${query}#${dayCodeOf(deps.secret, queue, floor.serviceDay)}`;
    },
    async browse(context: VisitorContext, locationId: LocationId): Promise<QueueOffer> {
      const queue = { tenantId: context.tenantId, locationId };
      await deps.places.load(queue);
      const situation = await deps.queueLog.read(queue);
      if (situation.setup.location.isArchived) throw new AppError('NOT_FOUND');
      const { isHitRatePublic } = situation.setup.policy;
      const filter = { serviceIds: [], isRemote: true };
      return buildOffer(queue, situation, deps.places, filter, isHitRatePublic ? deps.readHitRate(queue) : null);
    },
    async join(
      context: VisitorContext,
      { locationId, proof, ...ticket }: NewTicket & { readonly locationId: LocationId; readonly proof: JoinProof },
    ): Promise<IssuedTicket> {
      const queue = { tenantId: context.tenantId, locationId };
      await deps.places.load(queue);
      const { floor, setup } = await deps.queueLog.read(queue);
      const service = setup.servicesById.get(ticket.serviceId);
      if (!service?.isRemoteJoinAllowed || setup.location.isArchived) throw new AppError('NOT_FOUND');
      const terms = { ...TERMS, ...judge(proof, queue, floor.serviceDay, setup) };
      return deps.issue.issue(context, locationId, 'ticket:join', ticket, terms);
    },
  };
}
