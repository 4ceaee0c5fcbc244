/**
 * Binds the store of a console to the client and to its element. Requests come in; answers and pushed facts become
 * actions; nothing here knows how anything looks.
 */
import type { CounterId, LocationId, TicketId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { StaffClient } from '../core/client/staff-client.js';
import { sendCommand } from '../staff/send-command.js';
import type { CounterRequest, Move } from './counter-events.js';
import { createCounterLink, type CounterLink } from './counter-link.js';
import {
  findTicket,
  INITIAL_COUNTER,
  reduceCounter,
  type CounterAction,
  type CounterState,
  type Pending,
} from './counter-store.js';
import type { CounterSession } from './counter-words.js';

/** The choice of counters follows the queue at most this often. */
const SETUP_AFTER_MS = 1_000;

export interface Preferred {
  readonly locationId: string | null;
  readonly counterId: string | null;
}

export class CounterController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #prefer: () => Preferred;
  #state: CounterState = INITIAL_COUNTER;
  #client: StaffClient | null = null;
  #session: CounterSession | null = null;
  #link: CounterLink | null = null;
  #setupTimer: unknown;
  /** The own counter is taken up once; whoever then asks for another one is not sent back. */
  #hasLooked = false;
  readonly #cleanUps: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, prefer: () => Preferred) {
    this.#host = host;
    this.#prefer = prefer;
    host.addController(this);
  }

  get state(): CounterState {
    return this.#state;
  }

  get session(): CounterSession | null {
    return this.#session;
  }

  hostDisconnected(): void {
    this.leave();
  }

  enter(client: StaffClient, session: CounterSession): void {
    this.#client = client;
    this.#session = session;
    this.#hasLooked = false;
    const { connection } = client;
    const link = createCounterLink(client, {
      counterId: () => this.#state.counterId,
      handleLink: (state) => this.#dispatch({ type: 'link-changed', link: state }),
      handleView: (counterId, view) => this.#show(counterId, view),
      handleRefused: (error) => this.#handleGone(error),
      handleBack: () => void this.#loadSetup(),
    });
    this.#link = link;
    this.#cleanUps.push(
      connection.acquire(),
      link.start(),
      connection.on('counter:changed', ({ counterId, view }) => {
        link.noteNews();
        this.#show(counterId, view);
      }),
      connection.on('queue:changed', ({ locationId }) => {
        if (locationId === this.#state.locationId && this.#state.counterId === null) this.#loadSetupSoon();
      }),
      connection.on('workspace:changed', ({ what }) => {
        if (what === 'locations') void this.#loadLocations();
        else if (what === 'queue') this.#loadSetupSoon();
      }),
      () => client.environment.clock.clearTimeout(this.#setupTimer),
    );
    void this.#loadLocations();
  }

  leave(): void {
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    if (this.#client === null) return;
    this.#client = null;
    this.#session = null;
    this.#link = null;
    this.#dispatch({ type: 'signed-out' });
  }

  handle(request: CounterRequest): void {
    switch (request.type) {
      case 'choose-location':
        return this.#chooseLocation(request.locationId);
      case 'reload':
        return void this.#loadLocations();
      case 'watch':
        return this.#chooseCounter(request.counterId);
      case 'sit':
        return void this.#sit(request.counterId);
      case 'change-counter':
        return this.#changeCounter();
      case 'show-sheet':
        return this.#dispatch({ type: 'sheet-shown', sheet: request.sheet });
      case 'show-tab':
        return this.#dispatch({ type: 'tab-shown', tab: request.tab });
      case 'switch-shortcuts':
        return this.#dispatch({ type: 'shortcuts-switched', on: request.on });
      case 'dismiss-failure':
        return this.#dispatch({ type: 'failure-dismissed' });
      case 'sign-out':
        return;
      default:
        return void this.#act(request);
    }
  }

  async #act(request: ActRequest): Promise<void> {
    const { locationId } = this.#state;
    switch (request.type) {
      case 'move':
        await this.#move(request.move);
        return;
      case 'complete-and-call':
        return this.#completeAndCall();
      case 'reprint': {
        const answer = await this.#run('ticket:reprint', { ticketId: request.ticketId }, request.ticketId);
        if (answer)
          this.#dispatch({ type: 'sheet-shown', sheet: { kind: 'number', ticket: answer.ticket, url: null } });
        return;
      }
      case 'close-service':
        if (await this.#run('service:close', { serviceId: request.serviceId, message: request.message })) {
          this.#dispatch({ type: 'sheet-shown', sheet: null });
          void this.#loadSetup();
        }
        return;
      default:
        return locationId === null ? undefined : this.#actOnLocation(request, locationId);
    }
  }

  async #actOnLocation(request: LocationRequest, locationId: LocationId): Promise<void> {
    switch (request.type) {
      case 'issue': {
        const made = await this.#run('ticket:issue-at-desk', { locationId, ...request.ticket, bookedFor: null });
        if (made) this.#dispatch({ type: 'sheet-shown', sheet: { kind: 'number', ...made } });
        return;
      }
      case 'finish-line': {
        const serviceIds = [...(this.#state.view?.counter.serviceIds ?? [])];
        await this.#run('queue:finish-line', { locationId, serviceIds, isFinishing: request.isFinishing });
        return void this.#link?.read();
      }
      case 'broadcast':
        if (await this.#run('queue:broadcast', { locationId, notice: request.notice })) {
          this.#dispatch({ type: 'sheet-shown', sheet: null });
        }
    }
  }

  #dispatch(action: CounterAction): void {
    const next = reduceCounter(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    this.#host.requestUpdate();
  }

  #show(counterId: CounterId, view: CounterView): void {
    const nowMs = this.#client?.environment.clock.now() ?? Date.now();
    this.#dispatch({ type: 'view-arrived', counterId, view, nowMs });
  }

  /** The counter is not there any more, or not for this person. */
  #handleGone(error: ErrorBody): void {
    this.#chooseCounter(null);
    this.#dispatch({ type: 'command-ended', failure: { command: 'counter:read', error, label: null } });
    void this.#loadSetup();
  }

  async #loadLocations(): Promise<void> {
    const client = this.#client;
    const answer = await client?.connection.request('location:list', {});
    if (!answer || client !== this.#client) return;
    if (!answer.ok) return this.#dispatch({ type: 'setup-failed', error: answer.error });
    this.#dispatch({ type: 'locations-loaded', locations: answer.data.locations });
    const { locations, locationId } = this.#state;
    const preferred = this.#prefer().locationId;
    const only = locations?.length === 1 ? locations[0] : undefined;
    const chosen = locations?.find(({ id }) => id === (locationId ?? preferred)) ?? only;
    if (chosen && chosen.id !== locationId) this.#chooseLocation(chosen.id);
    else if (locationId === null) await this.#findOwnSeat(client);
  }

  /** Whoever reloads the page goes on where they sit, without anything being kept in the browser. */
  async #findOwnSeat(client: StaffClient | null): Promise<void> {
    for (const { id } of this.#state.locations ?? []) {
      const answer = await client?.connection.request('queue:read-setup', { locationId: id });
      if (!answer?.ok || client !== this.#client || this.#state.locationId !== null) return;
      if (!answer.data.counters.some((counter) => this.#isMine(counter))) continue;
      this.#dispatch({ type: 'location-chosen', locationId: id });
      this.#dispatch({ type: 'setup-loaded', locationId: id, setup: answer.data });
      return this.#takeSeat();
    }
  }

  #isMine({ staff, status }: { staff: { id: string } | null; status: string }): boolean {
    return status !== 'closed' && staff?.id === this.#session?.membership.id;
  }

  #chooseLocation(locationId: LocationId): void {
    this.#dispatch({ type: 'location-chosen', locationId });
    void this.#loadSetup();
  }

  #loadSetupSoon(): void {
    const clock = this.#client?.environment.clock;
    clock?.clearTimeout(this.#setupTimer);
    this.#setupTimer = clock?.setTimeout(() => void this.#loadSetup(), SETUP_AFTER_MS);
  }

  async #loadSetup(): Promise<void> {
    const { locationId } = this.#state;
    const client = this.#client;
    if (client === null || locationId === null) return;
    const answer = await client.connection.request('queue:read-setup', { locationId });
    if (client !== this.#client) return;
    if (!answer.ok) return this.#dispatch({ type: 'setup-failed', error: answer.error });
    this.#dispatch({ type: 'setup-loaded', locationId, setup: answer.data });
    this.#takeSeat();
  }

  #takeSeat(): void {
    if (this.#hasLooked || this.#state.counterId !== null) return;
    this.#hasLooked = true;
    const counters = this.#state.setup?.counters ?? [];
    const preferred = counters.find(({ id }) => id === this.#prefer().counterId);
    const own = preferred ?? counters.find((counter) => this.#isMine(counter));
    if (own) this.#chooseCounter(own.id);
  }

  #chooseCounter(counterId: CounterId | null): void {
    this.#dispatch({ type: 'counter-chosen', counterId });
    if (counterId !== null) void this.#link?.read();
  }

  #changeCounter(): void {
    this.#chooseCounter(null);
    void this.#loadSetup();
  }

  async #sit(counterId: CounterId): Promise<void> {
    if (counterId !== this.#state.counterId) {
      this.#dispatch({ type: 'counter-chosen', counterId });
      // Joins the room of the counter before anything changes there.
      if (!(await this.#link?.read())) return;
    }
    await this.#move({ name: 'counter:open', input: {} });
  }

  async #completeAndCall(): Promise<void> {
    const ticketId = this.#state.view?.current?.ticket.id;
    if (ticketId === undefined) return;
    const isDone = await this.#move({ name: 'ticket:complete', input: { ticketId, outcome: null } });
    if (isDone) await this.#move({ name: 'ticket:call-next', input: {} });
  }

  /** True when it was done. */
  async #move({ name, input }: Move): Promise<boolean> {
    const { counterId } = this.#state;
    if (counterId === null) return false;
    const ticketId = 'ticketId' in input ? (input.ticketId as TicketId) : null;
    const asked = { ...input, counterId } as StaffCommands[typeof name]['input'];
    const view = await this.#run(name, asked, ticketId);
    if (!view) return false;
    this.#show(counterId, view);
    // The sheet that asked for it has its answer.
    this.#dispatch({ type: 'sheet-shown', sheet: null });
    return true;
  }

  async #run<Name extends StaffCommandName>(
    command: Name,
    input: StaffCommands[Name]['input'],
    ticketId: TicketId | null = null,
  ): Promise<StaffCommands[Name]['output'] | undefined> {
    const client = this.#client;
    if (client === null || this.#state.pending !== null || this.#state.link !== 'live') return undefined;
    const pending: Pending = { command, ticketId };
    this.#dispatch({ type: 'command-started', pending });
    const label = ticketId === null || !this.#state.view ? null : findTicket(this.#state.view, ticketId)?.label;
    const answer = await sendCommand(client, command, input);
    if (client !== this.#client) return undefined;
    if (answer.ok) {
      this.#dispatch({ type: 'command-ended', failure: null });
      return answer.data;
    }
    // What was refused is explained by what is true now, and what got no answer may have happened.
    const isKnown = await this.#link?.read();
    if (isKnown !== true && isUnknownOutcome(answer.error)) this.#link?.lose();
    this.#dispatch({ type: 'command-ended', failure: { command, error: answer.error, label: label ?? null } });
    return undefined;
  }
}

/** What asks the server to change something. */
type ActRequest =
  Extract<CounterRequest, { type: 'move' | 'complete-and-call' | 'reprint' | 'close-service' }> | LocationRequest;
type LocationRequest = Extract<CounterRequest, { type: 'issue' | 'finish-line' | 'broadcast' }>;
