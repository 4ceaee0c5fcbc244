/** The icons of the agenda by what they stand for. */
import type { TemplateResult } from 'lit';
import * as icons from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';

const PATHS = {
  arrived: icons.userCheckIcon,
  back: icons.chevronLeftIcon,
  book: icons.plusIcon,
  calendar: icons.calendarIcon,
  clock: icons.clockIcon,
  close: icons.xIcon,
  completed: icons.circleCheckIcon,
  ended: icons.xIcon,
  failed: icons.circleAlertIcon,
  later: icons.chevronRightIcon,
  lock: icons.lockIcon,
  mail: icons.mailIcon,
  more: icons.ellipsisIcon,
  move: icons.arrowRightIcon,
  noShow: icons.eyeOffIcon,
  offline: icons.wifiOffIcon,
  phone: icons.phoneIcon,
  request: icons.circleHelpIcon,
  room: icons.mapPinIcon,
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
