/** Contacts and visitor sessions: who a website's visitor is, and what proves it. */
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { IsOriginAllowed, TenancyDirectory } from '../tenancy/index.js';
import { createContactsService, type ContactsService } from './contacts.service.js';
import { createContactsStore } from './contacts.store.js';

export { readSiteToken } from './identity-token.js';
export type { Contact, ContactDetails } from './contacts.types.js';
export type Contacts = ContactsService;

export interface ContactsDeps extends CoreDeps {
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
  readonly isOriginAllowed: IsOriginAllowed;
}

export function createContacts(deps: ContactsDeps): Contacts {
  return createContactsService({ ...deps, store: createContactsStore(deps.connection) });
}
