/** What everybody in a day shares: the history, the moments in which a server may die, and how far the day has come. */
import type { EventEmitter } from 'node:events';
import type { Random } from '../random.js';
import type { DayBranch } from './branch.js';
import type { DayRecorder, Moment } from './day-history.js';

/** Somebody with a ticket. */
export interface Holder {
  readonly ticketId: string;
  readonly label: string;
  readonly token: string;
}

export interface Stage {
  readonly url: string;
  readonly branch: DayBranch;
  readonly random: Random;
  readonly recorder: DayRecorder;
  readonly moments: EventEmitter<Record<Moment, []>>;
  /** Everybody who was given a ticket, in that order. */
  readonly holders: Holder[];
  /** Those who still want something, by their ticket. */
  readonly open: Map<string, Holder>;
  /** Tickets that are still to be asked for. */
  unissued: number;
  /** No more tickets and no more wishes: the counters finish the line and go. */
  isClosing: boolean;
  /** A day that goes on after this (epoch milliseconds) has gone wrong; nobody presses a button any more. */
  readonly endsAtMs: number;
  /** Share of the holders who want to be told (0–1). */
  readonly pushShare: number;
  /** How long a called customer takes to come, shortest and longest. */
  readonly walkMs: readonly [number, number];
}
