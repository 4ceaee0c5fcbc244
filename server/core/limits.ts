/**
 * Rate limits by name (delivery-protocol section 4, "Rate limits"). What is counted is spelled here; commands only name
 * a limit. Limits that must survive a restart live in the store, with an in-memory limiter as insurance: when the store
 * is down we still count, we never fail open (LIM-01).
 */
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Connection } from 'mongoose';
import { AppError } from './errors.js';

interface LimitRule {
  readonly points: number;
  readonly durationSeconds: number;
  /** `durable` limits are shared between processes and survive a restart. */
  readonly durable?: true;
  /** What a command's limit counts; by default the visitor's token or the member, and the address for anonymous callers. */
  readonly countedBy?: 'address';
}

export const LIMITS = {
  /** A burst of twenty; far above what a person types. */
  'visitor-message': { points: 20, durationSeconds: 10 },
  'visitor-read': { points: 120, durationSeconds: 10 },
  /** Typing signs and markers: cheap, frequent, never stored or only moving a marker. */
  'visitor-signal': { points: 60, durationSeconds: 10 },
  /** New conversations per address prefix and hour; each makes a contact, and a token costs its maker nothing. */
  'visitor-start': { points: 30, durationSeconds: 3_600, countedBy: 'address' },
  'visitor-start-per-site': { points: 600, durationSeconds: 3_600 },
  /** Tickets from phones: one person takes one, a room behind one address takes many. */
  'visitor-join': { points: 120, durationSeconds: 600, countedBy: 'address' },
  /** Holds of one visitor: somebody who picks and picks again. How many live at once is another rule. */
  'visitor-hold': { points: 30, durationSeconds: 60 },
  /** Bookings made, moved and given up behind one address; a family books a handful. */
  'visitor-booking': { points: 60, durationSeconds: 600, countedBy: 'address' },
  /** Bookings that one phone number or e-mail address gets in an hour, whoever types it in. */
  'booking-person': { points: 10, durationSeconds: 3_600, durable: true },
  /** Tries at a booking code with four digits of a phone number (booking.md 5.6). */
  'visitor-find-booking': { points: 5, durationSeconds: 600, durable: true, countedBy: 'address' },
  /** Codes that are mailed for one network, to whomever; each costs somebody a mail that they may not want. */
  'code-request': { points: 20, durationSeconds: 3_600, durable: true, countedBy: 'address' },
  /** … to one address, whoever asks … */
  'code-per-address': { points: 5, durationSeconds: 3_600, durable: true },
  /** … and for one website, so that a crowd of networks cannot make it a source of spam. */
  'code-per-site': { points: 300, durationSeconds: 3_600, durable: true },
  /** Tries at codes from one network; each code counts its own as well. */
  'code-check': { points: 60, durationSeconds: 600, countedBy: 'address' },
  /** The same at a kiosk, counted by device and code: a line of people shares the device. */
  'kiosk-find-booking': { points: 5, durationSeconds: 600, durable: true },
  /** Challenges cost us a signature; who wants many wants to solve many. */
  'visitor-proof': { points: 60, durationSeconds: 600, countedBy: 'address' },
  /** Messages from the form of a contact card; an office behind one address writes a few. */
  'card-message': { points: 10, durationSeconds: 600, countedBy: 'address' },
  /** Pages, vCards and codes of contact cards, over plain HTTP. */
  'card-page': { points: 120, durationSeconds: 60, countedBy: 'address' },
  'calendar-file': { points: 120, durationSeconds: 60, countedBy: 'address' },
  /** Files that are begun behind one address, their parts with second tries, and how many parts they may have together: 200 MB. */
  'visitor-file': { points: 60, durationSeconds: 600, countedBy: 'address' },
  'file-part': { points: 2_400, durationSeconds: 600, countedBy: 'address' },
  'file-volume': { points: 800, durationSeconds: 3_600, durable: true, countedBy: 'address' },
  'file-download': { points: 120, durationSeconds: 60, countedBy: 'address' },
  /** Lists of free times, over plain HTTP. */
  'slot-page': { points: 240, durationSeconds: 10, countedBy: 'address' },
  'visitor-identify': { points: 20, durationSeconds: 60 },
  'staff-message': { points: 60, durationSeconds: 10 },
  'staff-read': { points: 300, durationSeconds: 10 },
  /** Reads months of a log. */
  'staff-report': { points: 20, durationSeconds: 60 },
  'staff-signal': { points: 300, durationSeconds: 10 },
  'staff-write': { points: 60, durationSeconds: 10 },
  'staff-sensitive': { points: 10, durationSeconds: 60 },
  /** Sign-up, refresh, links from mails: per address prefix. */
  'public-session': { points: 60, durationSeconds: 60 },
  'public-mail': { points: 20, durationSeconds: 3_600 },
  /** Failed sign-ins; consumed by the auth domain, not per request. */
  'sign-in-per-account-and-ip': { points: 5, durationSeconds: 900, durable: true },
  'sign-in-per-account': { points: 50, durationSeconds: 3_600, durable: true },
  /** One mail per address and quarter of an hour (AUTH-04). */
  'mail-per-address': { points: 1, durationSeconds: 900, durable: true },
  'socket-connect': { points: 20, durationSeconds: 60 },
  'site-connect': { points: 5_000, durationSeconds: 60 },
  /** Screens of one branch share an address, and all of them come back at once after a power cut. */
  'device-connect': { points: 120, durationSeconds: 60 },
  /** A waiting room behind one address: everybody's phone wakes when a number is called. */
  'ticket-connect': { points: 600, durationSeconds: 60 },
  /** Tickets, devices and API keys over HTTP, by address: those that open nothing, and those that are just looked up. */
  'wrong-token': { points: 600, durationSeconds: 60 },
  'device-read': { points: 120, durationSeconds: 10 },
  'device-write': { points: 60, durationSeconds: 10 },
  /** One ticket in two seconds; a finger is not faster, a stuck button is (QK-19). */
  'kiosk-issue': { points: 5, durationSeconds: 10 },
  'device-pin': { points: 5, durationSeconds: 300 },
  /** Every unpaired screen of a branch asks each three seconds; new codes are few, so that they stay hard to hit. */
  'device-pairing': { points: 400, durationSeconds: 60 },
  'device-code': { points: 40, durationSeconds: 600 },
  /** Tries at a code of six digits, right ones too; twenty of a million. */
  'device-pair': { points: 20, durationSeconds: 600, durable: true },
  'ticket-read': { points: 60, durationSeconds: 10 },
  'ticket-write': { points: 15, durationSeconds: 10 },
} as const satisfies Record<string, LimitRule>;

