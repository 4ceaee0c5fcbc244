// Shows what the server pushes to the holder of a ticket, and brings their page to the front. It keeps nothing and fetches nothing.
self.addEventListener('push', (event) => {
  const { title, body, language, tag } = event.data.json();
  const options = { body, lang: language, tag, renotify: true, dir: 'auto', vibrate: [400, 150, 400] };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const open = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const page = pages.find(({ url }) => new URL(url).pathname === '/t');
    // The page remembers its ticket; the address, which opens it, never comes here.
    await (page ? page.focus() : self.clients.openWindow('/t'));
  };
  event.waitUntil(open());
});
