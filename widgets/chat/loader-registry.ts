/** What the script tag's loader leaves for the elements it loads. */
interface LoaderRegistry {
  readonly serverUrl?: string;
  readonly site?: string;
}

/** The server that the loader came from; empty when the page brought the element in another way. */
export function readLoaderRegistry(): LoaderRegistry {
  return ((globalThis as Record<symbol, unknown>)[Symbol.for('frontdesk')] as LoaderRegistry | undefined) ?? {};
}
