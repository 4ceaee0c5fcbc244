import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/** Anything with a current state and a way to hear about the next one. */
export interface Subscribable<State> {
  getState(): State;
  subscribe(listener: () => void): () => void;
}

/**
 * Binds a store to a host: subscribes while the host is connected and asks for an update when the selected part of the
 * state is another value than before.
 */
export class StoreController<State, Selected = State> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #select: (state: State) => Selected;
  #store: Subscribable<State> | undefined;
  #unsubscribe: (() => void) | undefined;
  #value: Selected | undefined;
  #isConnected = false;

  constructor(
    host: ReactiveControllerHost,
    store: Subscribable<State> | undefined,
    select: (state: State) => Selected = (state) => state as unknown as Selected,
  ) {
    this.#host = host;
    this.#select = select;
    this.#store = store;
    host.addController(this);
  }

  /** The selected part of the state; undefined as long as there is no store. */
  get value(): Selected | undefined {
    return this.#store ? this.#select(this.#store.getState()) : undefined;
  }

  /** Exchanges the store, or takes it away. */
  setStore(store: Subscribable<State> | undefined): void {
    if (store === this.#store) return;
    this.#release();
    this.#store = store;
    if (this.#isConnected) this.#acquire();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#acquire();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#release();
  }

  #acquire(): void {
    if (!this.#store || this.#unsubscribe) return;
    this.#value = this.value;
    this.#unsubscribe = this.#store.subscribe(() => {
      const value = this.value;
      if (Object.is(value, this.#value)) return;
      this.#value = value;
      this.#host.requestUpdate();
    });
  }

  #release(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
