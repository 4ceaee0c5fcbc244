/** A message about seats in a class as a letter; with the class for the customer's calendar, once they have a seat in it. */
import { toInertText } from '../mail/index.js';
import type { CustomerMessage } from '../notifications/index.js';
import { calendarUid, type LetterFacts } from './booking-letter.js';
import { presentSummary } from './booking.presenter.js';
import { nameVisit, writeStart } from './booking-words.js';
import { writeCalendar, type CalendarEvent } from './calendar-file.js';
import type { Enrolment, SeatOutboxEntry, Session } from './class.types.js';
import { MESSAGE_TEXTS } from './message-texts.js';
import { countAbsent } from './seat-outbox.js';
import { SEAT_MESSAGE_TEXTS, type SeatMessageFacts } from './seat-message-texts.js';

type Kind = SeatOutboxEntry['kind'];

/** After which the calendar has something to learn. */
const IN_CALENDAR: ReadonlySet<Kind> = new Set(['enrolled', 'moved', 'cancelled', 'called-off']);
/** After which there is something to do behind the link. */
const LINKED: ReadonlySet<Kind> = new Set([
  'course',
  'enrolled',
  'waiting',
  'offered',
  'moved',
  'reminder-day',
  'reminder-hours',
]);

/** What stands in every message, in the words of its language. */
function describeClass({ booking, schedule, businessName, locale }: LetterFacts, entry: Enrolment) {
  const { online } = MESSAGE_TEXTS[locale];
  const summary = presentSummary(schedule, booking);
  const { country = '' } = schedule.locations.get(booking.locationId) ?? {};
  const style = { isOnline: summary.isOnline, locale, country };
  const { services, staff } = nameVisit(summary, locale);
  const when = writeStart(booking, style);
  const untilMs = entry.state === 'offered' ? entry.expiresAtMs : null;
  const until = untilMs === null ? '' : writeStart({ ...booking, start: new Date(untilMs) }, style).short;
  const place = summary.isOnline ? online : [summary.locationName, summary.address].filter(Boolean).join(', ');
  const words: SeatMessageFacts = {
    service: toInertText(services),
    business: toInertText(businessName),
    when: when.short,
    until,
    name: toInertText(entry.customer?.name ?? ''),
  };
  return { services, staff, when, place, words };
}

/** The class as the customer has it in their calendar. */
function describeEvent(
  entry: Enrolment,
  facts: LetterFacts,
  { services, staff, place }: ReturnType<typeof describeClass>,
): CalendarEvent {
  const { booking, businessName, locale, manageUrl, senderAddress } = facts;
  const isIn = booking.live && entry.state === 'enrolled';
  const { labels, manage } = MESSAGE_TEXTS[locale];
  const lines = [
    ...(staff === '' ? [] : [`${labels.staff}: ${staff}`]),
    ...(isIn && manageUrl !== null ? [`${manage}: ${manageUrl}`] : []),
  ];
  return {
    uid: calendarUid(entry),
    // Rises with every change of the class, whoever's it is.
    sequence: booking.version,
    status: isIn ? 'CONFIRMED' : 'CANCELLED',
    start: booking.start,
    end: booking.end,
    summary: `${services} · ${businessName}`,
    description: lines.join('\n'),
    location: place,
    url: isIn ? manageUrl : null,
    changedAt: entry.history.at(-1)?.at ?? entry.createdAt,
    organizer: { name: businessName, email: senderAddress },
    attendee: { name: entry.customer?.name ?? '', email: entry.customer?.email ?? '' },
  };
}

function writeInvitation(
  entry: Enrolment,
  facts: LetterFacts,
  about: ReturnType<typeof describeClass>,
): CustomerMessage['calendar'] {
  const event = describeEvent(entry, facts, about);
  const method = event.status === 'CANCELLED' ? 'CANCEL' : 'REQUEST';
  return { method, content: writeCalendar({ method, name: null, events: [event] }) };
}

