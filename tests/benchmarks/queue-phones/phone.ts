/** A phone that follows its place as the product's does: reads once, then applies what the whole pool is told. */
import { applyOrderChange } from '@frontdesk/domain/queue/position';
import type { OrderChange } from '@frontdesk/protocol/facts';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { Result } from '@frontdesk/protocol/result';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { openRawSocket, type RawSocket } from '../chat/raw-socket.js';

export interface Phone {
  readonly token: string;
  /** As its holder sees it. */
  state: HolderState;
  ahead: number | null;
  orderRev: number;
  /** Times that it had to read again because it had missed a change. */
  rereads: number;
  close(): void;
}

export interface PhoneListeners {
  /** The order of the pool moved on, and this phone's place with it. */
  readonly handleOrder: (phone: Phone, orderRev: number) => void;
  readonly handleChanged: (phone: Phone, state: HolderState) => void;
}

type OrderFact = { readonly change: OrderChange | null; readonly orderRev: number };

class RawPhone implements Phone {
  readonly token: string;
  state!: HolderState;
  ahead: number | null = null;
  orderRev = 0;
  rereads = 0;
  readonly #socket: RawSocket;
  readonly #listeners: PhoneListeners;
  /** What was told before the first answer came. */
  #early: OrderFact[] | null = [];

  constructor(token: string, socket: RawSocket, listeners: PhoneListeners) {
    this.token = token;
    this.#socket = socket;
    this.#listeners = listeners;
    socket.on((event, payload) => this.#hear(event, payload));
  }

  async read(): Promise<void> {
    const result = (await this.#socket.request('ticket:read', { input: {} })) as Result<HolderState>;
    if (!result.ok) throw new Error(result.error.code);
    this.#take(result.data);
    const early = this.#early ?? [];
    this.#early = null;
    for (const fact of early) this.#follow(fact);
  }

  close(): void {
    this.#socket.close();
  }

  #take(state: HolderState): void {
    this.state = state;
    this.ahead = state.place?.ahead ?? null;
    this.orderRev = state.place?.orderRev ?? this.orderRev;
  }

  #hear(event: string, payload: unknown): void {
    if (event === 'ticket:changed') {
      this.#take((payload as { state: HolderState }).state);
      this.#listeners.handleChanged(this, this.state);
    } else if (event === 'order:changed') {
      if (this.#early) this.#early.push(payload as OrderFact);
      else this.#follow(payload as OrderFact);
    } else if (event === 'order:reset') this.#readAgain();
  }

  #follow({ change, orderRev }: OrderFact): void {
    if (this.ahead === null || orderRev <= this.orderRev) return;
    if (change?.fromRev !== this.orderRev) return this.#readAgain();
    this.ahead = applyOrderChange(this.ahead, change);
    this.orderRev = orderRev;
    this.#listeners.handleOrder(this, orderRev);
  }

  #readAgain(): void {
    this.rereads += 1;
    void this.read();
  }
}

/** Resolves when the phone shows its place. */
export async function openPhone(url: string, token: string, listeners: PhoneListeners): Promise<Phone> {
  const socket = await openRawSocket({
    url,
    namespace: '/ticket',
    query: { audience: 'ticket' },
    auth: { token, protocol: PROTOCOL_VERSION },
    origin: url,
  });
  const phone = new RawPhone(token, socket, listeners);
  await phone.read();
  return phone;
}
