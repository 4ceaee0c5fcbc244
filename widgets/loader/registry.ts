/** What the loader leaves on the page: one object under `Symbol.for('frontdesk')`, and nothing else. */
export interface FrontdeskRegistry {
  /** Origin that the loader came from; elements without an address of their own use it. */
  readonly serverUrl: string;
  readonly version: string;
  /** Tag → its definition on the way. A tag is here from the moment it was found on the page. */
  readonly elements: Record<string, Promise<unknown>>;
}
