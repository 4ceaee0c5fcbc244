/** Every state of the settings worth looking at, with made-up data. Screenshot pages and tests draw from this list. */
import type { InvitationId, SessionId, SiteId, SiteKey, TenantId, UserId, MembershipId } from '@frontdesk/protocol/ids';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { SiteDto } from '@frontdesk/protocol/tenancy';
import { DEMO_MEMBERS } from '../inbox/inbox-states.js';
import type { SettingsSession } from './settings-desk.js';
import { INITIAL_SETTINGS, type SettingsState } from './settings-store.js';

const HOUR_MS = 3_600_000;
const idOf = (group: string, index: number): string => `${group}${index.toString(16).padStart(23, '0')}`;
const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

export const DEMO_SESSION: SettingsSession = {
  user: {
    id: idOf('a', 1) as UserId,
    email: 'aina@klinikmawar.example',
    name: 'Aina Rahman',
    hasPassword: true,
    hasGoogle: false,
  },
  membership: { id: idOf('e', 1) as MembershipId, role: 'owner' },
  tenant: { id: idOf('b', 1) as TenantId, name: 'Klinik Mawar', locale: 'en' },
};

export function buildSite(index: number, patch: Partial<SiteDto> = {}): SiteDto {
  return {
    id: idOf('9', index) as SiteId,
    publicKey: 'pk_4fJq8ZsT2mVxY7aBcDeFgH1k' as SiteKey,
    name: 'Klinik Mawar',
    allowedOrigins: ['https://klinikmawar.example', 'https://*.klinikmawar.example'],
    allowNullOrigin: false,
    theme: { accent: '#0b6e4f', colorScheme: 'auto', launcherSide: 'end' },
    greeting: 'Hello! How can we help you and your family?',
    requireIdentity: false,
    identityKeyIds: [],
    ...patch,
  };
}

const ready = <T>(data: T) => ({ phase: 'ready', data, error: null }) as const;
const FORBIDDEN: ErrorBody = { code: 'FORBIDDEN', message: '', requestId: '1' };
const NETWORK: ErrorBody = { code: 'STORE_UNAVAILABLE', message: '', requestId: 'local' };

const SITES = [
  buildSite(1),
  buildSite(2, {
    name: 'Mawar Dental',
    allowedOrigins: ['https://dental.klinikmawar.example'],
    theme: { accent: '#f5c400', colorScheme: 'light', launcherSide: 'start' },
  }),
];

const READY: SettingsState = {
  ...INITIAL_SETTINGS,
  sites: ready(SITES),
  members: ready([
    ...DEMO_MEMBERS.slice(0, 3),
    ...DEMO_MEMBERS.slice(3).map((member) => ({ ...member, disabled: true })),
  ]),
  invitations: ready([
    {
      id: idOf('8', 1) as InvitationId,
      email: 'hafiz@klinikmawar.example',
      role: 'agent',
      expiresAt: hoursFromNow(120),
    },
  ]),
  sessions: ready([
    {
      id: idOf('7', 1) as SessionId,
      current: true,
      createdAt: hoursFromNow(-50),
      lastUsedAt: hoursFromNow(0),
      device: 'Firefox on Linux',
    },
    {
      id: idOf('7', 2) as SessionId,
      current: false,
      createdAt: hoursFromNow(-300),
      lastUsedAt: hoursFromNow(-26),
      device: 'Safari on iPhone',
    },
  ]),
  tenant: ready({ id: idOf('b', 1) as TenantId, name: 'Klinik Mawar', locale: 'en', timeZone: 'Asia/Kuala_Lumpur' }),
};

/** Name → state. */
export const SETTINGS_STATES: Readonly<Record<string, SettingsState>> = {
  loading: INITIAL_SETTINGS,
  failed: { ...READY, sites: { phase: 'failed', data: [], error: NETWORK } },
  'sites-empty': { ...READY, sites: ready([]) },
  sites: READY,
  'site-new': { ...READY, openSite: 'new' },
  site: { ...READY, openSite: SITES[0]?.id ?? null },
  'site-yellow': { ...READY, openSite: SITES[1]?.id ?? null },
  'site-saved': {
    ...READY,
    openSite: SITES[0]?.id ?? null,
    forms: { site: { phase: 'saved', error: null, subject: null } },
  },
  'site-refused': {
    ...READY,
    openSite: SITES[0]?.id ?? null,
    forms: {
      site: {
        phase: 'failed',
        subject: null,
        error: { code: 'VALIDATION', message: '', requestId: '1', fields: { 'allowedOrigins.1': 'not an origin' } },
      },
    },
  },
  team: { ...READY, page: 'team' },
  'team-invited': {
    ...READY,
    page: 'team',
    forms: { invite: { phase: 'saved', error: null, subject: 'hafiz@klinikmawar.example' } },
  },
  'team-refused': { ...READY, page: 'team', forms: { member: { phase: 'failed', error: FORBIDDEN, subject: null } } },
  account: { ...READY, page: 'account' },
  business: { ...READY, page: 'business' },
};
