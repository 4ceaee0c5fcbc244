/** What every screen is given: the state, the words, the server's time, and a way to ask. */
import type { KioskRequest } from './kiosk-events.js';
import type { KioskWords } from './kiosk-format.js';
import type { KioskState } from './kiosk-store.js';

export interface KioskView {
  readonly state: KioskState;
  readonly words: KioskWords;
  readonly nowMs: number;
  /** The camera can read codes here. */
  readonly canScan: boolean;
  ask(request: KioskRequest): void;
}

/** One screen: what is read stands above, what is touched below, within reach of a child and of somebody in a wheelchair (QK-2). */
export interface ScreenParts {
  readonly title: unknown;
  readonly text?: unknown;
  readonly actions: unknown;
  /** What ends the screen; stays in sight when the rest scrolls. */
  readonly finish?: unknown;
  readonly canGoBack?: boolean;
}
