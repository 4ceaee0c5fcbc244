/** What every domain is built from. `compose.ts` makes one per server. */
import type { Connection } from 'mongoose';
import type { Config } from '../config.js';
import type { EventBus } from './bus.js';
import type { Clock } from './clock.js';
import type { JobQueue } from './jobs.js';
import type { Limits } from './limits.js';
import type { Logger } from './logger.js';

export interface CoreDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly log: Logger;
  readonly bus: EventBus;
  readonly limits: Limits;
  readonly jobs: JobQueue;
}
