/** Roles in words. */
import type { Role } from '@frontdesk/protocol/vocabulary';
import type { StaffMessageKey } from './words.js';

export const ROLE_MESSAGES: Readonly<Record<Role, StaffMessageKey>> = {
  owner: 'roleOwner',
  admin: 'roleAdmin',
  agent: 'roleAgent',
  viewer: 'roleViewer',
};

/** What a role may do, in a few words. */
export const ROLE_HINTS: Readonly<Record<Role, StaffMessageKey>> = {
  owner: 'roleOwnerHint',
  admin: 'roleAdminHint',
  agent: 'roleAgentHint',
  viewer: 'roleViewerHint',
};
