/** What other domains may ask of the mail domain. */
import type { StaffLocale } from '@frontdesk/protocol/locales';
import type { TenantId } from '@frontdesk/protocol/ids';
import type { SystemContext } from '../core/context.js';
import type { OutgoingMail } from './transport.js';

/**
 * Tenant of mails that belong to no business yet: confirming an address, resetting a password. Identities are global,
 * and a job needs a tenant, so these run under the platform's own id, which no business can have.
 */
export const PLATFORM_TENANT_ID = '000000000000000000000000' as TenantId;

export type MailTemplate =
  | { readonly name: 'verify-address'; readonly token: string; readonly businessName: string }
  | { readonly name: 'account-exists' }
  | { readonly name: 'reset-password'; readonly token: string }
  | {
      readonly name: 'invitation';
      readonly token: string;
      readonly businessName: string;
      readonly inviterName: string;
    };

export interface PreparedMail {
  readonly to: string;
  readonly locale: StaffLocale;
  readonly template: MailTemplate;
}

/**
 * Turns a reference into a mail at the moment of sending. Tokens are made here and nowhere else, so that neither the
 * request that asked nor the job queue ever holds one. Undefined: the mail is no longer wanted.
 */
export type MailComposer = (context: SystemContext, reference: string) => Promise<PreparedMail | undefined>;

export interface MailRequest {
  /** Names the composer. */
  readonly purpose: string;
  /** Id that the composer understands; never an address and never a secret, because jobs are stored. */
  readonly reference: string;
  readonly runAt?: Date;
}

export interface Mailer {
  define(purpose: string, composer: MailComposer): void;
  /** Asking twice for the same purpose and reference while the first waits makes one mail. */
  enqueue(context: { readonly tenantId: TenantId | null }, request: MailRequest): Promise<void>;
  /** At once, for whoever keeps account of what was sent; throws `UndeliveredError` where it is certain that nothing was. */
  deliver(mail: OutgoingMail): Promise<void>;
  /**
   * Takes the one mail that an address may get in a quarter of an hour (AUTH-04). Returns 0 when it was free, otherwise
   * the milliseconds until it is.
   */
  reserve(address: string): Promise<number>;
}
