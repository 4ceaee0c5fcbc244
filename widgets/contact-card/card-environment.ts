/** What a card needs of the world around it. It has no socket and keeps nothing, so the modules for those are not fetched with it. */
import { systemClock } from '../core/client/clock.js';
import type { ClientEnvironment } from '../core/client/environment.js';
import { createPageLifecycle } from '../core/client/lifecycle.js';

export type CardEnvironment = Pick<ClientEnvironment, 'clock' | 'lifecycle' | 'fetch'>;

let shared: CardEnvironment | undefined;

/** The page's own, made once. */
export function getCardEnvironment(): CardEnvironment {
  shared ??= {
    clock: systemClock,
    lifecycle: createPageLifecycle(),
    fetch: (input, init) => globalThis.fetch(input, init),
  };
  return shared;
}
