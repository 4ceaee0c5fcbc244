/**
 * Keeps customers on the kiosk: no menu, no zoom, no way back to another page, no keys that belong to the browser (QK-17). What the
 * operating system does with its own keys is for its kiosk mode.
 */
export interface Lockdown {
  release(): void;
}

const isBrowserKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  /^(F[1-9]|F1[0-2]|BrowserBack|BrowserForward|BrowserRefresh|BrowserHome|ContextMenu)$/.test(key) ||
  ((ctrlKey || metaKey) && !['c', 'v'].includes(key.toLowerCase())) ||
  (altKey && /^(ArrowLeft|ArrowRight|Home)$/.test(key));

/** `handleBack`: somebody pressed the browser's or the device's back button. */
export function lockPage(host: HTMLElement, handleBack: () => void): Lockdown {
  const stop = new AbortController();
  const { signal } = stop;
  const block = (event: Event): void => event.preventDefault();
  for (const type of ['contextmenu', 'dragstart', 'selectstart', 'gesturestart', 'gesturechange', 'dblclick']) {
    document.addEventListener(type, block, { signal, passive: false });
  }
  const blockPinch = (event: TouchEvent): void => {
    if (event.touches.length > 1) event.preventDefault();
  };
  document.addEventListener('touchmove', blockPinch, { signal, passive: false });
  document.addEventListener('touchstart', blockPinch, { signal, passive: false });
  const blockZoom = (event: WheelEvent): void => {
    if (event.ctrlKey) event.preventDefault();
  };
  document.addEventListener('wheel', blockZoom, { signal, passive: false });
  const blockKeys = (event: KeyboardEvent): void => {
    if (isBrowserKey(event)) event.preventDefault();
  };
  document.addEventListener('keydown', blockKeys, { signal, capture: true });
  // One entry more than there is to go back to; each step back puts it there again.
  history.pushState(null, '');
  const trap = (): void => {
    history.pushState(null, '');
    handleBack();
  };
  window.addEventListener('popstate', trap, { signal });
  host.toggleAttribute('data-locked', true);
  return {
    release() {
      stop.abort();
      host.removeAttribute('data-locked');
    },
  };
}
