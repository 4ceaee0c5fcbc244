/** The starts that customers would be offered on a day with nothing booked, found by the same rules as the server's. */
import { createBranch } from '@frontdesk/domain/booking/branch';
import { findSlots } from '@frontdesk/domain/booking/slots';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { BookingServiceDto, ResourceDto } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { dateIn, formatDay } from '../setup/setup-dates.js';
import type { BookingDesk } from './booking-desk.js';
import { checkService, lacksPeople, type ServiceDraft } from './booking-service-draft.js';
import type { BookingWords } from './booking-words.js';

const MINUTE_MS = 60_000;
const LOOK_AHEAD_DAYS = 14;
const SHOWN_STARTS = 16;
/** Stands for a service that has none yet. */
const NEW_ID = 'new' as BookingServiceId;

/** Somebody who is there whenever the branch is open, as long as nobody gives the service. */
function buildAnybody(serviceId: BookingServiceId, { locationId }: Pick<BookingServiceDto, 'locationId'>): ResourceDto {
  return {
    id: 'anybody' as BookableId,
    locationId,
    kind: 'staff',
    name: '',
    memberId: null,
    serviceIds: [serviceId],
    hours: null,
    priority: 0,
    weight: 1,
    isArchived: false,
  };
}

interface Preview {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Epoch minutes. */
  readonly starts: readonly number[];
}

/** The first day from tomorrow on that has starts; null when there is none within two weeks, undefined where the form cannot say yet. */
function findPreview(
  desk: BookingDesk,
  draft: ServiceDraft,
  record: BookingServiceDto | null,
): Preview | null | undefined {
  const { location, setup } = desk;
  const problems = Object.keys(checkService(draft)).filter(
    (path) => !/^(names|descriptions|questions|consents)\b/.test(path),
  );
  if (location === null || problems.length > 0) return undefined;
  const { id: locationId } = location;
  const service = { ...record, ...draft, id: record?.id ?? NEW_ID, locationId } as BookingServiceDto;
  const people = lacksPeople(service, setup.resources) ? [buildAnybody(service.id, service)] : [];
  const resources = [...setup.resources, ...people].map((resource, rseq) => ({ ...resource, rseq }));
  const zone = getZone(location.timeZone);
  const branch = createBranch({ zone, hours: location.hours, resources, pools: setup.pools });
  const from = dateIn(location.timeZone, 1);
  const days = findSlots(
    { branch, service, busy: new Map(), nowMs: Date.now() },
    { staffId: null, from, days: LOOK_AHEAD_DAYS },
  );
  const at = days.findIndex((starts) => starts.length > 0);
  return at < 0 ? null : { date: addDays(from, at), starts: days[at] ?? [] };
}

export function renderStartsPreview(
  words: BookingWords,
  desk: BookingDesk,
  draft: ServiceDraft,
  record: BookingServiceDto | null,
): TemplateResult | typeof nothing {
  const preview = findPreview(desk, draft, record);
  if (preview === undefined) return nothing;
  if (preview === null) {
    return html`<div class="preview" role="status"><p>${words.t('previewNone')}</p></div>`;
  }
  const { date, starts } = preview;
  const times = starts
    .slice(0, SHOWN_STARTS)
    .map((start) => words.date(start * MINUTE_MS, { hour: 'numeric', minute: '2-digit', timeZone: desk.zone }));
  const more = starts.length - times.length;
  return html`<div class="preview" data-preview>
    <span class="preview__title"
      >${words.t('previewStarts', { date: formatDay(words, date), count: starts.length })}</span
    >
    <ul class="choices">
      ${times.map((time) => html`<li class="tag">${time}</li>`)}
    </ul>
    ${more === 0 ? nothing : html`<span class="preview__title">${words.t('previewMore', { count: more })}</span>`}
  </div>`;
}
