/**
 * Keeps the page of a screen so that it starts without a network (QD-7): what it showed last it knows from its own storage, and this
 * brings the files that draw it. Files whose names carry a hash never change; all others are asked for first.
 */
const CACHE = 'frontdesk-device-1';
const NETWORK_WITHIN_MS = 4_000;
/** More than two releases of everything that a screen fetches. */
const MAX_FILES = 80;
const HASHED = /^\/widgets\/.*-[\w-]{8,}\.(?:js|mp3)$/;
const KEPT = /^\/(?:display|kiosk|hosted\.css|widgets\/.+)$/;

const isKept = (url) => url.origin === location.origin && KEPT.test(url.pathname);

async function keep(request, response) {
  if (!response.ok) return;
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MAX_FILES)).map((key) => cache.delete(key)));
}

async function fetchAndKeep(request) {
  const response = await fetch(request);
  await keep(request, response.clone()).catch(() => {});
  return response;
}

async function networkFirst(request) {
  const kept = caches.match(request, { ignoreVary: true });
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('late')), NETWORK_WITHIN_MS);
  });
  try {
    const response = await Promise.race([fetchAndKeep(request), late]);
    return response.ok ? response : (await kept) || response;
  } catch (error) {
    const found = await kept;
    if (found) return found;
    throw error;
  }
}

async function cacheFirst(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetchAndKeep(request);
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || !isKept(url)) return;
  event.respondWith(HASHED.test(url.pathname) ? cacheFirst(event.request) : networkFirst(event.request));
});
/** The page names what it fetched before this script was there. */
self.addEventListener('message', (event) => {
  const urls = Array.isArray(event.data) ? event.data.filter((url) => isKept(new URL(url))) : [];
  event.waitUntil(
    Promise.all(
      urls.map(async (url) => (await caches.match(url, { ignoreVary: true })) || fetchAndKeep(url).catch(() => {})),
    ),
  );
});
