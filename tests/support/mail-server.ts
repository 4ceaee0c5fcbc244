/** A mail server on loopback that keeps what it takes, and that can refuse, fall silent or hang up. */
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const WAIT_MS = 10_000;

export interface ReceivedMail extends Email {
  readonly recipient: string;
  readonly source: string;
}

/**
 * - `take`: what a mail server does.
 * - `later`: 451 after the text, which it did not take.
 * - `never`: 550 to the address.
 * - `mute`: takes the text and never says so.
 */
export type MailMood = 'take' | 'later' | 'never' | 'mute';

export interface MailServer {
  readonly env: Readonly<Record<string, string>>;
  readonly mails: ReceivedMail[];
  mood: MailMood;
  /** How often somebody wanted to send something. */
  readonly tries: number;
  to(address: string): ReceivedMail[];
  /** The mails to an address, once there are this many. */
  waitFor(address: string, count: number): Promise<ReceivedMail[]>;
  until(what: string, isTrue: () => boolean): Promise<void>;
  close(): Promise<void>;
}

class Refusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number) {
    super('not now');
    this.responseCode = responseCode;
  }
}

export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const listeners = new Set<() => void>();
  const notify = (): void => listeners.forEach((listener) => listener());
  const state = { mood: 'take' as MailMood, tries: 0 };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      state.tries += 1;
      done(state.mood === 'never' ? new Refusal(550) : null);
      notify();
    },
    onData(stream, session, done) {
      const [recipient = ''] = session.envelope.rcptTo.map(({ address }) => address);
      const { mood } = state;
      void readText(stream).then(async (source) => {
        if (mood === 'later') return done(new Refusal(451));
        mails.push({ ...(await PostalMime.parse(source)), recipient, source });
        if (mood === 'take') done();
        notify();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const to = (address: string): ReceivedMail[] => mails.filter(({ recipient }) => recipient === address);

  async function until(what: string, isTrue: () => boolean): Promise<void> {
    if (isTrue()) return;
    await new Promise<void>((resolve, reject) => {
      const listener = (): void => {
        if (!isTrue()) return;
        clearTimeout(timer);
        listeners.delete(listener);
        resolve();
      };
      const timer = setTimeout(() => {
        listeners.delete(listener);
        reject(new Error(`${what} did not happen; there are ${mails.length} mails`));
      }, WAIT_MS);
      listeners.add(listener);
    });
  }

  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Frontdesk <desk@frontdesk.test>' },
    mails,
    get mood() {
      return state.mood;
    },
    set mood(mood) {
      state.mood = mood;
    },
    get tries() {
      return state.tries;
    },
    to,
    until,
    async waitFor(address, count) {
      await until(`mail ${count} to ${address}`, () => to(address).length >= count);
      return to(address);
    },
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
