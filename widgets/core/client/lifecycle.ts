/**
 * What the page lives through, in the words that the client needs. In Node, and wherever there is no document, the
 * page is always visible and nothing ever happens to it.
 */
import { isVisitorTokenKey } from './storage-manifest.js';
import type { Unsubscribe } from './store.js';

/**
 * - `wake`: the page became visible or focused, the network came back, it left the back/forward cache, or another tab
 *   began a conversation. Whoever may have missed something looks now.
 * - `hide`: the page went out of sight; save what is only in memory.
 * - `suspend`: the page is being left (`pagehide`); close connections so that it may enter the back/forward cache.
 * - `resume`: it came back from there.
 * - `offline`: the browser says that there is no network.
 */
export type LifecycleSignal = 'wake' | 'hide' | 'suspend' | 'resume' | 'offline';

export interface PageLifecycle {
  isVisible(): boolean;
  on(signal: LifecycleSignal, listener: () => void): Unsubscribe;
}

export interface ManualLifecycle extends PageLifecycle {
  setVisible(isVisible: boolean): void;
  emit(signal: LifecycleSignal): void;
}

/** A lifecycle that its owner drives: tests, the reliability harness, and pages without a document. */
export function createManualLifecycle(): ManualLifecycle {
  const listeners = new Map<LifecycleSignal, Set<() => void>>();
  let visible = true;
  return {
    isVisible: () => visible,
    setVisible(isVisible) {
      visible = isVisible;
    },
    emit(signal) {
      for (const listener of [...(listeners.get(signal) ?? [])]) listener();
    },
    on(signal, listener) {
      const group = listeners.get(signal) ?? new Set();
      listeners.set(signal, group.add(listener));
      return () => void group.delete(listener);
    },
  };
}

/** Listens to the page it runs in; the listeners are passive and stay for the life of the page. */
export function createPageLifecycle(): PageLifecycle {
  const manual = createManualLifecycle();
  if (typeof document === 'undefined' || typeof window === 'undefined') return manual;
  const wake = (): void => manual.emit('wake');
  document.addEventListener('visibilitychange', () => manual.emit(document.hidden ? 'hide' : 'wake'), {
    passive: true,
  });
  window.addEventListener('online', wake, { passive: true });
  window.addEventListener('focus', wake, { passive: true });
  const handleStorage = ({ key, newValue }: StorageEvent): void => {
    if (isVisitorTokenKey(key) && newValue !== null) wake();
  };
  window.addEventListener('storage', handleStorage, { passive: true });
  window.addEventListener('offline', () => manual.emit('offline'), { passive: true });
  window.addEventListener('pagehide', () => manual.emit('suspend'), { passive: true });
  window.addEventListener(
    'pageshow',
    () => {
      manual.emit('resume');
      manual.emit('wake');
    },
    { passive: true },
  );
  return { isVisible: () => !document.hidden, on: manual.on };
}
