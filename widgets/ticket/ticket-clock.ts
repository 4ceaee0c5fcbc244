/** The server's clock as a phone knows it, whose own may be hours off: to a moment until the live connection says it. */
export interface TicketClock {
  /** Epoch milliseconds of the server. */
  now(): number;
  /** The server said what time it is. */
  know(serverMs: number): void;
  /** The server wrote this a moment ago; worth less than what it said. */
  guess(serverMs: number): void;
}

export function createTicketClock(localNow: () => number): TicketClock {
  let offsetMs: number | null = null;
  let isKnown = false;
  return {
    now: () => localNow() + (offsetMs ?? 0),
    know(serverMs) {
      offsetMs = serverMs - localNow();
      isKnown = true;
    },
    guess(serverMs) {
      if (!isKnown) offsetMs = serverMs - localNow();
    },
  };
}
