/**
 * Free times for whoever reads them over plain HTTP, without a token: `GET /v1/<site>/slots?service=…&from=…&days=…`, with `staff=…` for
 * one person and `followedBy=<service>[.<staff>],…` for what belongs to the same visit. The revision is the entity tag, so that a list
 * that stayed the same costs one read of a counter and no bytes (304). Origins as for visitors.
 */
import { Router, type Request, type Response } from 'express';
import { bookingVisitorCommands } from '@frontdesk/protocol/booking-visitor';
import { addressPrefix, clientAddress } from '../core/address.js';
import type { Authenticators } from '../core/authenticators.js';
import type { CoreDeps } from '../core/deps.js';
import { isUnchanged } from '../core/entity-tag.js';
import { AppError } from '../core/errors.js';
import type { Site, TenancyDirectory } from '../tenancy/index.js';
import type { SlotQuestion, Slots } from './slots.service.js';

export interface SlotRouterDeps extends CoreDeps {
  readonly slots: Pick<Slots, 'read'>;
  readonly directory: Pick<TenancyDirectory, 'findSiteByKey'>;
  readonly isSiteOrigin: Authenticators['isSiteOrigin'];
}

function readText(request: Request, name: string): string | undefined {
  const value: unknown = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readFollowing(text: string | undefined): object[] | undefined {
  return text?.split(',').map((part) => {
    const [serviceId, staffId = null] = part.split('.');
    return { serviceId, staffId };
  });
}

/** The same question as `slot:list`, checked by the same schema. */
function readQuestion(request: Request): SlotQuestion {
  const parsed = bookingVisitorCommands['slot:list'].input.safeParse({
    serviceId: readText(request, 'service'),
    staffId: readText(request, 'staff') ?? null,
    from: readText(request, 'from'),
    days: Number(readText(request, 'days') ?? 1),
    followedBy: readFollowing(readText(request, 'followedBy')),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('VALIDATION', { fields: { [String(issue?.path[0] ?? '*')]: issue?.message ?? 'is not valid' } });
}

export function createSlotRouter(deps: SlotRouterDeps): Router {
  const { config, limits, directory, slots } = deps;

  async function findSite(request: Request): Promise<Site> {
    const site = await directory.findSiteByKey(String(request.params['site']));
    if (!site) throw new AppError('NOT_FOUND');
    if (!(await deps.isSiteOrigin(site.publicKey, request.headers.origin))) throw new AppError('ORIGIN_NOT_ALLOWED');
    // Nobody says who they are here.
    if (site.requireIdentity) throw new AppError('UNAUTHENTICATED');
    return site;
  }

  async function count({ tenantId }: Site, request: Request): Promise<void> {
    const forwarded = request.headers['x-forwarded-for'];
    const hops = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    const address = clientAddress(request.socket.remoteAddress, hops, config.trustedProxies);
    await limits.consume('slot-page', `${tenantId}:${addressPrefix(address)}`);
  }

  function allow(request: Request, response: Response): void {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin === undefined) return;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After, X-Request-Id');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  }

  const router = Router();
  router.get('/v1/:site/slots', async (request, response) => {
    const site = await findSite(request);
    allow(request, response);
    await count(site, request);
    const { list } = await slots.read({ tenantId: site.tenantId }, readQuestion(request));
    response.setHeader('ETag', `"${list.rev}"`);
    response.setHeader('Cache-Control', 'no-cache');
    if (isUnchanged(request.headers['if-none-match'], `"${list.rev}"`)) response.status(304).end();
    else response.json({ ok: true, data: list });
  });
  return router;
}
