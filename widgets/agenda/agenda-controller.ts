/**
 * Binds the store of the agenda to the client and to its element. Requests come in; answers and pushed facts become actions; nothing here
 * knows how anything looks. One host with many small
 * handlers of one connection, which makes it a little longer than 400 lines.
 */
import type { RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingId, ClassSessionId, LocationId } from '@frontdesk/protocol/ids';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { StaffClient } from '../core/client/staff-client.js';
import { sendCommand } from '../staff/send-command.js';
import type { AgendaRequest, StartsQuestion } from './agenda-events.js';
import { actOnClass, foreseeDates, listCourse, type ClassPort } from './agenda-class-actions.js';
import { readCurrent, readCurrentRoster, toFailure } from './agenda-failure.js';
import { createAttendanceSender, type AttendanceSender } from './agenda-attendance.js';
import { openFile, readAnswers } from './agenda-files.js';
import { rangeOf, staffIdOf, zoneOf } from './agenda-layout.js';
import { createAgendaLink, type AgendaLink } from './agenda-link.js';
import {
  canChange,
  findBooking,
  findSession,
  INITIAL_AGENDA,
  reduceAgenda,
  type AgendaAction,
  type AgendaState,
} from './agenda-store.js';
import { dateAt } from './agenda-time.js';
import type { AgendaSession } from './agenda-words.js';

export interface Preferred {
  readonly locationId: string | null;
}

type Act = Extract<AgendaRequest, { type: 'book' | 'move' | 'mark' | 'admit' | 'block' | 'unblock' | 'class' }>;
type Look = Exclude<AgendaRequest, Act>;

