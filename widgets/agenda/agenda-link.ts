/**
 * Whether what the agenda shows is of now. Facts say that something changed, and it is read again; what a lost fact would have said, a
 * reading every so often finds. Without a socket it reads over HTTP and goes on working.
 */
import type { LocationId } from '@frontdesk/protocol/ids';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { Agenda } from '@frontdesk/protocol/booking-staff';
import type { ErrorBody } from '@frontdesk/protocol/result';
import { createNamedTimers } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import type { StaffClient } from '../core/client/staff-client.js';
import type { Link } from './agenda-store.js';

/** How old what is shown may be without anybody having said so. */
const RENEW_MS = 20_000;
/** Without a socket, or after a reading without an answer. */
const POLL_MS = 3_000;
const ANSWER_MS = 4_000;
/** A burst of facts is one reading. */
const GATHER_MS = 100;

export interface AgendaQuestion {
  readonly locationId: LocationId;
  readonly from: string;
  readonly days: number;
}

export interface AgendaLinkOptions {
  /** null while no branch is chosen. */
  question(): AgendaQuestion | null;
  handleLink(link: Link): void;
  handleAgenda(agenda: Agenda): void;
  handleSessions(sessions: readonly ClassSessionDto[]): void;
  /** It cannot be read for good. */
  handleRefused(error: ErrorBody): void;
  /** The connection is back; what else is shown may be old. */
  handleBack(): void;
}

export interface AgendaLink {
  start(): () => void;
  /** Reads what is shown; true when it is of now. */
  read(): Promise<boolean>;
  /** Something changed. */
  readSoon(): void;
  lose(): void;
}

export function createAgendaLink(client: StaffClient, options: AgendaLinkOptions): AgendaLink {
  const { connection, environment } = client;
  const { clock, lifecycle } = environment;
  const timers = createNamedTimers<'beat' | 'soon'>(clock);
  let asked = 0;
  let isLive = false;
  let wasOnline = false;
  let isStopped = false;
  const isOnline = (): boolean => connection.getState().phase === 'online';

  function setLink(link: Link): void {
    isLive = link === 'live';
    options.handleLink(link);
  }

  function schedule(): void {
    if (isStopped) return;
    timers.start('beat', isLive && isOnline() ? RENEW_MS : POLL_MS, () => {
      if (lifecycle.isVisible() || !isLive) void read();
      else schedule();
    });
  }

  async function ask(): Promise<boolean> {
    const question = options.question();
    const via = isOnline() ? 'socket' : 'http';
    const how = { via, timeoutMs: ANSWER_MS } as const;
    const turn = ++asked;
    const classes = question && connection.request('class-session:agenda', question, how);
    const answer = question
      ? await connection.request('agenda:read', question, how)
      : await connection.request('conversation:check', { conversationIds: [] }, how);
    if (isStopped || turn !== asked) return isLive;
    if (!answer.ok && isRetryable(answer.error)) {
      setLink('lost');
      // A socket that does not answer is dropped, so that another one can be opened.
      if (isOnline()) void connection.probe();
      return false;
    }
    if (connection.getState().phase !== 'refused') setLink('live');
    if (!answer.ok) options.handleRefused(answer.error);
    else if ('bookings' in answer.data) options.handleAgenda(answer.data);
    const sessions = await classes;
    if (sessions?.ok && turn === asked && !isStopped) options.handleSessions(sessions.data.sessions);
    return answer.ok;
  }

  async function read(): Promise<boolean> {
    timers.stop('soon');
    const isOfNow = await ask();
    schedule();
    return isOfNow;
  }

  function handlePhase(): void {
    const { phase } = connection.getState();
    const isBack = phase === 'online' && !wasOnline;
    wasOnline = phase === 'online';
    if (phase === 'refused') return setLink('refused');
    if (phase === 'offline') setLink('lost');
    if (!isBack) return;
    void read();
    options.handleBack();
  }

  return {
    start() {
      const stops = [
        connection.subscribe(handlePhase),
        lifecycle.on('wake', () => void read()),
        lifecycle.on('offline', () => setLink('lost')),
      ];
      handlePhase();
      schedule();
      return () => {
        isStopped = true;
        timers.stopAll();
        for (const stop of stops) stop();
      };
    },
    read,
    readSoon: () => timers.start('soon', GATHER_MS, () => void read()),
    lose: () => setLink('lost'),
  };
}
