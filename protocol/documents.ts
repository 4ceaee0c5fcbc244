/** Documents for other programs, generated from the catalogue; the server publishes them at the root. */
export { createAsyncApi } from './asyncapi.js';
export type { Json } from './json-schema.js';
export { createOpenApi } from './openapi.js';
