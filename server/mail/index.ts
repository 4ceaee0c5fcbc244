/** Mail: templates, transport and the job that sends. Nothing is ever sent while a request waits. */
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import { PermanentJobError } from '../core/jobs.js';
import { hashSecret } from '../core/secrets.js';
import type { Mailer, MailComposer } from './mail.types.js';
import { renderMail } from './templates.js';
import { createMailTransport } from './transport.js';

export type * from './mail.types.js';
export { toInertText, writeLetter, type Letter } from './letter.js';
export { readAddress, UndeliveredError } from './transport.js';
export { PLATFORM_TENANT_ID } from './mail.types.js';

declare module '../core/jobs.js' {
  interface JobPayloads {
    'mail:send': { purpose: string; reference: string };
  }
}

export function createMailer(deps: CoreDeps): Mailer {
  const transport = createMailTransport(deps.config);
  const composers = new Map<string, MailComposer>();

  deps.jobs.handle('mail:send', async (context, { purpose, reference }) => {
    const compose = composers.get(purpose);
    if (!compose) throw new PermanentJobError(`No composer for mails of purpose ${purpose}.`);
    const mail = await compose(context, reference);
    if (!mail) return;
    await transport.send({ to: mail.to, ...renderMail(mail.template, mail.locale, deps.config.publicUrl) });
    context.log.info({ purpose }, 'a mail was sent');
  });

  return {
    define(purpose, composer) {
      composers.set(purpose, composer);
    },
    enqueue(context, { purpose, reference, runAt }) {
      return deps.jobs.enqueue(context, 'mail:send', {
        key: `${purpose}:${reference}`,
        payload: { purpose, reference },
        ...(runAt ? { runAt } : {}),
      });
    },
    deliver: (mail) => transport.send(mail),
    async reserve(address) {
      try {
        await deps.limits.consume('mail-per-address', hashSecret(address));
        return 0;
      } catch (error) {
        if (error instanceof AppError && error.code === 'RATE_LIMITED') return error.details.retryAfterMs ?? 1;
        throw error;
      }
    },
  };
}
