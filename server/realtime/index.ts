/** The parts that `realtime.ts` puts together. */
export { createArrivals } from './arrivals.js';
export { createCommandHandler } from './command-handler.js';
export { openNamespaces, type AnySocket, type ConnectedAudience, type Namespaces } from './connection.js';
export { createFactHub } from './fact-hub.js';
export { createHandshakes } from './handshake.js';
export { createOriginGate } from './origin-gate.js';
export { startSweeps } from './sweeps.js';
