/** E-mail as a channel of messages: a letter in the name of the business. */
import { UndeliveredError, type Mailer } from '../mail/index.js';
import { UnsentError, type CustomerMessage, type EmailAddress, type NoticeOutcome } from './notifications.types.js';
import { preparePayload, type Senders } from './payloads.js';

export interface EmailChannel {
  write(address: EmailAddress, message: CustomerMessage): Promise<NoticeOutcome>;
}

export function createEmailChannel(mailer: Pick<Mailer, 'deliver'>, sender: Senders['email']): EmailChannel {
  return {
    async write(address, message) {
      const prepared = preparePayload('email', address, message, sender);
      if (!prepared.ok) return 'gone';
      try {
        await mailer.deliver(prepared.payload);
        return 'sent';
      } catch (error) {
        if (!(error instanceof UndeliveredError)) throw error;
        if (error.outcome === 'refused') return 'gone';
        throw new UnsentError(error.message, { cause: error });
      }
    },
  };
}
