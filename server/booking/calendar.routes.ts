/**
 * Calendars under addresses of their own: `/calendar/<site>/<token>.ics` is one visit for whoever booked it, `/feeds/<token>.ics` an agenda
 * that a calendar program of staff reads again and again. Both only read, because mail scanners and programs fetch whatever they find.
 */
import { createHash } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import type { Site, TenancyDirectory } from '../tenancy/index.js';
import { addressPrefix, clientAddress } from '../core/address.js';
import type { CoreDeps } from '../core/deps.js';
import { isUnchanged } from '../core/entity-tag.js';
import { AppError } from '../core/errors.js';
import type { AllocationStore } from './allocation.store.js';
import { describeVisit } from './booking-letter.js';
import type { Allocation } from './booking.types.js';
import { writeCalendar, type CalendarMethod } from './calendar-file.js';
import type { CollectFacts } from './composer.js';
import type { FeedsService } from './feeds.service.js';
import type { ManageLinks } from './manage-links.js';

const FILE_PATTERN = /^([\w-]{20,200})\.ics$/;

interface CalendarFile {
  readonly name: string;
  readonly method: CalendarMethod;
  readonly body: string;
}

export interface CalendarRoutesDeps extends Pick<CoreDeps, 'clock' | 'config' | 'limits'> {
  readonly feeds: Pick<FeedsService, 'write'>;
  readonly allocations: Pick<AllocationStore, 'find'>;
  readonly links: Pick<ManageLinks, 'peek' | 'check'>;
  readonly collect: CollectFacts;
  readonly directory: Pick<TenancyDirectory, 'findSiteByKey'>;
}

function send(request: Request, response: Response, { name, method, body }: CalendarFile): void {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  response.setHeader('Content-Type', `text/calendar; charset=utf-8; method=${method}`);
  response.setHeader('Content-Disposition', `attachment; filename="${name}.ics"`);
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('X-Robots-Tag', 'noindex');
  if (isUnchanged(request.headers['if-none-match'], etag)) response.status(304).end();
  else response.end(body);
}

export function createCalendarRouter(deps: CalendarRoutesDeps): Router {
  const { feeds, allocations, links, collect, directory, clock, config, limits } = deps;
  const router = Router();

  async function readToken(request: Request<{ file: string }>): Promise<string> {
    const forwarded = request.headers['x-forwarded-for'];
    const address = clientAddress(request.socket.remoteAddress, String(forwarded ?? ''), config.trustedProxies);
    await limits.consume('calendar-file', addressPrefix(address));
    const [, token] = FILE_PATTERN.exec(request.params.file) ?? [];
    if (token === undefined) throw new AppError('NOT_FOUND');
    return token;
  }

  async function findBooking(site: Site, token: string): Promise<Allocation | undefined> {
    const id = links.peek(token);
    const booking = id && (await allocations.find(site, id));
    return booking && links.check(booking, token, clock.now(), 'calendar') === 'valid' ? booking : undefined;
  }

  router.get('/calendar/:site/:file', async (request, response) => {
    const token = await readToken(request);
    const site = await directory.findSiteByKey(request.params.site);
    const booking = site && (await findBooking(site, token));
    const facts = booking?.customer ? await collect(booking) : undefined;
    if (!booking || !facts) throw new AppError('NOT_FOUND');
    // The address is written down by servers, so what it opens must not open more.
    const visit = describeVisit({ ...facts, manageUrl: null });
    const method = visit.status === 'CANCELLED' ? 'CANCEL' : 'PUBLISH';
    const body = writeCalendar({ method, name: null, events: [visit] });
    send(request, response, { name: `appointment-${booking.code}`, method, body });
  });
  router.get('/feeds/:file', async (request, response) => {
    const body = await feeds.write(await readToken(request));
    if (body === undefined) throw new AppError('NOT_FOUND');
    send(request, response, { name: 'agenda', method: 'PUBLISH', body });
  });
  return router;
}
