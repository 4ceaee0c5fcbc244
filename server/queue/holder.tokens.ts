/**
 * Who holds which ticket, by the hash of its token. Ten thousand phones come back in the same seconds after a restart, so unknown
 * tokens are looked up together, one query at a time; and when many wait, their location's are read in one go (5.10).
 *
 * Unknown, purged and foreign tokens take the same way and get the same answer (QP-11).
 */
import { TOKEN_PATTERN, type TicketId } from '@frontdesk/protocol/ids';
import type { Authenticators } from '../core/authenticators.js';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import { hashSecret } from '../core/secrets.js';
import { queueKey } from './queue-key.js';
import type { QueueHandle, TicketRow } from './queue.types.js';
import type { HolderStore } from './holder.store.js';

/** What another process purged stops opening anything here after this long. */
const TTL_MS = 60_000;
const MAX_ENTRIES = 50_000;
const MAX_PER_QUERY = 200;
/** More phones of one branch than this within moments are a branch coming back. */
const CROWD = 16;
const CROWD_WINDOW_MS = 5_000;

export interface Holder extends QueueHandle {
  readonly ticketId: TicketId;
  readonly tokenHash: string;
  isRated: boolean;
  readonly readAtMs: number;
}

export interface HolderTokens {
  readonly authenticate: Authenticators['ticket'];
  readonly listOpen: Authenticators['listOpenTickets'];
  /** As this process read it last; undefined for a ticket whose token nobody showed. */
  peek(id: TicketId): Holder | undefined;
  forget(id: TicketId): void;
}

export interface HolderTokensDeps {
  readonly store: Pick<HolderStore, 'findByTokens' | 'listHolders' | 'listOpen'>;
  readonly clock: Clock;
  /** Told of every row that was read. */
  readonly note: (row: TicketRow) => void;
}

type Settle = (holder: Holder | undefined) => void;

export function createHolderTokens({ store, clock, note }: HolderTokensDeps): HolderTokens {
  const byHash = new Map<string, Holder>();
  const byTicket = new Map<TicketId, Holder>();
  const waiting = new Map<string, { readonly settle: Settle[]; readonly fail: ((error: unknown) => void)[] }>();
  /** Phones looked up since the window began, by branch. */
  const lookedUp = new Map<string, number>();
  let windowBeganMs = 0;
  let isLooking = false;

  function remember(row: TicketRow, tokenHash: string): Holder {
    const { tenantId, locationId, id: ticketId } = row;
    const holder = { tenantId, locationId, ticketId, tokenHash, isRated: row.rating !== null, readAtMs: clock.now() };
    byHash.delete(tokenHash);
    byHash.set(tokenHash, holder);
    byTicket.set(ticketId, holder);
    const oldest = byHash.values().next();
    if (byHash.size > MAX_ENTRIES && !oldest.done) drop(oldest.value);
    note(row);
    return holder;
  }

  function drop({ tokenHash, ticketId }: Holder): void {
    byHash.delete(tokenHash);
    byTicket.delete(ticketId);
  }

  function findKnown(tokenHash: string): Holder | undefined {
    const known = byHash.get(tokenHash);
    return known && known.readAtMs + TTL_MS > clock.now() ? known : undefined;
  }

  /** One row of each branch of which many phones were looked up lately, whether together or one by one. */
  function findCrowds(rows: readonly TicketRow[]): TicketRow[] {
    if (clock.now() - windowBeganMs >= CROWD_WINDOW_MS) {
      lookedUp.clear();
      windowBeganMs = clock.now();
    }
    const crowds = new Map<string, TicketRow>();
    for (const row of rows) {
      const key = queueKey(row);
      const count = (lookedUp.get(key) ?? 0) + 1;
      lookedUp.set(key, count);
      if (count > CROWD) crowds.set(key, row);
    }
    for (const key of crowds.keys()) lookedUp.delete(key);
    return [...crowds.values()];
  }

  /** The crowd's other tokens are, all but a few, of the same branch. */
  async function readCrowd(row: TicketRow): Promise<void> {
    for (const { row: other, tokenHash } of await store.listHolders(row, row.locationId, row.serviceDay)) {
      remember(other, tokenHash);
    }
  }

  async function look(hashes: readonly string[]): Promise<void> {
    const found = new Map<string, Holder>();
    const open = hashes.filter((hash) => {
      const known = findKnown(hash);
      if (known) found.set(hash, known);
      return !known;
    });
    const rows = open.length === 0 ? [] : await store.findByTokens(open);
    for (const { row, tokenHash } of rows) found.set(tokenHash, remember(row, tokenHash));
    for (const row of findCrowds(rows.map(({ row: one }) => one))) await readCrowd(row);
    for (const hash of hashes) {
      const asked = waiting.get(hash);
      waiting.delete(hash);
      const holder = found.get(hash);
      if (!holder) byHash.delete(hash);
      for (const settle of asked?.settle ?? []) settle(holder);
    }
  }

  async function lookAll(): Promise<void> {
    while (waiting.size > 0) {
      const hashes = [...waiting.keys()].slice(0, MAX_PER_QUERY);
      try {
        await look(hashes);
      } catch (error) {
        for (const hash of hashes) {
          const asked = waiting.get(hash);
          waiting.delete(hash);
          for (const fail of asked?.fail ?? []) fail(error);
        }
      }
    }
    isLooking = false;
  }

  function find(tokenHash: string): Promise<Holder | undefined> {
    return new Promise((resolve, reject) => {
      const asked = waiting.get(tokenHash) ?? { settle: [], fail: [] };
      asked.settle.push(resolve);
      asked.fail.push(reject);
      waiting.set(tokenHash, asked);
      if (isLooking) return;
      isLooking = true;
      // What arrives in the same turn asks together.
      setImmediate(() => void lookAll());
    });
  }

  return {
    async authenticate(token) {
      if (typeof token !== 'string' || !TOKEN_PATTERN.test(token)) throw new AppError('NOT_FOUND');
      const tokenHash = hashSecret(token);
      const holder = findKnown(tokenHash) ?? (await find(tokenHash));
      if (!holder) throw new AppError('NOT_FOUND');
      const { tenantId, ticketId, locationId } = holder;
      return { tenantId, actor: { kind: 'ticket', ticketId, locationId } };
    },
    async listOpen(shown) {
      const hashes = new Map(shown.map((token) => [hashSecret(token), token]));
      const open = new Set(await store.listOpen([...hashes.keys()]));
      for (const hash of hashes.keys()) {
        const holder = byHash.get(hash);
        if (holder && !open.has(hash)) drop(holder);
      }
      return new Set([...hashes].flatMap(([hash, token]) => (open.has(hash) ? token : [])));
    },
    peek: (id) => byTicket.get(id),
    forget(id) {
      const holder = byTicket.get(id);
      if (holder) drop(holder);
    },
  };
}
