/**
 * Runs a paired kiosk: requests come in, answers and facts become actions of `kiosk-store.ts`. Knows nothing of how anything looks,
 * and nothing of a browser, so that its tests decide time, network, disk and paper.
 */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import { createIdempotencyKey, createTicketToken, type TicketToken } from '@frontdesk/protocol/ids';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { DeviceConnection } from '../core/client/device-client.js';
import type { ClientEnvironment } from '../core/client/environment.js';
import type { DeviceStorage } from '../core/client/storage-device.js';
import type { JournalStore } from '../core/client/storage-journal.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import type { TicketPrinter } from '../core/printing/ticket-printer.js';
import { createIdleWatch, type IdleWatch } from './idle-watch.js';
import { createIssuer, type IssueOutcome, type Issuer } from './issuer.js';
import { openJournal, type JournalKeeper } from './journal.js';
import { buildSlip, type KioskWords } from './kiosk-format.js';
import { createKioskCheckIn } from './kiosk-check-in.js';
import type { KioskRequest } from './kiosk-events.js';
import { createKioskHealth, type HealthProbe, type KioskHealth } from './kiosk-health.js';
import { createPrintDesk, type PrintDesk } from './print-desk.js';
import { describeShownTicket, type Snapshot } from './shown-ticket.js';
import { createStaffDesk } from './staff-desk.js';
import {
  INITIAL_KIOSK,
  isBusy,
  isInUse,
  onlyService,
  reduceKiosk,
  languageOf,
  type Answers,
  type KioskAction,
  type KioskState,
} from './kiosk-store.js';
import { ageOffer, isDayUsable, localDate } from './offline-offer.js';
import type { Attempt } from './offline-queue.js';
import { createSyncer, type Syncer } from './syncer.js';
import { createTimeline, type Timeline } from './timeline.js';

/** Labels that the server would not take are shown to staff, the last of them. */
const REFUSED_KEPT = 20;
const TICK_MS = 30_000;

export interface KioskMachineDeps {
  readonly serverUrl: string;
  readonly connection: DeviceConnection;
  readonly environment: ClientEnvironment;
  readonly storage: DeviceStorage;
  readonly journalStore: JournalStore;
  readonly probe: HealthProbe;
  /** `performance.now()`. */
  monotonicNow(): number;
  createPrinter(self: DeviceSelf): TicketPrinter | null;
  /** In the language of the session, as soon as it is loaded. */
  loadWords(language: string): Promise<KioskWords>;
  handleExit(): void;
  /** The device was put out: its token opens nothing any more. */
  handleRevoked(): void;
}

export interface KioskMachine extends ReadableStore<KioskState> {
  handle(request: KioskRequest): void;
  /** Somebody touched, typed or spoke. */
  touch(): void;
  /** Server time in epoch milliseconds, whatever the wall clock says. */
  now(): number;
  stop(): void;
}

export async function startKioskMachine(deps: KioskMachineDeps): Promise<KioskMachine> {
  const journal = await openJournal(deps.journalStore);
  const machine = new Machine(deps, journal);
  machine.start();
  return {
    getState: machine.store.getState,
    subscribe: machine.store.subscribe,
    handle: (request) => machine.handle(request),
    touch: () => machine.touch(),
    now: () => machine.now(),
    stop: () => machine.stop(),
  };
}

class Machine {
  readonly store = createStore<KioskState>(INITIAL_KIOSK);
  readonly #deps: KioskMachineDeps;
  readonly #journal: JournalKeeper;
  readonly #timeline: Timeline;
  readonly #issuer: Issuer;
  readonly #syncer: Syncer;
  readonly #idle: IdleWatch;
  readonly #health: KioskHealth;
  readonly #printDesk: PrintDesk;
  readonly #staffDesk: ReturnType<typeof createStaffDesk>;
  readonly #checkIn: ReturnType<typeof createKioskCheckIn>;
  readonly #cleanUps: (() => void)[] = [];
  /** As the server said it, and when on the timeline. */
  #offer: Snapshot['offer'] | null = null;
  #offerAtMs = 0;
  /** The wish of this session; kept while it may have to be asked again. */
  #attempt: Attempt | null = null;
  #tick: unknown;
  #isStopped = false;

