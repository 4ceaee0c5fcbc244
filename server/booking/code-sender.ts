/** Sends a code that proves an address, from the business and in the customer's language. The channel is that of the address. */
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { JobQueue } from '../core/jobs.js';
import { toInertText } from '../mail/index.js';
import type { CustomerMessage, Notifications } from '../notifications/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { CODE_TEXTS } from './code-texts.js';
import type { Schedules } from './schedules.js';
import { CODE_MINUTES, createCode } from './verification.service.js';
import type { Verification, VerificationStore } from './verification.store.js';

export interface CodeSenderDeps {
  readonly jobs: Pick<JobQueue, 'handle'>;
  readonly verifications: VerificationStore;
  readonly schedules: Pick<Schedules, 'read'>;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly notifications: Pick<Notifications, 'write'>;
  readonly clock: Clock;
  readonly secret: Buffer;
}

interface CodeFacts {
  readonly code: string;
  readonly business: string;
  readonly service: string;
}

function writeCodeMessage({ nonce, locale }: Verification, { code, business, service }: CodeFacts): CustomerMessage {
  const texts = CODE_TEXTS[locale];
  const facts = { code, minutes: CODE_MINUTES, business: toInertText(business), service: toInertText(service) };
  return {
    sender: business,
    id: `code.${nonce}`,
    topic: 'booking-code',
    fields: { business, service, when: '', code, link: '' },
    letter: {
      language: locale,
      subject: texts.subject(facts),
      paragraphs: [texts.news(facts), texts.validity(facts)],
      facts: [{ label: texts.code, value: code }],
      footer: texts.footer(facts),
    },
  };
}

export function handleCodeJobs(deps: CodeSenderDeps): void {
  const { verifications, notifications } = deps;
  deps.jobs.handle('booking-code:send', async (context, { key, nonce }) => {
    const asked = await verifications.find(context, key);
    // Replaced by a newer one, sent already, or too late to be of use.
    if (asked?.nonce !== nonce || asked.address === null || asked.expiresAt.getTime() <= deps.clock.now()) return;
    const [{ schedule }, tenant] = await Promise.all([
      deps.schedules.read(context),
      deps.directory.findTenant(context),
    ]);
    const names = schedule.services.get(asked.serviceId as BookingServiceId)?.names;
    if (!tenant || tenant.suspended || !names) return;
    const facts = {
      code: createCode(deps.secret, asked),
      business: tenant.name,
      service: names[asked.locale] ?? names.en,
    };
    await notifications.write({ channel: asked.channel, address: asked.address }, writeCodeMessage(asked, facts));
    await verifications.forgetAddress(context, asked);
  });
}
