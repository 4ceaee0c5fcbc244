/** Keys of the console: one table for the handler, the buttons that show them, and the help sheet. */

export const SHORTCUTS = [
  { action: 'next', key: 'n', message: 'counterKeyNext' },
  { action: 'start', key: 's', message: 'counterStart' },
  { action: 'complete', key: 'c', message: 'counterComplete' },
  { action: 'recall', key: 'r', message: 'counterRecall' },
  { action: 'no-show', key: 'x', message: 'counterNoShow' },
  { action: 'undo', key: 'u', message: 'counterUndo' },
  { action: 'transfer', key: 't', message: 'counterTransfer' },
  { action: 'hold', key: 'h', message: 'counterHold' },
  { action: 'walk-in', key: 'w', message: 'counterWalkIn' },
  { action: 'issue', key: 'i', message: 'counterIssue' },
  { action: 'pause', key: 'p', message: 'counterKeyPause' },
  { action: 'help', key: '?', message: 'shortcutHelp' },
] as const;

export type ShortcutAction = (typeof SHORTCUTS)[number]['action'];

const EDITABLE = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

export function keyOf(action: ShortcutAction): string {
  return (SHORTCUTS.find((shortcut) => shortcut.action === action)?.key ?? '').toUpperCase();
}

/** The command behind a key press. A key that is held down says nothing new, and in a field or a sheet it is text. */
export function readShortcut(event: KeyboardEvent): ShortcutAction | undefined {
  if (event.defaultPrevented || event.isComposing || event.repeat) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const [target] = event.composedPath();
  if (target instanceof Element && (target.matches(EDITABLE) || target.closest('dialog') !== null)) return undefined;
  return SHORTCUTS.find(({ key }) => key === event.key.toLowerCase())?.action;
}
