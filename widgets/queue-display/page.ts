/** The script of `/display`: the element in the syntax of old televisions, and a worker that keeps the page for a start without a network. */
import './old-browsers.js';
import './define.js';

const WORKER_URL = '/device-worker.js';
const SCOPE = '/display';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Under our policy only a named maker may name a script; browsers that know no such policy take the address. */
function nameWorker(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('frontdesk-device', { createScriptURL: (url) => url });
  return policy?.createScriptURL(WORKER_URL) ?? WORKER_URL;
}

async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(nameWorker(), { scope: SCOPE });
  const { active } = await navigator.serviceWorker.ready;
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
  active?.postMessage([location.href, ...fetched]);
}

// Without HTTPS, or where the browser forbids it, the page simply needs its network to start.
addEventListener('load', () => void keepPage().catch(() => {}));
