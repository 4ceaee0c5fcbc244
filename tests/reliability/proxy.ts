/**
 * A TCP proxy that does to connections what networks do. `up` is client to server, `down` is server to client. Faults
 * are a state of the proxy and hold for open and for new connections until they are lifted.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Random } from './random.js';

export type Direction = 'up' | 'down';

export interface Faults {
  /** Bytes in these directions vanish; the connection stays open (half-open, or deaf on one ear). */
  readonly drop: readonly Direction[];
  /** Each piece waits this long, plus up to `jitterMs`; order is kept, as TCP keeps it. */
  readonly latencyMs: number;
  readonly jitterMs: number;
  /** Pieces are cut into this many bytes; 0 leaves them as they are. */
  readonly sliceBytes: number;
  /** New connections are refused. */
  readonly refuse: boolean;
  /** New connections are accepted and then nothing happens on them. */
  readonly swallow: boolean;
}

export const NO_FAULTS: Faults = {
  drop: [],
  latencyMs: 0,
  jitterMs: 0,
  sliceBytes: 0,
  refuse: false,
  swallow: false,
};

export interface FaultProxy {
  readonly port: number;
  readonly url: string;
  setFaults(faults: Partial<Faults>): void;
  clearFaults(): void;
  /** Ends all open connections with a TCP reset; answers how many there were. */
  resetAll(): number;
  /** Ends all open connections as soon as the server has sent `bytes` more on one of them: an acknowledgement is cut. */
  cutAfterDownBytes(bytes: number): void;
  /** Lets bytes of new kinds be inspected: called with every piece from the server; true swallows the piece. */
  setDownFilter(filter: ((piece: Buffer) => boolean) | null): void;
  readonly openCount: number;
  /** The server moved to another port (it was restarted). */
  setTarget(port: number): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly targetPort: number;
  readonly random: Random;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

const HOST = '127.0.0.1';

export async function startFaultProxy(options: ProxyOptions): Promise<FaultProxy> {
  const { random } = options;
  const pairs = new Set<Pair>();
  const lonely = new Set<Socket>();
  let { targetPort } = options;
  let faults: Faults = NO_FAULTS;
  let downBudget: number | null = null;
  let downFilter: ((piece: Buffer) => boolean) | null = null;

  const resetAll = (): number => {
    const count = pairs.size + lonely.size;
    for (const { client, server } of pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
    for (const socket of lonely) socket.resetAndDestroy();
    pairs.clear();
    return count;
  };

  /** True when the piece was the one at which the connections are cut; what fits into the budget still goes out. */
  const cutInside = (piece: Buffer, to: Socket): boolean => {
    if (downBudget === null) return false;
    if (piece.length < downBudget) {
      downBudget -= piece.length;
      return false;
    }
    const rest = downBudget;
    downBudget = null;
    // The connection is cut when the first part is on its way, so that the reader really gets half a frame.
    if (rest > 0) to.write(piece.subarray(0, rest), resetAll);
    else resetAll();
    return true;
  };

  const pump = (from: Socket, to: Socket, direction: Direction): void => {
    let line: Promise<void> = Promise.resolve();
    let earliest = 0;
    const forward = async (piece: Buffer): Promise<void> => {
      const { latencyMs, jitterMs, sliceBytes } = faults;
      if (latencyMs + jitterMs > 0) {
        earliest = Math.max(earliest, performance.now() + latencyMs + random.next() * jitterMs);
        await new Promise((resolve) => setTimeout(resolve, earliest - performance.now()));
      }
      if (faults.drop.includes(direction) || to.destroyed) return;
      if (direction === 'down' && (downFilter?.(piece) || cutInside(piece, to))) return;
      if (sliceBytes === 0) return void to.write(piece);
      for (let at = 0; at < piece.length; at += sliceBytes) {
        to.write(piece.subarray(at, at + sliceBytes));
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    from.on('data', (piece: Buffer) => {
      line = line.then(() => forward(piece));
    });
    from.on('end', () => void line.then(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => void line.then(() => to.destroy()));
  };

  const accept = (client: Socket): void => {
    client.setNoDelay(true);
    client.on('error', () => {});
    if (faults.refuse) return void client.resetAndDestroy();
    if (faults.swallow) {
      lonely.add(client);
      client.on('close', () => lonely.delete(client));
      client.resume();
      return;
    }
    const server = connect({ port: targetPort, host: HOST, noDelay: true });
    const pair: Pair = { client, server };
    pairs.add(pair);
    pump(client, server, 'up');
    pump(server, client, 'down');
    client.on('close', () => pairs.delete(pair));
  };

  const listener: Server = createServer(accept);
  await new Promise<void>((resolve) => listener.listen(0, HOST, resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    url: `http://${HOST}:${port}`,
    setFaults: (change) => {
      faults = { ...faults, ...change };
    },
    clearFaults: () => {
      faults = NO_FAULTS;
      downBudget = null;
    },
    resetAll,
    cutAfterDownBytes: (bytes) => {
      downBudget = bytes;
    },
    setDownFilter: (filter) => {
      downFilter = filter;
    },
    get openCount() {
      return pairs.size + lonely.size;
    },
    setTarget: (next) => {
      targetPort = next;
    },
    async close() {
      resetAll();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
