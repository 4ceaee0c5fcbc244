import type { ContactId, SiteId, TenantId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';

export interface Contact {
  readonly id: ContactId;
  readonly siteId: SiteId;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly locale: Locale;
  readonly verified: boolean;
  readonly page: { readonly url: string | null; readonly title: string | null };
}

export interface VisitorSession {
  readonly contactId: ContactId;
  /** Epoch milliseconds; 0 when nobody vouched for the person. */
  readonly verifiedUntilMs: number;
  readonly revoked: boolean;
}

/** What a visitor tells about themselves with the first message. */
export interface ContactDetails {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** E.164. */
  readonly phone?: string | undefined;
  readonly locale?: Locale | undefined;
  readonly page?: { readonly url?: string | undefined; readonly title?: string | undefined } | undefined;
}

/** The smallest context a repository call needs. */
export interface Scoped {
  readonly tenantId: TenantId | null;
}
