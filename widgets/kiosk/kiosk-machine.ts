/**
 * Runs a paired kiosk: requests come in, answers and facts become actions of `kiosk-store.ts`. Knows nothing of how anything looks,
 * and nothing of a browser, so that its tests decide time, network, disk and paper.
 */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import type { QueueOffer } from '@frontdesk/protocol/queue-device';
import type { DeviceConnection } from '../core/client/device-client.js';
import type { ClientEnvironment } from '../core/client/environment.js';
import type { DeviceStorage } from '../core/client/storage-device.js';
import type { JournalStore } from '../core/client/storage-journal.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import type { TicketPrinter } from '../core/printing/ticket-printer.js';
import { createIdleWatch, type IdleWatch } from './idle-watch.js';
import { createIssuer, type Issuer } from './issuer.js';
import { openJournal, type JournalKeeper } from './journal.js';
import { createKioskCheckIn } from './kiosk-check-in.js';
import type { KioskRequest } from './kiosk-events.js';
import type { KioskWords } from './kiosk-format.js';
import { createKioskHealth, type HealthProbe, type KioskHealth } from './kiosk-health.js';
import {
  INITIAL_KIOSK,
  isBusy,
  isInUse,
  onlyService,
  reduceKiosk,
  type Answers,
  type KioskAction,
  type KioskState,
} from './kiosk-store.js';
import { createOfferKeeper, type OfferKeeper } from './offer-keeper.js';
import { createPrintDesk, type PrintDesk } from './print-desk.js';
import { createStaffDesk, type StaffDesk } from './staff-desk.js';
import { createSyncer, type Syncer } from './syncer.js';
import { createTicketFlow, type TicketFlow } from './ticket-flow.js';
import { createTimeline, type Timeline } from './timeline.js';

