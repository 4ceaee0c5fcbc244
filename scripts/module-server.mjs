import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Serves the compiled modules of the project as they are, so that a page can import any of them. `origin` without a slash at the end. */
export async function startModuleServer() {
  const server = await createServer({
    root: dirname(dirname(fileURLToPath(import.meta.url))),
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  return { origin: `http://127.0.0.1:${server.httpServer.address().port}`, close: () => server.close() };
}

/** Opens an empty page of that origin. */
export async function openBlankPage(page, origin) {
  const address = `${origin}/blank`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }));
  await page.goto(address);
}