function listFacts(kind: Kind, entry: Enrolment, { locale }: LetterFacts, about: ReturnType<typeof describeClass>) {
  const { labels } = MESSAGE_TEXTS[locale];
  const own = SEAT_MESSAGE_TEXTS[locale].labels;
  const { when, words, staff, place } = about;
  return [
    { label: labels.when, value: when.long },
    { label: labels.service, value: words.service },
    ...(staff === '' ? [] : [{ label: labels.staff, value: toInertText(staff) }]),
    { label: labels.place, value: toInertText(place) },
    ...(entry.seats === 1 ? [] : [{ label: own.seats, value: String(entry.seats) }]),
    ...(words.until === '' ? [] : [{ label: own.until, value: words.until }]),
    ...(kind === 'absent' && entry.seats > 1
      ? [{ label: own.absent, value: `${countAbsent(entry)} / ${entry.seats}` }]
      : []),
  ];
}

export function writeSeatLetter(
  { kind, plannedAt }: SeatOutboxEntry,
  entry: Enrolment,
  facts: LetterFacts,
): CustomerMessage {
  const { businessName, locale, manageUrl } = facts;
  const about = describeClass(facts, entry);
  const { subjects, news, open, footer } = SEAT_MESSAGE_TEXTS[locale];
  const { services, when, words } = about;
  const link = LINKED.has(kind) ? manageUrl : null;
  const hadSeat = entry.history.some(({ to }) => to === 'enrolled');
  const calendar = IN_CALENDAR.has(kind) && hadSeat ? writeInvitation(entry, facts, about) : undefined;
  return {
    sender: businessName,
    // The session's version rises with everybody's change, and a message that is sent again is the same one.
    id: `${entry.id}.${plannedAt.getTime()}.seat-${kind}`,
    topic: `seat-${kind}`,
    fields: { business: businessName, service: services, when: when.short, code: '', link: link ?? '' },
    letter: {
      language: locale,
      subject: subjects[kind](words),
      paragraphs: [news[kind](words)],
      facts: listFacts(kind, entry, facts, about),
      ...(link !== null && {
        action: { label: entry.state === 'offered' ? open.offer : open.seats, url: link },
      }),
      footer: footer(words),
    },
    ...(calendar && { calendar }),
  };
}

/**
 * One letter about seats in several dates of a course. An invitation has one event in it (RFC 5546 section 3.2.2), so the dates come as a
 * published calendar; their names are those of later invitations and cancellations, which put each of them right.
 */
export function writeCourseLetter(
  message: SeatOutboxEntry,
  entry: Enrolment,
  facts: LetterFacts,
  together: readonly Session[],
): CustomerMessage {
  const isTaken = message.kind === 'course';
  const wanted = isTaken ? 'enrolled' : 'cancelled';
  const dates = together.flatMap((session) => {
    const own = session.session.entries.find(
      ({ courseEntryId, state }) => courseEntryId === entry.courseEntryId && state === wanted,
    );
    if (!own || (isTaken && !session.live)) return [];
    const { customer, locale, customerZone } = own;
    const seen = { ...facts, booking: { ...session, customer, locale, customerZone } };
    return [{ own, seen, about: describeClass(seen, own) }];
  });
  const first = dates[0] ?? { own: entry, seen: facts, about: describeClass(facts, entry) };
  const one = writeSeatLetter(message, entry, first.seen);
  const events = dates.map(({ own, seen, about }) => ({
    ...describeEvent(own, seen, about),
    ...(isTaken && { attendee: null }),
  }));
  const method = isTaken ? 'PUBLISH' : 'CANCEL';
  const others = (one.letter.facts ?? []).slice(1);
  const listed = dates.map(({ about }, index) => ({ label: `${index + 1}`, value: about.when.long }));
  return {
    ...one,
    letter: { ...one.letter, facts: [...listed, ...others] },
    calendar: { method, content: writeCalendar({ method, name: null, events }) },
  };
}
