/** A message about a booking as a letter, with the visit for the customer's calendar. Nothing that was answered is in either. */
import type { Locale } from '@frontdesk/protocol/locales';
import { toInertText } from '../mail/index.js';
import type { CustomerMessage } from '../notifications/index.js';
import { presentSummary } from './booking.presenter.js';
import type { Allocation, MessageKind, Schedule } from './booking.types.js';
import { nameVisit, writeStart } from './booking-words.js';
import { writeCalendar, type CalendarEvent } from './calendar-file.js';
import { isReminder } from './outbox.js';
import { MESSAGE_TEXTS } from './message-texts.js';

export interface VisitFacts {
  readonly booking: Allocation;
  readonly schedule: Schedule;
  readonly businessName: string;
  readonly locale: Locale;
  /** Where the customer changes it; null when it cannot be changed any more. */
  readonly manageUrl: string | null;
}

export interface LetterFacts extends VisitFacts {
  /** Address that mails are sent from. */
  readonly senderAddress: string;
  /** All visits that it speaks of, this one among them, where there are several. */
  readonly together: readonly VisitFacts[];
}

/** Never another one for the same visit, wherever the server moves. */
export const calendarUid = ({ id }: { readonly id: string }): string => `${id}@booking.frontdesk`;

function statusOf({ state, live }: Allocation): CalendarEvent['status'] {
  if (state === 'requested') return 'TENTATIVE';
  return live || state === 'completed' || state === 'no-show' ? 'CONFIRMED' : 'CANCELLED';
}

/** The visit as the customer has it in their calendar, without anybody's address. */
export function describeVisit({ booking, schedule, businessName, locale, manageUrl }: VisitFacts): CalendarEvent {
  const summary = presentSummary(schedule, booking);
  const { labels, online, manage } = MESSAGE_TEXTS[locale];
  const { services, staff } = nameVisit(summary, locale);
  const lines = [
    ...(staff === '' ? [] : [`${labels.staff}: ${staff}`]),
    `${labels.code}: ${booking.code}`,
    ...(manageUrl === null ? [] : [`${manage}: ${manageUrl}`]),
  ];
  return {
    uid: calendarUid(booking),
    sequence: booking.version,
    status: statusOf(booking),
    start: booking.start,
    end: booking.end,
    summary: `${services} · ${businessName}`,
    description: lines.join('\n'),
    location: summary.isOnline ? online : [summary.locationName, summary.address].filter(Boolean).join(', '),
    url: manageUrl,
    changedAt: booking.history.at(-1)?.at ?? booking.createdAt,
    organizer: null,
    attendee: null,
  };
}

function writeInvitation(facts: LetterFacts): CustomerMessage['calendar'] {
  const { booking, businessName, senderAddress } = facts;
  const visit = describeVisit(facts);
  const method = visit.status === 'CANCELLED' ? 'CANCEL' : 'REQUEST';
  const organizer = { name: businessName, email: senderAddress };
  const attendee = { name: booking.customer?.name ?? '', email: booking.customer?.email ?? '' };
  if (facts.together.length > 0) {
    // An invitation is of one visit (RFC 5546, section 3.2.2); several are a file to be taken over, or what is taken out again.
    const together = method === 'CANCEL' ? method : 'PUBLISH';
    const whom = together === 'CANCEL' && { attendee };
    const events = facts.together.map((one) => ({ ...describeVisit(one), organizer, ...whom }));
    return { method: together, content: writeCalendar({ method: together, name: null, events }) };
  }
  return { method, content: writeCalendar({ method, name: null, events: [{ ...visit, organizer, attendee }] }) };
}

export function writeBookingLetter(kind: MessageKind, facts: LetterFacts): CustomerMessage {
  const { booking, schedule, businessName, locale, manageUrl, together } = facts;
  const { subjects, news, labels, online, manage, footer } = MESSAGE_TEXTS[locale];
  const summary = presentSummary(schedule, booking);
  const { country = '' } = schedule.locations.get(booking.locationId) ?? {};
  const style = { isOnline: summary.isOnline, locale, country };
  const when = writeStart(booking, style);
  const { services, staff } = nameVisit(summary, locale);
  const service = toInertText(services);
  const words = { service, business: toInertText(businessName), when: when.short };
  const place = [summary.locationName, summary.address].filter(Boolean).join(', ');
  const calendar = isReminder(kind) ? undefined : writeInvitation(facts);
  return {
    sender: businessName,
    id: `${booking.id}.${booking.version}.${kind}`,
    topic: kind,
    fields: { business: businessName, service: services, when: when.short, code: booking.code, link: manageUrl ?? '' },
    letter: {
      language: locale,
      subject: subjects[kind](words),
      paragraphs: [news[kind](words)],
      facts: [
        ...(together.length === 0
          ? [{ label: labels.when, value: when.long }]
          : together.map(({ booking: one }, index) => ({
              label: `${labels.when} ${index + 1}`,
              value: `${writeStart(one, style).long} · ${one.code}`,
            }))),
        { label: labels.service, value: service },
        ...(staff === '' ? [] : [{ label: labels.staff, value: toInertText(staff) }]),
        { label: labels.place, value: summary.isOnline ? online : toInertText(place) },
        ...(together.length === 0 ? [{ label: labels.code, value: booking.code }] : []),
      ],
      ...(manageUrl !== null && { action: { label: manage, url: manageUrl } }),
      footer: footer(words),
    },
    ...(calendar && { calendar }),
  };
}
