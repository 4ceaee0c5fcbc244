import type { FrontdeskRegistry } from '../loader/registry.js';

/** The server that the script tag's loader came from; undefined when the page brought the element in another way. */
export function readLoaderServer(): string | undefined {
  const registry = (globalThis as Record<symbol, unknown>)[Symbol.for('frontdesk')] as FrontdeskRegistry | undefined;
  return registry?.serverUrl;
}
