/**
 * What a display knows, and what a board that arrives does to it. Pure: the same model and the same board give the same
 * screen, so a display that was away for a minute, or was started anew, shows what all others show.
 */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import type { Board, BoardCall } from '@frontdesk/protocol/queue-device';

/** A call that is older than this when it arrives is shown and not spoken (QD-5). */
export const SPEAK_WITHIN_MS = 30_000;
/** How long the newest calls stand out (QD-2). */
export const EMPHASIS_MS = 10_000;
/** Two beats of 8 s are missing, and a moment of grace (QD-6). */
export const STALE_AFTER_MS = 20_000;
/** More than a screen ever shows of them. */
const MAX_RECENT = 12;

export interface DisplayModel {
  readonly device: DeviceSelf | null;
  readonly board: Board | null;
  /** Server time of the last word that was heard, epoch milliseconds; what a badge calls "last updated". */
  readonly updatedAtMs: number | null;
  /** Of the last call that was taken notice of; what is not above it is not news. */
  readonly lastSequence: number;
  /** Call id → until when it stands out, in the time of {@link Moment.localMs}. */
  readonly emphasis: ReadonlyMap<string, number>;
}

export const EMPTY_MODEL: DisplayModel = {
  device: null,
  board: null,
  updatedAtMs: null,
  lastSequence: 0,
  emphasis: new Map(),
};

/** The same instant on this device's clock and on the server's. */
export interface Moment {
  readonly localMs: number;
  readonly serverMs: number;
}

export interface Applied {
  readonly model: DisplayModel;
  /** Calls and recalls that are news and young enough to be spoken, in the order of their sequence. */
  readonly news: readonly BoardCall[];
}

const isHere = ({ state }: BoardCall): boolean => state !== 'gone';

/** When a call was made or made again, epoch milliseconds. */
export function calledAtMs({ calledAt, recalledAt }: BoardCall): number {
  return Date.parse(recalledAt ?? calledAt);
}

/** The board as of now; an older one than the one on the screen changes nothing. */
export function applyBoard(model: DisplayModel, board: Board, now: Moment): Applied {
  if (model.board && isOlder(board, model.board)) return { model, news: [] };
  const unknown = board.calls.filter(({ sequence }) => sequence > model.lastSequence);
  const news = unknown
    .filter((call) => isHere(call) && now.serverMs - calledAtMs(call) <= SPEAK_WITHIN_MS)
    .sort((one, other) => one.sequence - other.sequence);
  const emphasis = new Map(keepYoung(model.emphasis, board, now.localMs));
  for (const { id } of news) emphasis.set(id, now.localMs + EMPHASIS_MS);
  const lastSequence = Math.max(model.lastSequence, ...unknown.map(({ sequence }) => sequence));
  return { model: { ...model, board, emphasis, lastSequence, updatedAtMs: now.serverMs }, news };
}

/** A revision that went down by a lot is another store behind the same address (a restored copy), not an old message. */
function isOlder(board: Board, shown: Board): boolean {
  return board.rev < shown.rev && Date.parse(board.at) <= Date.parse(shown.at);
}

function* keepYoung(
  emphasis: ReadonlyMap<string, number>,
  { calls }: Board,
  localMs: number,
): Iterable<readonly [string, number]> {
  const here = new Set(calls.filter(isHere).map(({ id }) => id));
  for (const [id, until] of emphasis) if (until > localMs && here.has(id)) yield [id, until];
}

/** A beat says that the board is of now. */
export function applyBeat(model: DisplayModel, serverMs: number): DisplayModel {
  return { ...model, updatedAtMs: serverMs };
}

/** Takes back what no longer stands out; the same model when nothing changed. */
export function expireEmphasis(model: DisplayModel, localMs: number): DisplayModel {
  const emphasis = new Map([...model.emphasis].filter(([, until]) => until > localMs));
  return emphasis.size === model.emphasis.size ? model : { ...model, emphasis };
}

/** Everybody who is called or served now, newest first: each ticket once, however often it was recalled (QD-11). */
export function listNow(board: Board | null): BoardCall[] {
  return (board?.calls ?? []).filter(isHere).sort((one, other) => other.sequence - one.sequence);
}

/** The calls before those, newest first. */
export function listRecent(board: Board | null): BoardCall[] {
  return (board?.calls ?? [])
    .filter((call) => !isHere(call))
    .sort((one, other) => calledAtMs(other) - calledAtMs(one))
    .slice(0, MAX_RECENT);
}

/** What is kept for a start without a network. */
export interface Snapshot {
  readonly version: 1;
  readonly device: DeviceSelf | null;
  readonly board: Board | null;
  readonly updatedAtMs: number | null;
  readonly lastSequence: number;
}

export function toSnapshot({ device, board, updatedAtMs, lastSequence }: DisplayModel): Snapshot {
  return { version: 1, device, board, updatedAtMs, lastSequence };
}

/** The model that was kept; an empty one when nothing was, or another release wrote it. */
export function fromSnapshot(stored: unknown): DisplayModel {
  const snapshot = stored as Partial<Snapshot> | null;
  if (snapshot?.version !== 1 || !(snapshot.board === null || Array.isArray(snapshot.board?.calls))) return EMPTY_MODEL;
  const { device = null, board, updatedAtMs = null, lastSequence = 0 } = snapshot;
  return { ...EMPTY_MODEL, device, board, updatedAtMs, lastSequence };
}