export class AgendaController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #prefer: () => Preferred;
  #state: AgendaState = INITIAL_AGENDA;
  #client: StaffClient | null = null;
  #session: AgendaSession | null = null;
  #link: AgendaLink | null = null;
  #sender: AttendanceSender | null = null;
  /** Counts what was learnt of the open class, and asked: a slow reading must not take back a mark. */
  #rosterTurn = 0;
  /** Marks that were not sent before their member signed out; nobody else sends them. */
  #kept: { readonly memberId: string; readonly unsent: AgendaState['unsent'] } | null = null;
  readonly #cleanUps: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, prefer: () => Preferred) {
    this.#host = host;
    this.#prefer = prefer;
    host.addController(this);
  }

  get state(): AgendaState {
    return this.#state;
  }

  get session(): AgendaSession | null {
    return this.#session;
  }

  hostDisconnected(): void {
    this.leave();
  }

  enter(client: StaffClient, session: AgendaSession): void {
    this.#client = client;
    this.#session = session;
    const { connection } = client;
    const link = createAgendaLink(client, {
      question: () => this.#question(),
      handleLink: (state) => {
        const { clockOffsetMs } = connection.getState();
        this.#dispatch({ type: 'link-changed', link: state, clockOffsetMs });
        if (state === 'live') this.#sender?.flush();
      },
      handleAgenda: (agenda) => this.#dispatch({ type: 'agenda-loaded', agenda }),
      handleSessions: (sessions) => {
        this.#dispatch({ type: 'sessions-loaded', sessions });
        void this.#readRoster();
      },
      handleRefused: (error) => this.#dispatch({ type: 'load-failed', error }),
      handleBack: () => void this.#loadSetup(),
    });
    this.#link = link;
    const sender = this.#createSender(client);
    this.#sender = sender;
    this.#cleanUps.push(
      connection.acquire(),
      link.start(),
      () => sender.stop(),
      connection.on('agenda:changed', ({ locationId }) => {
        if (locationId === this.#state.locationId) link.readSoon();
      }),
      connection.on('workspace:changed', ({ what }) => {
        if (what === 'locations') void this.#loadLocations();
        else if (what === 'booking' || what === 'queue') {
          void this.#loadSetup();
          // Time off is setup to the server and part of the agenda here.
          link.readSoon();
        }
      }),
    );
    const kept = this.#kept?.memberId === session.membership.id ? this.#kept.unsent : [];
    this.#kept = null;
    if (kept.length > 0) this.#dispatch({ type: 'people-marked', marks: kept });
    void this.#loadLocations();
  }

  leave(): void {
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    if (this.#client === null) return;
    const { unsent } = this.#state;
    if (this.#session && unsent.length > 0) this.#kept = { memberId: this.#session.membership.id, unsent };
    this.#client = null;
    this.#session = null;
    this.#link = null;
    this.#sender = null;
    this.#dispatch({ type: 'signed-out' });
  }

  handle(request: AgendaRequest): void {
    switch (request.type) {
      case 'book':
      case 'move':
      case 'mark':
      case 'admit':
      case 'block':
      case 'unblock':
      case 'class':
        return void this.#act(request);
      default:
        return this.#look(request);
    }
  }

  #look(request: Look): void {
    switch (request.type) {
      case 'choose-location':
        return this.#chooseLocation(request.locationId);
      case 'reload':
        return void this.#loadLocations();
      case 'show':
        return this.#show(request.view, request.date);
      case 'choose-resource':
        return this.#dispatch({ type: 'resource-chosen', resourceId: request.resourceId });
      case 'show-ended':
        return this.#dispatch({ type: 'ended-switched', on: request.on });
      case 'select':
        return this.#dispatch({ type: 'selected', bookingId: request.bookingId });
      case 'open-session':
        this.#dispatch({ type: 'session-opened', sessionId: request.sessionId });
        return void this.#readRoster();
      case 'attend':
        return this.#attend(request);
      case 'read-answers':
        return void (this.#client && readAnswers(this.#client, request.bookingId, (action) => this.#dispatch(action)));
      case 'open-file':
        return void (this.#client && openFile(this.#client, request.fileId, (action) => this.#dispatch(action)));
      case 'show-sheet':
        return this.#dispatch({ type: 'sheet-shown', sheet: request.sheet });
      case 'list-starts':
        return void this.#listStarts(request.question);
      case 'list-course':
        return void (this.#client && listCourse(this.#client, this.#classPort, request.courseId));
      case 'foresee-dates':
        return void (this.#client && foreseeDates(this.#client, this.#classPort, request.question));
      case 'dismiss':
        return this.#dispatch({ type: 'dismissed' });
      case 'sign-out':
        return;
    }
  }

  async #act(request: Act): Promise<void> {
    switch (request.type) {
      case 'book': {
        const booking = await this.#run('booking:create', request.visit, { staffId: request.visit.staffId });
        if (booking) this.#finish(booking, { type: 'noticed', notice: { kind: 'booked', booking } });
        return;
      }
      case 'move':
        return this.#move(request);
      case 'mark': {
        const { bookingId, mark, reason } = request;
        const version = findBooking(this.#state, bookingId)?.version;
        if (version === undefined) return;
        const booking = await this.#run('booking:mark', { bookingId, version, mark, reason }, { bookingId });
        if (booking) this.#finish(booking, { type: 'noticed', notice: { kind: 'marked', booking } });
        return;
      }
      case 'admit':
        return this.#admit(request);
      case 'class':
        if (this.#canChange) await actOnClass(this.#classPort, request.act);
        return;
      case 'block': {
        const made = await this.#run('block:create', request.block, {});
        if (!made) return;
        this.#dispatch({ type: 'block-arrived', block: made.block });
        this.#dispatch({ type: 'sheet-shown', sheet: null });
        return this.#dispatch({ type: 'noticed', notice: { kind: 'blocked', ...made } });
      }
      case 'unblock': {
        const { blockId } = request;
        if (!(await this.#run('block:delete', { blockId }, {}))) return;
        this.#dispatch({ type: 'block-gone', blockId });
        this.#dispatch({ type: 'sheet-shown', sheet: null });
        return this.#dispatch({ type: 'noticed', notice: { kind: 'unblocked' } });
      }
    }
  }

  /** Shown at once where it was dropped; a refusal puts it back. */
  async #move({ bookingId, target, isUndo }: Extract<Act, { type: 'move' }>): Promise<void> {
    const before = findBooking(this.#state, bookingId);
    if (!before || !this.#canChange) return;
    const back = { start: before.start, staffId: staffIdOf(before) };
    if (Date.parse(back.start) === Date.parse(target.start) && back.staffId === target.staffId) return;
    this.#dispatch({ type: 'dropped', dropped: { bookingId, ...target } });
    const { version } = before;
    const booking = await this.#run(
      'booking:move',
      { bookingId, version, ...target },
      { bookingId, staffId: target.staffId },
    );
    if (!booking) return;
    this.#finish(booking, { type: 'noticed', notice: { kind: 'moved', booking, back: isUndo ? null : back } });
  }

  async #admit({ bookingId, queueServiceId }: Extract<Act, { type: 'admit' }>): Promise<void> {
    const version = findBooking(this.#state, bookingId)?.version;
    if (version === undefined) return;
    const admitted = await this.#run('booking:admit', { bookingId, version, queueServiceId }, { bookingId });
    if (!admitted) return;
    this.#dispatch({ type: 'booking-arrived', booking: admitted.booking });
    const { ticket, url } = admitted;
    this.#dispatch({ type: 'sheet-shown', sheet: { kind: 'number', bookingId, label: ticket.label, url } });
  }

  #finish(booking: BookingDto, notice: AgendaAction): void {
    this.#dispatch({ type: 'booking-arrived', booking });
    this.#dispatch({ type: 'sheet-shown', sheet: null });
    this.#dispatch(notice);
  }

  /** Marked at once, with or without a network; what could not be sent waits. */
  #attend({ people, mark }: Extract<Look, { type: 'attend' }>): void {
    const { openSessionId: sessionId, clockOffsetMs } = this.#state;
    if (sessionId === null) return;
    const at = new Date((this.#client?.environment.clock.now() ?? Date.now()) + clockOffsetMs).toISOString();
    const marks = people.map(({ enrolmentId, person }) => ({ sessionId, enrolmentId, person, mark, at }));
    this.#dispatch({ type: 'people-marked', marks });
    this.#sender?.flush();
  }

  #createSender(client: StaffClient): AttendanceSender {
    return createAttendanceSender({
      client,
      unsent: () => this.#state.unsent,
      handleSent: (sent, roster, error) => {
        this.#dispatch({ type: 'marks-sent', sent });
        if (roster) this.#showRoster(roster);
        if (error) this.#dispatch({ type: 'failed', failure: toFailure('attendance:mark', error) });
      },
    });
  }

  get #classPort(): ClassPort {
    return {
      state: () => this.#state,
      dispatch: (action) => this.#dispatch(action),
      run: (command, input, about) => this.#run(command, input, about),
      showRoster: (roster) => this.#showRoster(roster),
      readAgain: () => void this.#readRoster(),
    };
  }

  /** What was read before is older. */
  #showRoster(roster: RosterDto): void {
    if (roster.session.id === this.#state.openSessionId) this.#rosterTurn += 1;
    this.#dispatch({ type: 'session-arrived', session: roster.session });
    this.#dispatch({ type: 'roster-arrived', roster });
  }

  async #readRoster(): Promise<void> {
    const { openSessionId: sessionId } = this.#state;
    if (sessionId === null) return;
    const turn = ++this.#rosterTurn;
    const answer = await this.#client?.connection.request('class-session:read', { sessionId });
    if (turn !== this.#rosterTurn) return;
    if (answer?.ok) this.#dispatch({ type: 'roster-arrived', roster: answer.data });
    else if (answer) this.#dispatch({ type: 'failed', failure: toFailure('class-session:read', answer.error) });
  }

  get #canChange(): boolean {
    return this.#client !== null && canChange(this.#state);
  }

  #dispatch(action: AgendaAction): void {
    const next = reduceAgenda(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    this.#host.requestUpdate();
  }

  #question() {
    const { locationId, date } = this.#state;
    return locationId === null || date === '' ? null : { locationId, ...rangeOf(this.#state) };
  }

  async #loadLocations(): Promise<void> {
    const client = this.#client;
    const answer = await client?.connection.request('location:list', {});
    if (!answer || client !== this.#client) return;
    if (!answer.ok) return this.#dispatch({ type: 'load-failed', error: answer.error });
    this.#dispatch({ type: 'locations-loaded', locations: answer.data.locations });
    const { locations, locationId } = this.#state;
    const only = locations?.length === 1 ? locations[0] : undefined;
    const chosen = locations?.find(({ id }) => id === (locationId ?? this.#prefer().locationId)) ?? only;
    if (chosen && chosen.id !== locationId) this.#chooseLocation(chosen.id);
    else if (chosen) void this.#loadSetup();
  }

  #chooseLocation(locationId: LocationId): void {
    const location = this.#state.locations?.find(({ id }) => id === locationId);
    if (!location) return;
    const nowMs = Date.now() + this.#state.clockOffsetMs;
    this.#dispatch({ type: 'location-chosen', locationId, date: dateAt(zoneOf(location), nowMs) });
    void this.#loadSetup();
    void this.#link?.read();
  }

  #show(view: AgendaState['view'], date: string): void {
    const before = rangeOf(this.#state);
    const after = rangeOf({ view, date });
    const isSameRange = before.from === after.from && before.days === after.days;
    this.#dispatch({ type: 'shown', view, date, isSameRange });
    if (!isSameRange) void this.#link?.read();
  }

  async #loadSetup(): Promise<void> {
    const { locationId } = this.#state;
    const client = this.#client;
    if (client === null || locationId === null) return;
    const answer = await client.connection.request('booking:read-setup', { locationId });
    if (client !== this.#client || locationId !== this.#state.locationId) return;
    if (!answer.ok) return this.#dispatch({ type: 'load-failed', error: answer.error });
    this.#dispatch({ type: 'setup-loaded', setup: answer.data });
    await this.#loadQueue(client, locationId);
  }

  async #loadQueue(client: StaffClient, locationId: LocationId): Promise<void> {
    const answer = await client.connection.request('queue:read-setup', { locationId });
    if (client !== this.#client || locationId !== this.#state.locationId || !answer.ok) return;
    const services = answer.data.services.filter(({ isArchived }) => !isArchived);
    this.#dispatch({ type: 'queue-loaded', services });
  }

  async #listStarts({ serviceId, staffId, date, moving }: StartsQuestion): Promise<void> {
    const key = `${serviceId} ${staffId} ${date} ${moving}`;
    if (this.#state.starts?.key === key && this.#state.starts.error === null) return;
    this.#dispatch({ type: 'starts-changed', starts: { key, starts: null, error: null } });
    const input = { serviceId, staffId, from: date, days: 1, moving };
    const answer = await this.#client?.connection.request('agenda:list-starts', input);
    // A list that was asked for before is no answer to what is asked now.
    if (!answer || this.#state.starts?.key !== key) return;
    const starts = answer.ok ? answer.data.starts : [];
    this.#dispatch({ type: 'starts-changed', starts: { key, starts, error: answer.ok ? null : answer.error } });
  }

  async #run<Name extends StaffCommandName>(
    command: Name,
    input: StaffCommands[Name]['input'],
    about: {
      readonly bookingId?: BookingId;
      readonly sessionId?: ClassSessionId;
      readonly staffId?: BookableId | null;
    },
  ): Promise<StaffCommands[Name]['output'] | undefined> {
    const client = this.#client;
    if (client === null || !this.#canChange) return undefined;
    this.#dispatch({ type: 'command-started', pending: { command, bookingId: about.bookingId ?? null } });
    const answer = await sendCommand(client, command, input);
    if (client !== this.#client) return undefined;
    if (answer.ok) {
      this.#dispatch({ type: 'command-ended', failure: null });
      return answer.data;
    }
    const current = readCurrent(answer.error);
    const roster = readCurrentRoster(answer.error);
    const seen = about.sessionId && findSession(this.#state, about.sessionId);
    if (roster) this.#showRoster(roster);
    else if (current.booking) this.#dispatch({ type: 'booking-arrived', booking: current.booking });
    // What was refused is explained by what is true now, and what got no answer may have happened.
    else if (!(await this.#link?.read()) && isUnknownOutcome(answer.error)) this.#link?.lose();
    const isChanged = roster !== null && roster.session.version !== seen?.version;
    const failure = { ...toFailure(command, answer.error), ...about, isChanged, alternatives: current.alternatives };
    this.#dispatch({ type: 'command-ended', failure });
    return undefined;
  }
}
