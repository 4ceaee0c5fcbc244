/**
 * The icons of the agenda by what they stand for. Calendar, later, request, save and room are Lucide's (ISC licence); they stand here, because
 * what is in the shared set for one more element is loaded by the chat as well.
 */
import type { TemplateResult } from 'lit';
import * as icons from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';

const CALENDAR = 'M8 2v3M16 2v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2zM3 9h18';
const LATER = 'M9 18l6-6-6-6';
const REQUEST = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01';
const SAVE = 'M12 15V3M7 10l5 5 5-5M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4';
const ROOM = 'M12 22c5-5 8-8 8-12a8 8 0 0 0-16 0c0 4 3 7 8 12zM9 10a3 3 0 1 0 6 0a3 3 0 1 0 -6 0';

const PATHS = {
  arrived: icons.userCheckIcon,
  back: icons.chevronLeftIcon,
  book: icons.plusIcon,
  calendar: CALENDAR,
  clock: icons.clockIcon,
  close: icons.xIcon,
  completed: icons.circleCheckIcon,
  ended: icons.xIcon,
  failed: icons.circleAlertIcon,
  later: LATER,
  lock: icons.lockIcon,
  mail: icons.mailIcon,
  more: icons.ellipsisIcon,
  move: icons.arrowRightIcon,
  noShow: icons.eyeOffIcon,
  offline: icons.wifiOffIcon,
  people: icons.usersIcon,
  phone: icons.phoneIcon,
  request: REQUEST,
  room: ROOM,
  save: SAVE,
  confirmed: icons.checkIcon,
  done: icons.circleCheckIcon,
  user: icons.userIcon,
} as const;

export type AgendaIcon = keyof typeof PATHS;

/** Icons that point somewhere turn around in right-to-left text. */
const DIRECTIONAL: readonly AgendaIcon[] = ['back', 'later', 'move'];

export function icon(name: AgendaIcon, size: 'normal' | 'small' = 'normal'): TemplateResult {
  const classes = [size === 'small' ? 'icon--small' : '', DIRECTIONAL.includes(name) ? 'icon--directional' : ''];
  return renderIcon(PATHS[name], classes.join(' ').trim());
}
