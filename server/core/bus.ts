/**
 * Domain events inside one process. Domains add their events by declaration merging:
 *
 *     declare module '../core/bus.js' {
 *       interface DomainEvents { 'message:sent': { … } }
 *     }
 *
 * A listener that throws is logged and hurts nobody else. What must not be lost does not travel here: it is a job.
 */
import type { Logger } from './logger.js';

// Empty here: the domains fill it through declaration merging.
export interface DomainEvents {}

export type DomainEventName = keyof DomainEvents & string;
type Listener<Name extends DomainEventName> = (event: DomainEvents[Name]) => void | Promise<void>;

export interface EventBus {
  publish<Name extends DomainEventName>(name: Name, event: DomainEvents[Name]): void;
  /** Returns the function that ends the subscription. */
  subscribe<Name extends DomainEventName>(name: Name, listener: Listener<Name>): () => void;
}

export function createEventBus(log: Logger): EventBus {
  const listeners = new Map<string, Set<(event: never) => void | Promise<void>>>();
  return {
    publish(name, event) {
      for (const listener of listeners.get(name) ?? []) {
        const fail = (error: unknown): void => log.error({ err: error, event: name }, 'a listener failed');
        try {
          const pending = listener(event as never);
          if (pending) pending.catch(fail);
        } catch (error) {
          fail(error);
        }
      }
    },
    subscribe(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}