/** Labels that the server would not take are shown to staff, the last of them. */
const REFUSED_KEPT = 20;
/** Of health reports (QK-20); everything that must be looked at now and then goes with them. */
const TICK_MS = 30_000;
const DEFAULT_IDLE_SECONDS = 30;

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
  const machine = new Machine(deps, await openJournal(deps.journalStore));
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
  readonly #offers: OfferKeeper;
  readonly #issuer: Issuer;
  readonly #syncer: Syncer;
  readonly #idle: IdleWatch;
  readonly #health: KioskHealth;
  readonly #printDesk: PrintDesk;
  readonly #staffDesk: StaffDesk;
  readonly #flow: TicketFlow;
  readonly #cleanUps: (() => void)[] = [];
  #tick: unknown;
  #isStopped = false;

  constructor(deps: KioskMachineDeps, journal: JournalKeeper) {
    this.#deps = deps;
    this.#journal = journal;
    const { connection: link, environment, monotonicNow } = deps;
    const { clock } = environment;
    const wallNow = (): number => clock.now();
    const timeline = createTimeline({ monotonicNow, wallNow }, journal.get().mark);
    this.#timeline = timeline;
    const common = {
      ...deps,
      link,
      clock,
      journal,
      timeline,
      wallNow,
      isOnline: () => this.#isOnline(),
      getState: () => this.#state,
      dispatch: (action: KioskAction) => this.#dispatch(action),
      now: () => this.now(),
    };
    const offers = createOfferKeeper(common);
    this.#offers = offers;
    this.#issuer = createIssuer({ ...common, isDayUsable: offers.isDayUsable });
    this.#syncer = createSyncer({
      ...common,
      readDate: offers.readDate,
      handleChange: (refused) => this.#noteHeldBack(refused),
    });
    this.#idle = createIdleWatch(clock, () => this.#readIdleMs(), {
      warn: (secondsLeft) => this.#dispatch({ type: 'idle-warned', secondsLeft }),
      end: () => this.#endSession(),
    });
    const printDesk = createPrintDesk(common);
    this.#printDesk = printDesk;
    this.#health = createKioskHealth({ ...common, checkPrinter: printDesk.check });
    this.#flow = createTicketFlow({
      ...common,
      issuer: this.#issuer,
      printDesk,
      checkIn: createKioskCheckIn(common),
      handleGiven: (isHeldBack) => this.#handleGiven(isHeldBack),
    });
    this.#staffDesk = createStaffDesk({ ...common, printDesk, testPrint: this.#flow.testPrint });
  }

  get #state(): KioskState {
    return this.store.getState();
  }

  start(): void {
    const { connection } = this.#deps;
    const self = this.#offers.restore();
    if (self) this.#takeSelf(self);
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
    return this.#offers.now();
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
        return void this.#flow.runCheckIn(request.code).then(() => this.touch());
      case 'give-phone-end':
        return void this.#flow.goOn({ phoneEnd: request.phoneEnd }).then(() => this.touch());
      case 'choose-line':
        return void this.#flow.goOn({ queueServiceId: request.serviceId }).then(() => this.touch());
      case 'retry':
        this.#dispatch({ type: 'retried' });
        return this.#issueWhenDecided();
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

  #readIdleMs(): number {
    return (this.#state.self?.kiosk?.idleSeconds ?? DEFAULT_IDLE_SECONDS) * 1_000;
  }

  #answer(answers: Answers): void {
    this.#flow.forget();
    this.#dispatch({ type: 'answered', answers });
    this.#issueWhenDecided();
  }

  #issueWhenDecided(): void {
    if (this.#state.session.screen === 'issuing') void this.#flow.issue().then(() => this.touch());
  }

  #handleGiven(isHeldBack: boolean): void {
    this.#health.noteTicket();
    this.#noteHeldBack([]);
    if (isHeldBack) void this.#syncer.flush();
    else this.#restock();
  }

  /** Nothing of the customer stays, in memory or on disk (QK-8). */
  #endSession(): void {
    this.#flow.forget();
    this.#issuer.forget();
    this.#idle.rest();
    this.#dispatch({ type: 'session-ended' });
  }

  #noteHeldBack(refused: readonly string[]): void {
    const refusedLabels = [...this.#state.refusedLabels, ...refused].slice(-REFUSED_KEPT);
    this.#dispatch({ type: 'held-back', count: this.#journal.get().waiting.length, refusedLabels });
  }

  async #begin(): Promise<void> {
    const resuming = this.#resume();
    const self = await this.#deps.connection.request('device:read', {});
    if (self.ok) this.#takeSelf(self.data);
    await this.#readOffer();
    this.#noteHeldBack([]);
    await resuming;
  }

  /** What a power cut interrupted is asked for again, under its own key (QK-18). */
  async #resume(): Promise<void> {
    const { pending } = this.#journal.get();
    if (pending === null) return;
    const outcome = await this.#issuer.resume();
    // Whoever stands here by now has begun something of their own; the interrupted ticket is in the line all the same.
    if (outcome === null || outcome.kind === 'refused' || isInUse(this.#state)) return;
    this.#dispatch({ type: 'language-chosen', language: pending.request.language });
    await this.#flow.finish(outcome, pending.request.token);
    this.touch();
  }

  #takeSelf(self: DeviceSelf): void {
    this.#dispatch({ type: 'self-read', self });
    this.#printDesk.use(this.#deps.createPrinter(self), self);
    this.#offers.keep();
    this.#restock();
  }

  #takeOffer(offer: QueueOffer): void {
    this.#offers.take(offer);
    this.#restock();
  }

  async #readOffer(): Promise<void> {
    await this.#offers.read();
    this.#restock();
  }

  #restock(): void {
    if (!this.#isStopped) void this.#syncer.restock(this.#offers.serviceIds());
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
    else if (!isOnline) this.#offers.refresh();
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
    if (!this.#isOnline()) this.#offers.refresh();
    void this.#syncer.flush();
    this.#restock();
    await this.#health.report();
  }
}
