import { property } from 'lit/decorators.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { StaffElement } from '../staff/staff-element.js';
import { CounterRequestEvent, type CounterRequest, type Move } from './counter-events.js';
import { canPress, INITIAL_COUNTER, type CounterState } from './counter-store.js';
import { COUNTER_ENGLISH, type CounterSession, type CounterWords } from './counter-words.js';

/** Base of the parts of the console: each draws one state and asks by events. */
export class CounterElement extends StaffElement {
  @property({ attribute: false }) override words: CounterWords = COUNTER_ENGLISH;
  @property({ attribute: false }) state: CounterState = INITIAL_COUNTER;
  @property({ attribute: false }) session: CounterSession | null = null;

  /** Server time, which countdowns run by. */
  protected get nowMs(): number {
    return Date.now() + this.state.clockOffsetMs;
  }

  protected get memberId(): string | undefined {
    return this.session?.membership.id;
  }

  /** A viewer watches; whoever serves may press what can be pressed now. */
  protected get canServe(): boolean {
    return this.session?.membership.role !== 'viewer';
  }

  protected get isBlocked(): boolean {
    return !this.canServe || !canPress(this.state);
  }

  protected request(request: CounterRequest): void {
    this.dispatchEvent(new CounterRequestEvent(request));
  }

  protected move(move: Move): void {
    if (!this.isBlocked) this.request({ type: 'move', move });
  }
}

/** Draws its host anew each second while it is connected. */
export class SecondClock implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#host.requestUpdate(), 1_000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}
