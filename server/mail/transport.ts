/** Hands a finished mail to SMTP, or writes it as a file when no SMTP server is configured. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config.js';

export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Who writes, before our own address; without it the configured sender. */
  readonly fromName?: string;
  /** Without angle brackets; a mail that has to be sent once more has the same, by which mailboxes know it again. */
  readonly messageId?: string;
  /** An invitation, as a part that mail programs show as one and as a file beside it. */
  readonly calendar?: { readonly method: string; readonly content: string };
}

/**
 * - `refused`: the receiver's server will never take it.
 * - `unsent`: it certainly did not go out; another try may help.
 *
 * Anything else that is thrown leaves open whether the mail was sent.
 */
export class UndeliveredError extends Error {
  readonly outcome: 'refused' | 'unsent';

  constructor(outcome: 'refused' | 'unsent', cause: unknown) {
    // What a mail server says often names the address, which belongs into no log.
    super(`a mail is ${outcome}`, { cause: cause instanceof Error ? cause.name : undefined });
    this.name = 'UndeliveredError';
    this.outcome = outcome;
  }
}

export interface MailTransport {
  send(mail: OutgoingMail): Promise<void>;
}

const SMTP_TIMEOUT_MS = 20_000;

/** Line breaks in a header start a new header, so none may pass, whatever the library does about it (INJ-07). */
export function toHeaderText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must go.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}

/** What nodemailer adds to the errors that it throws. */
interface SmtpFailure {
  readonly code?: string;
  readonly syscall?: string;
  readonly responseCode?: number;
}

function describeFailure(error: unknown): unknown {
  const { code, syscall, responseCode } = error as SmtpFailure;
  // A connection that breaks later may break between the mail and its receipt.
  const isAnswered = responseCode !== undefined && code !== 'ECONNECTION';
  if (!isAnswered && code !== 'EDNS' && syscall !== 'connect') return error;
  // The sender's own account or settings can be put right; a mailbox that is not there cannot.
  const isFinal = isAnswered && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return new UndeliveredError(isFinal ? 'refused' : 'unsent', error);
}

/** The address of `Frontdesk <frontdesk@localhost>`. */
export function readAddress(from: string): string {
  return /<([^>]+)>/.exec(from)?.[1] ?? from;
}

function toMessage(mail: OutgoingMail, from: string) {
  const { fromName, messageId, calendar } = mail;
  return {
    from: fromName === undefined ? from : { name: toHeaderText(fromName), address: readAddress(from) },
    ...(messageId !== undefined && { messageId: `<${messageId}>` }),
    ...(calendar && { icalEvent: { ...calendar, filename: 'appointment.ics' } }),
    // An object is one recipient, however the address looks; a string would be parsed as a list.
    to: { name: '', address: toHeaderText(mail.to) },
    subject: toHeaderText(mail.subject),
    text: mail.text,
    html: mail.html,
    // Receivers' auto-responders must not answer a machine (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    // A template never reads files or URLs; whoever smuggles one in gets an error.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

export function createMailTransport(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'mailDir'>): MailTransport {
  if (config.smtpUrl) {
    const transport = createTransport({
      url: config.smtpUrl,
      connectionTimeout: SMTP_TIMEOUT_MS,
      greetingTimeout: SMTP_TIMEOUT_MS,
      socketTimeout: SMTP_TIMEOUT_MS,
    });
    return {
      async send(mail) {
        await transport.sendMail(toMessage(mail, config.mailFrom)).catch((error: unknown) => {
          throw describeFailure(error);
        });
      },
    };
  }
  return createFileTransport(config);
}

/**
 * For development and the first run. The mail as it would travel, and beside it a text file, because in transfer
 * encoding the link is broken over lines and nobody could copy it.
 */
function createFileTransport({ mailDir, mailFrom }: Pick<Config, 'mailFrom' | 'mailDir'>): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  let written = 0;
  return {
    async send(mail) {
      const sent = await transport.sendMail(toMessage(mail, mailFrom));
      await mkdir(mailDir, { recursive: true, mode: 0o700 });
      written += 1;
      // Names sort in the order of sending, also within one millisecond.
      const name = `${Date.now()}-${String(written).padStart(6, '0')}-${randomBytes(4).toString('hex')}`;
      const text = `To: ${toHeaderText(mail.to)}\nSubject: ${toHeaderText(mail.subject)}\n\n${mail.text}`;
      await writeFile(join(mailDir, `${name}.eml`), sent.message as Buffer, { mode: 0o600 });
      await writeFile(join(mailDir, `${name}.txt`), text, { mode: 0o600 });
    },
  };
}
