/**
 * The icons of booking, copied from core/icons.ts (Lucide, ISC License) into a module of their own: bundlers move whole modules, and a
 * form on somebody's website must not carry the icons of the inbox.
 */
export const chevronRightIcon = 'M9 18l6-6-6-6';
export const closeIcon = 'M18 6 6 18M6 6l12 12';
export const usersIcon =
  'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.128a4 4 0 0 1 0 7.744M22 21v-2a4 4 0 0 0-3-3.87M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0';
