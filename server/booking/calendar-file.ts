/**
 * A visit for somebody's calendar (iCalendar, RFC 5545; sent as RFC 5546 has it). Times are written in UTC: every calendar shows them in
 * its own zone, and no definition of a zone has to travel with them.
 */
import { escapeText, foldLine } from '@frontdesk/domain/content-line';

/**
 * - `REQUEST`: an invitation by mail. Mail programs show only these as a meeting.
 * - `CANCEL`: takes it back.
 * - `PUBLISH`: a file or a feed; whoever reads it is asked nothing.
 */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

export interface CalendarEvent {
  /** Stays the same as long as it is the same visit. */
  readonly uid: string;
  /** Rises with every change; calendars ignore what is older than what they know. */
  readonly sequence: number;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url: string | null;
  readonly changedAt: Date;
  /** Both in mails alone. */
  readonly organizer: CalendarPerson | null;
  readonly attendee: CalendarPerson | null;
}

export interface Calendar {
  readonly method: CalendarMethod;
  /** What a calendar that subscribes calls it; null in a mail. */
  readonly name: string | null;
  readonly events: readonly CalendarEvent[];
}

const writeInstant = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Apart from the line break, which has an escape, RFC 5545 section 3.1 has no place for control characters. */
const writeText = (text: string): string => escapeText(text.replaceAll(/[^\P{Cc}\n\r]/gu, ' '));

/** A parameter stands between quotes, and there is no way to write a quote in it (RFC 5545 section 3.2). */
const writeParameter = (text: string): string => `"${text.replaceAll('"', "'").replaceAll(/\p{Cc}+/gu, ' ')}"`;

const writePerson = (role: string, { name, email }: CalendarPerson, parameters = ''): string =>
  `${role};CN=${writeParameter(name)}${parameters}:mailto:${email.replaceAll(/\s/g, '')}`;

/** Nobody reads an answer to an invitation, so none is asked for. */
const ANSWERED = ';ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE';

function describeEvent(event: CalendarEvent): string[] {
  const { uid, sequence, status, start, end, summary, description, location, url, changedAt } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${writeInstant(changedAt)}`,
    `DTSTART:${writeInstant(start)}`,
    `DTEND:${writeInstant(end)}`,
    `SUMMARY:${writeText(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${writeText(description)}`]),
    ...(location === '' ? [] : [`LOCATION:${writeText(location)}`]),
    ...(url === null ? [] : [`URL:${url}`]),
    `STATUS:${status}`,
    ...(event.organizer ? [writePerson('ORGANIZER', event.organizer)] : []),
    ...(event.attendee ? [writePerson('ATTENDEE', event.attendee, ANSWERED)] : []),
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

/** `text/calendar`: CRLF, lines of at most 75 octets, no character split (BK-25). */
export function writeCalendar({ method, name, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Frontdesk//Booking//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...(name === null ? [] : [`X-WR-CALNAME:${writeText(name)}`]),
    ...events.flatMap(describeEvent),
    'END:VCALENDAR',
  ];
  return `${lines.map(foldLine).join('\r\n')}\r\n`;
}