  constructor(deps: KioskMachineDeps, journal: JournalKeeper) {
    this.#deps = deps;
    this.#journal = journal;
    const { connection, environment, monotonicNow } = deps;
    const { clock } = environment;
    const wallNow = (): number => clock.now();
    this.#timeline = createTimeline({ monotonicNow, wallNow }, journal.get().mark);
    const shared = { link: connection, journal, timeline: this.#timeline, clock, isOnline: () => this.#isOnline() };
    const zone = (): string => this.#offer?.timeZone ?? this.#state.self?.timeZone ?? 'UTC';
    this.#issuer = createIssuer({ ...shared, isDayUsable: (day) => isDayUsable(day, this.now(), zone()) });
    this.#syncer = createSyncer({
      ...shared,
      readDate: () => localDate(this.now(), zone()),
      handleChange: (refused) => this.#noteHeldBack(refused),
    });
    this.#idle = createIdleWatch(clock, () => (this.#state.self?.kiosk?.idleSeconds ?? 30) * 1_000, {
      warn: (secondsLeft) => this.#dispatch({ type: 'idle-warned', secondsLeft }),
      end: () => this.#endSession(),
    });
    const dispatch = (action: KioskAction): void => this.#dispatch(action);
    const getState = (): KioskState => this.#state;
    this.#printDesk = createPrintDesk({ ...deps, dispatch, journal });
    this.#health = createKioskHealth({
      ...deps,
      getState,
      now: () => this.now(),
      checkPrinter: () => this.#printDesk.check(),
    });
    this.#staffDesk = createStaffDesk({
      ...deps,
      dispatch,
      printDesk: this.#printDesk,
      testPrint: () => this.#testPrint(),
    });
    this.#checkIn = createKioskCheckIn({ ...deps, dispatch, getState, now: () => this.now() });
  }

  get #state(): KioskState {
    return this.store.getState();
  }

  start(): void {
    const { connection, storage } = this.#deps;
    const snapshot = storage.readSnapshot() as Partial<Snapshot> | null;
    if (snapshot?.self && snapshot.offer) {
      this.#takeOffer(snapshot.offer, snapshot.atMs ?? this.#timeline.now());
      this.#takeSelf(snapshot.self);
    }
    this.#cleanUps.push(
      connection.on('device:changed', ({ device }) => this.#takeSelf(device)),
      connection.on('offer:read', ({ offer }) => this.#takeOffer(offer)),
      connection.on('offer:changed', () => void this.#readOffer()),
      connection.subscribe(() => this.#handleLink()),
      connection.acquire(),
    );
    void this.#begin();
    this.#scheduleTick();
  }

  stop(): void {
    this.#isStopped = true;
    this.#idle.rest();
    this.#deps.environment.clock.clearTimeout(this.#tick);
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    void this.#printDesk.close();
    this.#deps.connection.close();
  }

  now(): number {
    if (this.#offer === null) return this.#deps.environment.clock.now();
    return Date.parse(this.#offer.serverTime) + this.#timeline.now() - this.#offerAtMs;
  }

  touch(): void {
    if (isInUse(this.#state) && !isBusy(this.#state)) this.#idle.touch();
  }

  handle(request: KioskRequest): void {
    // Nothing that is pressed while an answer is on its way may begin anything else (QK-4).
    if (isBusy(this.#state)) return;
    this.#act(request);
    if (isBusy(this.#state) || !isInUse(this.#state)) this.#idle.rest();
    else this.#idle.touch();
  }

  #act(request: KioskRequest): void {
    switch (request.type) {
      case 'begin':
        return this.#answer({ serviceId: onlyService(this.#state)?.id });
      case 'choose-service':
        return this.#answer({ serviceId: request.serviceId });
      case 'declare':
        return this.#answer({ classKey: request.classKey });
      case 'give-name':
        return this.#answer({ name: request.name });
      case 'give-phone':
        return this.#answer({ phone: request.phone });
      case 'accept-warning':
        return this.#answer({ hasSeenWarning: true });
      case 'open-check-in':
        return this.#dispatch({ type: 'check-in-opened' });
      case 'check-in':
        return void this.#runCheckIn(request.code);
      case 'retry':
        return this.#retry();
      case 'back':
        return this.#dispatch({ type: 'went-back' });
      case 'end':
        return this.#endSession();
      case 'more-time':
        return;
      case 'choose-language':
        return this.#dispatch({ type: 'language-chosen', language: request.language });
      case 'switch-aid':
        return this.#dispatch({ type: 'aid-switched', aid: request.aid, on: request.on });
      default:
        return this.#staffDesk.handle(request);
    }
  }

  #dispatch(action: KioskAction): void {
    if (this.#isStopped) return;
    const next = reduceKiosk(this.#state, action);
    if (next !== this.#state) this.store.patch(next);
  }

  #isOnline(): boolean {
    const { phase, isReachable } = this.#deps.connection.getState();
    return phase === 'online' || isReachable;
  }

  #answer(answers: Answers): void {
    this.#attempt = null;
    this.#dispatch({ type: 'answered', answers });
    if (this.#state.session.screen === 'issuing') void this.#issue();
  }

  #retry(): void {
    this.#dispatch({ type: 'retried' });
    if (this.#state.session.screen === 'issuing') void this.#issue();
  }

  #buildAttempt(): Attempt | null {
    const { answers } = this.#state.session;
    const { serviceId, classKey = null, name = null, phone = null } = answers;
    if (serviceId === undefined) return null;
    const language = languageOf(this.#state);
    const token = createTicketToken();
    const hasConsented = name !== null || phone !== null;
    return {
      key: createIdempotencyKey(),
      request: { serviceId, token, language, classKey, name, phone, hasConsented },
    };
  }

  async #issue(): Promise<void> {
    this.#attempt ??= this.#buildAttempt();
    if (this.#attempt === null) return this.#endSession();
    const { request } = this.#attempt;
    await this.#finish(await this.#issuer.issue(this.#attempt), request.token);
    this.touch();
  }

  /** The same for a ticket that was asked for just now and for one that a power cut interrupted. */
  async #finish(outcome: IssueOutcome, token: TicketToken): Promise<void> {
    if (outcome.kind === 'refused' || outcome.kind === 'unavailable') {
      const error = outcome.kind === 'refused' ? outcome.error : null;
      if (error) this.#attempt = null;
      return this.#dispatch({
        type: 'failed',
        failure: { during: 'issue', code: error?.code ?? 'offline', error, atMs: this.now() },
      });
    }
    this.#attempt = null;
    const shown = describeShownTicket(outcome, this.#state, {
      token,
      serverUrl: this.#deps.serverUrl,
      nowMs: this.now(),
    });
    this.#health.noteTicket();
    this.#noteHeldBack([]);
    if (outcome.kind === 'handed-out') void this.#syncer.flush();
    const words = await this.#deps.loadWords(languageOf(this.#state));
    const slip = buildSlip(words, shown, this.#state, this.now());
    const target = outcome.kind === 'issued' ? { ticketId: outcome.ticket.ticketId } : { key: outcome.ticket.key };
    this.#dispatch({ type: 'ticket-shown', ticket: shown, print: this.#printDesk.progress() });
    await this.#printDesk.print(slip, target);
  }

  async #runCheckIn(code: string): Promise<void> {
    const ticket = await this.#checkIn.run(code);
    this.touch();
    if (ticket === null) return;
    const words = await this.#deps.loadWords(languageOf(this.#state));
    this.#dispatch({ type: 'ticket-shown', ticket: ticket.shown, print: this.#printDesk.progress() });
    await this.#printDesk.print(buildSlip(words, ticket.shown, this.#state, this.now()), { ticketId: ticket.ticketId });
  }

  async #testPrint(): Promise<void> {
    const words = await this.#deps.loadWords(languageOf(this.#state));
    const issuedAt = new Date(this.now()).toISOString();
    const serviceNames = { en: words.t('kiosk.testPrint') };
    const ticket = {
      label: 'A000',
      serviceNames,
      issuedAt,
      place: null,
      url: this.#deps.serverUrl,
      warnsOfClosing: false,
      isCheckIn: false,
    };
    await this.#printDesk.print(buildSlip(words, ticket, this.#state, this.now()), null);
  }

  /** Nothing of the customer stays, in memory or on disk (QK-8). */
  #endSession(): void {
    this.#attempt = null;
    this.#issuer.forget();
    this.#idle.rest();
    this.#dispatch({ type: 'session-ended' });
  }

  #noteHeldBack(refused: readonly string[]): void {
    const refusedLabels = [...this.#state.refusedLabels, ...refused].slice(-REFUSED_KEPT);
    this.#dispatch({ type: 'held-back', count: this.#journal.get().waiting.length, refusedLabels });
  }

  async #begin(): Promise<void> {
    const self = await this.#deps.connection.request('device:read', {});
    if (self.ok) this.#takeSelf(self.data);
    await this.#readOffer();
    this.#noteHeldBack([]);
    const { pending } = this.#journal.get();
    if (pending === null || this.#isStopped) return;
    const outcome = await this.#issuer.resume();
    // Whoever stands here by now has begun something of their own; the interrupted ticket is in the line all the same.
    if (outcome === null || outcome.kind === 'refused' || isInUse(this.#state)) return;
    this.#dispatch({ type: 'language-chosen', language: pending.request.language });
    await this.#finish(outcome, pending.request.token);
    this.touch();
  }

  #takeSelf(self: DeviceSelf): void {
    this.#dispatch({ type: 'self-read', self });
    this.#printDesk.use(this.#deps.createPrinter(self), self);
    this.#keepSnapshot();
    this.#restock();
  }

  async #readOffer(): Promise<void> {
    const answer = await this.#deps.connection.request('queue:offer', {});
    if (answer.ok) this.#takeOffer(answer.data);
  }

  #takeOffer(offer: QueueOffer, atMs = this.#timeline.now()): void {
    this.#offer = offer;
    this.#offerAtMs = atMs;
    this.#showOffer();
    this.#keepSnapshot();
    this.#restock();
  }

  #showOffer(): void {
    if (this.#offer === null) return;
    const offer = this.#isOnline() ? this.#offer : ageOffer(this.#offer, this.now());
    this.#dispatch({ type: 'offer-read', offer });
  }

  #keepSnapshot(): void {
    const { self } = this.#state;
    if (self && this.#offer) this.#deps.storage.writeSnapshot({ self, offer: this.#offer, atMs: this.#offerAtMs });
  }

  #restock(): void {
    if (this.#isStopped || this.#offer === null) return;
    void this.#syncer.restock(this.#offer.services.map(({ id }) => id));
  }

  #handleLink(): void {
    const { phase, revocation, reason } = this.#deps.connection.getState();
    if (phase === 'refused' && (revocation === 'revoked' || reason?.code === 'UNAUTHENTICATED')) {
      return this.#deps.handleRevoked();
    }
    const isOnline = this.#isOnline();
    const isBack = isOnline && !this.#state.isOnline;
    this.#dispatch({ type: 'link-changed', isOnline });
    if (isBack) void this.#catchUp();
    else if (!isOnline) this.#showOffer();
  }

  async #catchUp(): Promise<void> {
    await this.#syncer.flush();
    await this.#readOffer();
    await this.#health.report();
  }

  #scheduleTick(): void {
    this.#tick = this.#deps.environment.clock.setTimeout(() => {
      void this.#runTick();
      this.#scheduleTick();
    }, TICK_MS);
  }

  async #runTick(): Promise<void> {
    void this.#journal.update((now) => ({ ...now, mark: this.#timeline.mark() }));
    if (!this.#isOnline()) this.#showOffer();
    void this.#syncer.flush();
    this.#restock();
    await this.#health.report();
    this.#dispatch({ type: 'printer-checked', printer: this.#health.printer() });
  }
}
