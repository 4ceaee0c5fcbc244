/** Keeps the screen from going to sleep, as long as the page is visible; the browser gives the lock back whenever it is not. */
import type { DeviceHealth } from '@frontdesk/protocol/devices';

export interface WakeLockKeeper {
  read(): DeviceHealth['wakeLock'];
  release(): void;
}

export function keepAwake(): WakeLockKeeper {
  const { wakeLock } = navigator as { readonly wakeLock?: WakeLock };
  if (!wakeLock) return { read: () => 'unsupported', release() {} };
  const stop = new AbortController();
  let sentinel: WakeLockSentinel | null = null;
  const request = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || stop.signal.aborted) return;
    sentinel = await wakeLock.request('screen').catch(() => null);
    if (stop.signal.aborted) void sentinel?.release();
  };
  document.addEventListener('visibilitychange', () => void request(), { signal: stop.signal });
  void request();
  return {
    read: () => (sentinel !== null && !sentinel.released ? 'held' : 'missing'),
    release() {
      stop.abort();
      void sentinel?.release();
    },
  };
}
