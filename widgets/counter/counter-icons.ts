/** The icons of the console by what they stand for. Pause, play and screen are Lucide's (ISC licence), which the shared set does not carry. */
import type { TemplateResult } from 'lit';
import * as icons from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';

const PAUSE = 'M10 4H6v16h4zM18 4h-4v16h4z';
const PLAY = 'M6 3l14 9-14 9z';
const SCREEN = 'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM8 21h8M12 17v4';

const PATHS = {
  alert: icons.triangleAlertIcon,
  call: icons.bellIcon,
  check: icons.checkIcon,
  clock: icons.clockIcon,
  close: icons.xIcon,
  complete: icons.circleCheckIcon,
  copy: icons.copyIcon,
  failed: icons.circleAlertIcon,
  hold: icons.handIcon,
  issue: icons.plusIcon,
  keyboard: icons.keyboardIcon,
  language: icons.languagesIcon,
  lock: icons.lockIcon,
  missing: icons.eyeOffIcon,
  more: icons.ellipsisIcon,
  next: icons.arrowRightIcon,
  note: icons.stickyNoteIcon,
  noShow: icons.eyeOffIcon,
  offline: icons.wifiOffIcon,
  pause: PAUSE,
  phone: icons.phoneIcon,
  play: PLAY,
  recall: icons.volume2Icon,
  return: icons.userCheckIcon,
  screen: SCREEN,
  start: icons.userCheckIcon,
  swap: icons.chevronDownIcon,
  tag: icons.tagIcon,
  transfer: icons.externalLinkIcon,
  undo: icons.rotateCcwIcon,
  user: icons.userIcon,
  users: icons.usersIcon,
  walkIn: icons.userPlusIcon,
} as const;

export type CounterIcon = keyof typeof PATHS;

/** Icons that point somewhere turn around in right-to-left text. */
const DIRECTIONAL: readonly CounterIcon[] = ['next', 'play', 'transfer'];

export function icon(name: CounterIcon, size: 'normal' | 'small' = 'normal'): TemplateResult {
  const classes = [size === 'small' ? 'icon--small' : '', DIRECTIONAL.includes(name) ? 'icon--directional' : ''];
  return renderIcon(PATHS[name], classes.join(' ').trim());
}
