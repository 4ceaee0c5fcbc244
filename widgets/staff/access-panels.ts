/** The panels before the door, as data: what each is called, which fields it has, and what makes a field wrong. */
import { PASSWORD_MAX_BYTES, PASSWORD_MIN_LENGTH } from '@frontdesk/protocol/limits';
import type { StaffMessageKey } from './words.js';

export const ACCESS_VIEWS = ['sign-in', 'sign-up', 'forgot', 'reset', 'invite', 'verify'] as const;
export type AccessView = (typeof ACCESS_VIEWS)[number];
export type FieldName = 'email' | 'password' | 'newPassword' | 'name' | 'businessName';

export interface AccessPanel {
  readonly title: StaffMessageKey;
  readonly lead: StaffMessageKey;
  readonly action: StaffMessageKey;
  readonly fields: readonly FieldName[];
}

export const ACCESS_PANELS: Readonly<Record<AccessView, AccessPanel>> = {
  'sign-in': {
    title: 'signInTitle',
    lead: 'signInLead',
    action: 'signInAction',
    fields: ['email', 'password'],
  },
  'sign-up': {
    title: 'signUpTitle',
    lead: 'signUpLead',
    action: 'signUpAction',
    fields: ['businessName', 'name', 'email', 'newPassword'],
  },
  forgot: { title: 'forgotTitle', lead: 'forgotLead', action: 'forgotAction', fields: ['email'] },
  reset: { title: 'resetTitle', lead: 'resetLead', action: 'resetAction', fields: ['newPassword'] },
  invite: { title: 'inviteTitle', lead: 'inviteLead', action: 'inviteAction', fields: ['name', 'newPassword'] },
  verify: { title: 'verifyTitle', lead: 'verifyLead', action: 'signInAction', fields: [] },
};

/** What is wrong with a value, or null. The server checks again and decides. */
export function validateField(field: FieldName, value: string): StaffMessageKey | null {
  switch (field) {
    case 'email':
      return /^\S+@\S+\.\S+$/.test(value.trim()) ? null : 'invalidEmail';
    case 'newPassword': {
      const bytes = new TextEncoder().encode(value).length;
      return value.length >= PASSWORD_MIN_LENGTH && bytes <= PASSWORD_MAX_BYTES ? null : 'invalidPassword';
    }
    default:
      return value.trim() === '' ? 'invalidRequired' : null;
  }
}
