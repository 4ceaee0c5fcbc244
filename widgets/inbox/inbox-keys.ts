/** Keyboard shortcuts of the inbox: one table for the handler and for the help sheet. */

export const SHORTCUTS = [
  { action: 'next', key: 'j', message: 'shortcutNext' },
  { action: 'previous', key: 'k', message: 'shortcutPrevious' },
  { action: 'reply', key: 'r', message: 'shortcutReply' },
  { action: 'note', key: 'n', message: 'shortcutNote' },
  { action: 'resolve', key: 'e', message: 'shortcutResolve' },
  { action: 'assign', key: 'a', message: 'shortcutAssign' },
  { action: 'filter', key: '/', message: 'shortcutFilter' },
  { action: 'help', key: '?', message: 'shortcutHelp' },
  { action: 'back', key: 'Escape', message: 'shortcutBack' },
] as const;

export type ShortcutAction = (typeof SHORTCUTS)[number]['action'];

const EDITABLE = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

/** True when a key press there means text, not a command. */
export function isEditing(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.matches(EDITABLE);
}

/**
 * True within a question that took the focus from a field: whoever was typing goes on typing for a moment, and the
 * rest of a word must not resolve or assign anything.
 */
function isAnswering(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.closest('[role="alertdialog"]') !== null;
}

/**
 * The command behind a key press, if there is one. `Escape` works inside fields too (it leaves them); every other
 * shortcut is plain text there, also during IME composition.
 */
export function readShortcut(event: KeyboardEvent): ShortcutAction | undefined {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const action = SHORTCUTS.find((shortcut) => shortcut.key === event.key)?.action;
  const [target] = event.composedPath();
  if (action !== 'back' && (isEditing(target) || isAnswering(target))) return undefined;
  return action;
}
