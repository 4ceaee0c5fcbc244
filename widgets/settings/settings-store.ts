/**
 * What the settings know, and how each thing that happens changes it. Pure. What a person types lives in the form
 * elements; here stand the server's answers and how each form is doing.
 */
import type { SessionSummaryDto } from '@frontdesk/protocol/auth';
import type { SiteId } from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { InvitationDto, MemberDto, SiteDto, TenantDto } from '@frontdesk/protocol/tenancy';
import type { Role } from '@frontdesk/protocol/vocabulary';

export const SETTINGS_PAGES = ['sites', 'team', 'account', 'business'] as const;
/** Pages of the queue, in the order in which a branch is set up once today's picture has been seen; their code comes when one is opened. */
export const QUEUE_PAGES = [
  'today',
  'locations',
  'services',
  'counters',
  'rules',
  'devices',
  'reports',
  'audit',
  'privacy',
] as const;
export type QueuePageName = (typeof QUEUE_PAGES)[number];
export const BOOKING_PAGES = ['appointments', 'people', 'rooms', 'tags', 'retention'] as const;
export type BookingPageName = (typeof BOOKING_PAGES)[number];
export const CARD_PAGES = ['cards'] as const;
export type CardPageName = (typeof CARD_PAGES)[number];
export type SettingsPage = (typeof SETTINGS_PAGES)[number] | QueuePageName | BookingPageName | CardPageName;

/** Pages whose code comes together when the first of them is opened. */
export type PageGroup = 'queue' | 'booking' | 'cards';

/** null: a page that comes with the settings themselves. */
export function groupOf(page: SettingsPage): PageGroup | null {
  const isIn = (pages: readonly string[]): boolean => pages.includes(page);
  if (isIn(CARD_PAGES)) return 'cards';
  return isIn(QUEUE_PAGES) ? 'queue' : isIn(BOOKING_PAGES) ? 'booking' : null;
}

export type FormName = 'site' | 'new-site' | 'invite' | 'member' | 'password' | 'session' | 'business';

export interface FormStatus {
  readonly phase: 'idle' | 'busy' | 'saved' | 'failed';
  readonly error: ErrorBody | null;
  /** What the answer is about, for instance the invited address. */
  readonly subject: string | null;
}

/** A part of the settings that is fetched on its own; `data` stays while it is fetched again. */
export interface Loaded<T> {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly data: T;
  readonly error: ErrorBody | null;
}

export interface SettingsData {
  readonly sites: readonly SiteDto[];
  readonly members: readonly MemberDto[];
  readonly invitations: readonly InvitationDto[];
  readonly sessions: readonly SessionSummaryDto[];
  readonly tenant: TenantDto | null;
}
export type SettingsPart = keyof SettingsData;

export type SettingsState = { readonly [Part in SettingsPart]: Loaded<SettingsData[Part]> } & {
  readonly page: SettingsPage;
  /** The website being edited; `new` while one is being added. */
  readonly openSite: SiteId | 'new' | null;
  readonly forms: Readonly<Partial<Record<FormName, FormStatus>>>;
};

export type SettingsAction =
  | { readonly type: 'page-shown'; readonly page: SettingsPage }
  | { readonly type: 'site-opened'; readonly site: SiteId | 'new' | null }
  | { readonly type: 'part-requested'; readonly part: SettingsPart }
  | { readonly type: 'part-failed'; readonly part: SettingsPart; readonly error: ErrorBody }
  | PartLoaded
  | { readonly type: 'site-saved'; readonly site: SiteDto }
  | { readonly type: 'member-saved'; readonly member: MemberDto }
  | { readonly type: 'form-changed'; readonly form: FormName; readonly status: Partial<FormStatus> }
  | { readonly type: 'signed-out' };

type PartLoaded = {
  [Part in SettingsPart]: { readonly type: 'part-loaded'; readonly part: Part; readonly data: SettingsData[Part] };
}[SettingsPart];

const IDLE: FormStatus = { phase: 'idle', error: null, subject: null };
const LOADING_LIST = { phase: 'loading', data: [], error: null } as const;

export const INITIAL_SETTINGS: SettingsState = {
  page: 'sites',
  openSite: null,
  sites: LOADING_LIST,
  members: LOADING_LIST,
  invitations: LOADING_LIST,
  sessions: LOADING_LIST,
  tenant: { phase: 'loading', data: null, error: null },
  forms: {},
};

export function reduceSettings(state: SettingsState, action: SettingsAction): SettingsState {
  switch (action.type) {
    case 'page-shown':
      // A form that said "Saved" an hour ago has nothing to say any more.
      return { ...state, page: action.page, openSite: null, forms: {} };
    case 'site-opened':
      return { ...state, page: 'sites', openSite: action.site, forms: {} };
    case 'part-requested':
      return { ...state, [action.part]: { ...state[action.part], phase: 'loading', error: null } };
    case 'part-failed':
      return { ...state, [action.part]: { ...state[action.part], phase: 'failed', error: action.error } };
    case 'part-loaded':
      return { ...state, [action.part]: { phase: 'ready', data: action.data, error: null } };
    case 'site-saved':
      return saveSite(state, action.site);
    case 'member-saved': {
      const data = state.members.data.map((member) => (member.id === action.member.id ? action.member : member));
      return { ...state, members: { ...state.members, data } };
    }
    case 'form-changed':
      return { ...state, forms: { ...state.forms, [action.form]: { ...IDLE, ...action.status } } };
    case 'signed-out':
      return { ...INITIAL_SETTINGS, page: state.page };
  }
}

function saveSite(state: SettingsState, site: SiteDto): SettingsState {
  const isKnown = state.sites.data.some(({ id }) => id === site.id);
  const data = isKnown
    ? state.sites.data.map((other) => (other.id === site.id ? site : other))
    : [...state.sites.data, site];
  // A website that was just made opens at once: its snippet is what the person came for.
  return { ...state, sites: { phase: 'ready', data, error: null }, openSite: isKnown ? state.openSite : site.id };
}

export function formOf(state: Pick<SettingsState, 'forms'>, form: FormName): FormStatus {
  return state.forms[form] ?? IDLE;
}

/** Pages that a role has anything to see on. The server decides again about every single request. */
export function pagesFor(role: Role): readonly SettingsPage[] {
  if (canManage(role)) return [...SETTINGS_PAGES, ...QUEUE_PAGES, ...BOOKING_PAGES, ...CARD_PAGES];
  const pages: SettingsPage[] = ['account', 'team', 'business', ...QUEUE_PAGES, ...BOOKING_PAGES, ...CARD_PAGES];
  return pages.filter((page) => page !== 'privacy' && page !== 'tags' && page !== 'retention');
}

export function canManage(role: Role): boolean {
  return role === 'owner' || role === 'admin';
}

/** Owners are changed by owners only, and nobody changes themselves. */
export function canChangeMember(role: Role, member: MemberDto): boolean {
  if (member.self || !canManage(role)) return false;
  return role === 'owner' || member.role !== 'owner';
}

export function assignableRoles(role: Role): readonly Role[] {
  return role === 'owner' ? ['owner', 'admin', 'agent', 'viewer'] : ['admin', 'agent', 'viewer'];
}
