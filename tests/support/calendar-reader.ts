/** Reads calendar files as somebody else's program does. */
import ICAL from 'ical.js';
import type { ReceivedMail } from './mail-server.js';

export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly attendees: string[];
}

export interface ReadCalendar {
  readonly method: string;
  readonly events: ReadEvent[];
}

export function readCalendar(source: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(source) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent').map((component): ReadEvent => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      start: event.startDate.toJSDate(),
      end: event.endDate.toJSDate(),
      summary: event.summary,
      description: event.description ?? '',
      location: event.location ?? '',
      attendees: event.attendees.map((attendee) => String(attendee.getFirstValue())),
    };
  });
  return { method: String(calendar.getFirstPropertyValue('method')), events };
}

/** The part that mail programs show as an invitation, and the file beside it. */
export function invitationsOf({ attachments }: ReceivedMail): { method: string | undefined; text: string }[] {
  return attachments.map(({ method, content }) => ({
    method,
    text: typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8'),
  }));
}

/** The attached file byte for byte, which a parser of mails would tidy up. */
export function attachedFile({ source }: ReceivedMail): string {
  const [, base64] = /filename=appointment\.ics[^]*?\n\r?\n([A-Za-z0-9+/=\s]+)/.exec(source) ?? [];
  if (base64 === undefined) throw new Error('The mail has no file.');
  return Buffer.from(base64, 'base64').toString('utf8');
}

export function calendarOf(mail: ReceivedMail | undefined): ReadCalendar {
  const [invitation] = mail ? invitationsOf(mail) : [];
  if (!invitation) throw new Error('The mail has no calendar in it.');
  return readCalendar(invitation.text);
}
