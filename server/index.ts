/** Process entry: configuration → server → listen → signals. */
import { createServer } from './compose.js';
import { ConfigError, loadConfig } from './config.js';
import { closeOnSignals } from './core/shutdown.js';

export { createServer, type FrontdeskServer, type ServerOverrides } from './compose.js';
export { loadConfig, ConfigError, type Config } from './config.js';

async function main(): Promise<void> {
  const server = await createServer(loadConfig());
  closeOnSignals(server, server.log);
  await server.listen();
}

if (process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    // A refused configuration is the operator's to mend: the list of problems, not a stack trace.
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  }
}
