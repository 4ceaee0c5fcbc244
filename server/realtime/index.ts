/** The parts that `realtime.ts` puts together. */
export { createArrivals } from './arrivals.js';
export { createCommandHandler } from './command-handler.js';
export { NAMESPACES, type AnyNamespace, type AnySocket } from './connection.js';
export { createFactHub } from './fact-hub.js';
export { createHandshakes } from './handshake.js';
export { createOriginGate } from './origin-gate.js';
export { startSweeps } from './sweeps.js';
