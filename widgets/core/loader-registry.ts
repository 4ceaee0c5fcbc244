import type { FrontdeskRegistry } from '../loader/registry.js';

/** What the script tag's loader left for the elements; undefined when the page brought the element in another way. */
export function readLoaderRegistry(): FrontdeskRegistry | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for('frontdesk')] as FrontdeskRegistry | undefined;
}

/** Where an element asks: what its `server` attribute says, the server that its code came from, or the page's own. No slash at the end. */
export function resolveServerUrl(server: string | null): string {
  return (server ?? readLoaderRegistry()?.serverUrl ?? globalThis.location.origin).replace(/\/+$/, '');
}
