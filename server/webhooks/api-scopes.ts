/**
 * What a key with a scope may ask: commands by name, so that nothing comes in with a permission that it shares. The role is the least
 * one that the commands need, and is checked besides. What makes or shows secrets, members, sessions or people is in no scope.
 */
import type { ApiScope, Role } from '@frontdesk/protocol/vocabulary';

export const SCOPE_COMMANDS: Readonly<Record<ApiScope, readonly string[]>> = {
  'queue:read': [
    'location:list',
    'queue:read-setup',
    'queue:overview',
    'queue:read-report',
    'queue:read-honesty',
    'queue:audit',
  ],
  'queue:issue': ['location:list', 'queue:read-setup', 'ticket:issue-at-desk', 'ticket:cancel'],
  'queue:manage': [
    'location:list',
    'queue:read-setup',
    'service:update',
    'service:close',
    'queue:finish-line',
    'queue:broadcast',
    'queue:update-policy',
  ],
};

const SCOPE_ROLES: Readonly<Record<ApiScope, Role>> = {
  'queue:read': 'viewer',
  'queue:issue': 'agent',
  'queue:manage': 'admin',
};
const RANK: readonly Role[] = ['viewer', 'agent', 'admin'];

export function grantOf(scopes: readonly ApiScope[]): { readonly role: Role; readonly commands: ReadonlySet<string> } {
  const rank = Math.max(0, ...scopes.map((scope) => RANK.indexOf(SCOPE_ROLES[scope])));
  return { role: RANK[rank] ?? 'viewer', commands: new Set(scopes.flatMap((scope) => SCOPE_COMMANDS[scope])) };
}
