/** E-mail as a channel of notices: a letter in the name of the business. */
import { UndeliveredError, writeLetter, type Mailer } from '../mail/index.js';
import { UnsentError, type EmailAddress, type LetterMessage, type NoticeOutcome } from './notifications.types.js';

export interface EmailChannel {
  write(address: EmailAddress, message: LetterMessage): Promise<NoticeOutcome>;
}

/** `host` is the one that message ids belong to: the sender's. */
export function createEmailChannel(mailer: Pick<Mailer, 'deliver'>, host: string): EmailChannel {
  return {
    async write({ address }, { sender, letter, id, calendar }) {
      const messageId = `${id}@${host}`;
      const mail = { to: address, ...writeLetter(letter), fromName: sender, messageId, ...(calendar && { calendar }) };
      try {
        await mailer.deliver(mail);
        return 'sent';
      } catch (error) {
        if (!(error instanceof UndeliveredError)) throw error;
        if (error.outcome === 'refused') return 'gone';
        throw new UnsentError(error.message, { cause: error });
      }
    },
  };
}
