/**
 * Notices while the page is closed (Web Push, RFC 8030). Only our own page can have them, because their worker comes from our
 * origin; nothing is registered and nobody is asked before the person wants it.
 */
import { createStore, type ReadableStore } from '../core/client/store.js';
import type { TicketConnection } from '../core/client/ticket-client.js';

/**
 * - `none`: not offered here. - `home-screen`: this system allows it to pages on the Home Screen only. - `offered`, `asking`, `on`.
 * - `denied`: the person or the browser said no.
 */
export type NoticesPhase = 'none' | 'home-screen' | 'offered' | 'asking' | 'on' | 'denied';
export interface NoticesState {
  readonly phase: NoticesPhase;
}

export interface TicketNotices extends ReadableStore<NoticesState> {
  /** Finds out whether to offer them; asks the server, never the person. */
  look(): Promise<void>;
  /** From the handler of a touch: asks the person, then tells the server where. */
  turnOn(): Promise<void>;
}

/** What this browser can, so that tests may bring another one. */
export interface NoticesPlatform {
  readonly canPush: boolean;
  /** An iPhone or iPad whose browser keeps push for installed pages. */
  readonly needsHomeScreen: boolean;
  permission(): NotificationPermission;
  askPermission(): Promise<NotificationPermission>;
  subscribe(publicKey: string): Promise<PushSubscriptionJSON>;
}

const WORKER_URL = '/ticket-worker.js';

/** One policy of its own: a worker's address is a script to Trusted Types. */
function toScriptUrl(): string {
  const policy = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): never } }).trustedTypes;
  if (!policy) return WORKER_URL;
  const rules = { createScriptURL: () => WORKER_URL };
  return (policy.createPolicy('frontdesk-ticket', rules) as { createScriptURL(url: string): string }).createScriptURL(
    '',
  );
}

let scriptUrl: string | undefined;

function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

export function detectNoticesPlatform(): NoticesPlatform {
  const canPush = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
  const { standalone } = navigator as { standalone?: boolean };
  return {
    canPush,
    needsHomeScreen: !canPush && standalone === false,
    permission: () => Notification.permission,
    askPermission: () => Notification.requestPermission(),
    async subscribe(publicKey) {
      scriptUrl ??= toScriptUrl();
      const registration = await navigator.serviceWorker.register(scriptUrl, { scope: '/t' });
      await waitUntilActive(registration);
      const options = { userVisibleOnly: true, applicationServerKey: toBytes(publicKey) };
      return (await registration.pushManager.subscribe(options)).toJSON();
    },
  };
}

/** A subscription needs a worker that runs, and `ready` never settles for a page outside of its scope. */
async function waitUntilActive({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting;
  if (active || !worker) return;
  await new Promise<void>((resolve) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
  });
}

export function createTicketNotices(connection: TicketConnection, platform: NoticesPlatform): TicketNotices {
  const store = createStore<NoticesState>({ phase: 'none' });
  let publicKey: string | null = null;

  async function turnOn(): Promise<void> {
    if (publicKey === null) return;
    store.patch({ phase: 'asking' });
    try {
      if ((await platform.askPermission()) !== 'granted') return store.patch({ phase: 'denied' });
      const { endpoint = '', keys = {} } = await platform.subscribe(publicKey);
      const { p256dh = '', auth = '' } = keys;
      const subscription = { endpoint, keys: { p256dh, auth } };
      const result = await connection.request('ticket:subscribe-push', { subscription });
      store.patch({ phase: result.ok ? 'on' : 'offered' });
    } catch {
      // The browser has notices and no push service behind them, or its worker was blocked.
      store.patch({ phase: 'denied' });
    }
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    turnOn,
    async look() {
      if (platform.needsHomeScreen) return store.patch({ phase: 'home-screen' });
      if (!platform.canPush) return;
      const result = await connection.request('ticket:read-push-key', {});
      publicKey = result.ok ? result.data.publicKey : null;
      if (publicKey === null) return;
      store.patch({ phase: platform.permission() === 'denied' ? 'denied' : 'offered' });
    },
  };
}
