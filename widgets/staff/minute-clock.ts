/** One timer per page for everything that shows an age, however many rows there are. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const TICK_MS = 30_000;
const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

export class MinuteClock implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The time of the last tick: the same for all renders between two ticks, so that rows need not draw again. */
  get nowMs(): number {
    return Math.floor(Date.now() / TICK_MS) * TICK_MS;
  }

  hostConnected(): void {
    hosts.add(this.#host);
    timer ??= setInterval(() => {
      for (const host of hosts) host.requestUpdate();
    }, TICK_MS);
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    if (hosts.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}
