/** The icons of the staff side by what they stand for, so that a meaning keeps one picture everywhere. */
import type { TemplateResult } from 'lit';
import * as icons from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';

/** Lucide's `ban` (ISC licence), which the shared set does not carry. */
const BAN = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M4.93 4.93 19.07 19.07';

const PATHS = {
  account: icons.userIcon,
  alert: icons.triangleAlertIcon,
  arrowDown: icons.arrowDownIcon,
  assign: icons.userCheckIcon,
  back: icons.chevronLeftIcon,
  bot: icons.botIcon,
  business: icons.settingsIcon,
  settings: icons.settingsIcon,
  chat: icons.messageCircleIcon,
  check: icons.checkIcon,
  checkCheck: icons.checkCheckIcon,
  clock: icons.clockIcon,
  close: icons.xIcon,
  copy: icons.copyIcon,
  done: icons.circleCheckIcon,
  down: icons.chevronDownIcon,
  eye: icons.eyeIcon,
  failed: icons.circleAlertIcon,
  flag: icons.flagIcon,
  globe: icons.globeIcon,
  help: icons.keyboardIcon,
  inbox: icons.inboxIcon,
  lock: icons.lockIcon,
  mail: icons.mailIcon,
  more: icons.ellipsisIcon,
  note: icons.stickyNoteIcon,
  offline: icons.wifiOffIcon,
  panel: icons.panelRightIcon,
  phone: icons.phoneIcon,
  plus: icons.plusIcon,
  reopen: icons.rotateCcwIcon,
  reply: icons.replyIcon,
  rows: icons.rows3Icon,
  search: icons.searchIcon,
  send: icons.sendHorizontalIcon,
  signOut: icons.logOutIcon,
  spam: BAN,
  tag: icons.tagIcon,
  trash: icons.trash2Icon,
  user: icons.userIcon,
  userPlus: icons.userPlusIcon,
  users: icons.usersIcon,
  verified: icons.shieldCheckIcon,
} as const;

export type IconName = keyof typeof PATHS;

/** Icons that point somewhere turn around in right-to-left text. */
const DIRECTIONAL: readonly IconName[] = ['back', 'reply', 'send', 'signOut'];

export function icon(name: IconName, size: 'normal' | 'small' = 'normal'): TemplateResult {
  const classes = [size === 'small' ? 'icon--small' : '', DIRECTIONAL.includes(name) ? 'icon--directional' : ''];
  return renderIcon(PATHS[name], classes.join(' ').trim());
}
