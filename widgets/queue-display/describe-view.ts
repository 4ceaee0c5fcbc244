/** State → what the board draws. Pure. */
import type { ScreenState } from './screen-keeper.js';
import type { SoundState } from '../core/announcer/audio-output.js';
import { EMPTY_VIEW, type BoardView, type Freshness } from './board-view.js';
import type { DisplayState } from './display-session.js';
import { listNow, listRecent, STALE_AFTER_MS } from './display-store.js';

/** A start with a network is not announced as one without. */
const CONNECT_WITHIN_MS = 4_000;
/** The board moves this often against burn-in. */
const SHIFT_INTERVAL_MS = 5 * 60_000;
/** The code of the day is worth nothing on the next; a screen without a word from the server cannot know which day it is of. */
const CODE_TRUSTED_MS = 60 * 60_000;

export interface Surroundings extends Pick<ScreenState, 'offersFullScreen'> {
  readonly sound: SoundState;
}

function readFreshness({ heardAtMs, localMs, startedAtMs }: DisplayState): Freshness {
  if (heardAtMs === null) return localMs - startedAtMs > CONNECT_WITHIN_MS ? 'kept' : 'live';
  return localMs - heardAtMs > STALE_AFTER_MS ? 'stale' : 'live';
}

/** Closed, nobody called, nobody waiting; and over at the hour of opening also when nobody tells us. */
function readNight({ model: { board }, serverMs }: DisplayState): { isNight: boolean; opensAtMs: number | null } {
  const opensAtMs = board?.opensAt ? Date.parse(board.opensAt) : null;
  if (!board || board.isOpen || (opensAtMs !== null && serverMs >= opensAtMs)) return { isNight: false, opensAtMs };
  const isEmpty = listNow(board).length === 0 && board.waiting.every(({ count }) => count === 0);
  return { isNight: isEmpty && board.notice === null, opensAtMs };
}

/** Nobody is led to a closed door, or with a code that may be yesterday's. */
function readJoinUrl({ model: { board, updatedAtMs }, serverMs }: DisplayState): string | null {
  const isTrusted = updatedAtMs !== null && serverMs - updatedAtMs <= CODE_TRUSTED_MS;
  return board?.isOpen && isTrusted ? (board.joinUrl ?? null) : null;
}

export function describeView(state: DisplayState, { sound, offersFullScreen }: Surroundings): BoardView {
  const { device, board, emphasis, updatedAtMs } = state.model;
  const display = device?.display;
  const showsNames = display?.showNames ?? false;
  const hideName = <Call extends { maskedName: string | null }>(call: Call): Call =>
    showsNames || call.maskedName === null ? call : { ...call, maskedName: null };
  return {
    ...EMPTY_VIEW,
    placeName: device ? joinNames(device.businessName, device.locationName) : '',
    timeZone: device?.timeZone ?? 'UTC',
    nowMs: state.serverMs,
    calls: listNow(board).map(hideName),
    recent: listRecent(board).map(hideName),
    emphasizedIds: new Set(emphasis.keys()),
    waiting: board?.waiting ?? [],
    notice: board?.notice ?? null,
    ticker: display?.ticker ?? '',
    joinUrl: readJoinUrl(state),
    freshness: readFreshness(state),
    updatedAtMs,
    ...readNight(state),
    playlist: display?.playlist ?? [],
    isSpeaking: state.isSpeaking,
    isSoundOn: sound === 'on',
    asksForSound: (display?.isSoundOn ?? false) && sound === 'needs-tap',
    asksForFullScreen: offersFullScreen,
    shift: Math.floor(state.serverMs / SHIFT_INTERVAL_MS),
  };
}

/** A branch is often called as its business is. */
function joinNames(business: string, location: string): string {
  return business === '' || location.includes(business) ? location : `${business} · ${location}`;
}
