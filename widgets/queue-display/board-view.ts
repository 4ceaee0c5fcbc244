/** What the board draws: everything is decided before it gets here. */
import type { PlaylistItem } from '@frontdesk/protocol/devices';
import type { Board, BoardCall } from '@frontdesk/protocol/queue-device';

/** - `live`: of now. - `stale`: the last board, no word for a while. - `kept`: from storage, nothing heard since the start. */
export type Freshness = 'live' | 'stale' | 'kept';

export interface BoardView {
  readonly placeName: string;
  readonly timeZone: string;
  /** The server's time, epoch milliseconds; moves every second, and turns the pages. */
  readonly nowMs: number;
  /** Newest first. */
  readonly calls: readonly BoardCall[];
  readonly recent: readonly BoardCall[];
  readonly emphasizedIds: ReadonlySet<string>;
  readonly waiting: Board['waiting'];
  readonly notice: string | null;
  readonly ticker: string;
  /** Where a phone joins that is held up to the screen; null where none can. */
  readonly joinUrl: string | null;
  readonly freshness: Freshness;
  readonly updatedAtMs: number | null;
  /** Closed, and nobody is called: dark and nearly empty. */
  readonly isNight: boolean;
  readonly opensAtMs: number | null;
  readonly playlist: readonly PlaylistItem[];
  /** A call is being spoken: videos step back. */
  readonly isSpeaking: boolean;
  /** The browser lets this page sound. */
  readonly isSoundOn: boolean;
  readonly asksForSound: boolean;
  readonly asksForFullScreen: boolean;
  /** Step of the slow walk against burn-in. */
  readonly shift: number;
}

export const EMPTY_VIEW: BoardView = {
  placeName: '',
  timeZone: 'UTC',
  nowMs: 0,
  calls: [],
  recent: [],
  emphasizedIds: new Set(),
  waiting: [],
  notice: null,
  ticker: '',
  joinUrl: null,
  freshness: 'live',
  updatedAtMs: null,
  isNight: false,
  opensAtMs: null,
  playlist: [],
  isSpeaking: false,
  isSoundOn: false,
  asksForSound: false,
  asksForFullScreen: false,
  shift: 0,
};

/**
 * Corners of a square of 10 px round the middle: neighbours are at least 8 px apart (QD-18), and no side loses more of its margin than
 * the one across.
 */
const SHIFTS = [
  [-5, -5],
  [5, -5],
  [5, 5],
  [-5, 5],
] as const;

export function shiftOf(step: number): { readonly x: number; readonly y: number } {
  const [x, y] = SHIFTS[step % SHIFTS.length] ?? SHIFTS[0];
  return { x, y };
}