export type LimitName = keyof typeof LIMITS;
const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[];

export function isCountedByAddress(name: LimitName): boolean {
  return (LIMITS[name] as LimitRule).countedBy === 'address';
}

export interface Limits {
  /** Counts `points`; throws RATE_LIMITED with `retryAfterMs` when the key has none left. */
  consume(name: LimitName, key: string, points?: number): Promise<void>;
  /** Takes one point back that was counted before it was known whether it should be. */
  giveBack(name: LimitName, key: string): Promise<void>;
  /** Throws RATE_LIMITED when the key has none left, without counting. */
  check(name: LimitName, key: string): Promise<void>;
  /** Builds the unique index of the durable limits; without it two processes could count the same key twice. */
  prepare(): Promise<void>;
  /** Forgets a key, for instance after a successful sign-in. */
  reset(name: LimitName, key: string): Promise<void>;
}

export interface LimitsOptions {
  /** Multiplies every number of points; load tests and benchmarks raise it. */
  readonly multiplier: number;
  /** Absent: durable limits are kept in memory too. */
  readonly connection?: Connection;
}

function createLimiter(name: LimitName, rule: LimitRule, options: LimitsOptions): RateLimiterAbstract {
  const common = {
    keyPrefix: name,
    points: Math.max(1, Math.round(rule.points * options.multiplier)),
    duration: rule.durationSeconds,
  };
  const memory = new RateLimiterMemory(common);
  if (!rule.durable || !options.connection) return memory;
  return new RateLimiterMongo({
    ...common,
    storeClient: options.connection.getClient(),
    dbName: options.connection.name,
    tableName: 'rate_limits',
    insuranceLimiter: memory,
    disableIndexesCreation: true,
  });
}

function toRateLimited(reason: unknown): unknown {
  if (reason instanceof RateLimiterRes) {
    return new AppError('RATE_LIMITED', { retryAfterMs: Math.max(1, reason.msBeforeNext) });
  }
  return reason;
}

export function createLimits(options: LimitsOptions): Limits {
  const limiters = new Map<LimitName, RateLimiterAbstract>();
  function find(name: LimitName): RateLimiterAbstract {
    const known = limiters.get(name);
    if (known) return known;
    const limiter = createLimiter(name, LIMITS[name], options);
    limiters.set(name, limiter);
    return limiter;
  }
  return {
    async prepare() {
      const durable = LIMIT_NAMES.map(find).find((limiter) => limiter instanceof RateLimiterMongo);
      await durable?.createIndexes();
    },
    async consume(name, key, points = 1) {
      try {
        await find(name).consume(key, points);
      } catch (reason) {
        throw toRateLimited(reason);
      }
    },
    async giveBack(name, key) {
      await find(name).reward(key);
    },
    async check(name, key) {
      const limiter = find(name);
      const state = await limiter.get(key);
      if (state && state.consumedPoints >= limiter.points && state.msBeforeNext > 0) throw toRateLimited(state);
    },
    async reset(name, key) {
      await find(name).delete(key);
    },
  };
}
