/** Listens, splits the byte stream into frames and answers them, one after the other per connection. */
import { createServer, type Server, type Socket } from 'node:net';
import { dispatch } from '../commands/dispatch.js';
import type { Engine } from '../engine.js';
import { describeError, StoreError } from '../errors.js';
import { buildReply, headerBytes, maxFrameBytes, opCodes, parseFrame, type Request } from './frames.js';

/** Frames that wait on one connection; a client that sends more without reading is paused. */
const maxQueuedFrames = 64;

class ClientConnection {
  readonly #engine: Engine;
  readonly #socket: Socket;
  readonly #id: number;
  #chunks: Buffer[] = [];
  #received = 0;
  #frames: Buffer[] = [];
  #isWorking = false;
  #isClosed = false;

  constructor(engine: Engine, socket: Socket, id: number) {
    this.#engine = engine;
    this.#socket = socket;
    this.#id = id;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#handleData(chunk));
    socket.on('error', () => this.#socket.destroy());
    socket.on('close', () => {
      this.#isClosed = true;
      this.#frames = [];
    });
  }

  #handleData(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    while (this.#received >= 4) {
      if ((this.#chunks[0] as Buffer).length < headerBytes && this.#chunks.length > 1) this.#join();
      const length = (this.#chunks[0] as Buffer).length >= 4 ? (this.#chunks[0] as Buffer).readInt32LE(0) : undefined;
      if (length === undefined) break;
      if (length < headerBytes || length > maxFrameBytes) {
        this.#engine.log('warn', `closed connection ${this.#id}: frame of ${length} bytes`);
        this.#socket.destroy();
        return;
      }
      if (this.#received < length) break;
      this.#join();
      const all = this.#chunks[0] as Buffer;
      this.#frames.push(all.subarray(0, length));
      this.#chunks = all.length > length ? [all.subarray(length)] : [];
      this.#received -= length;
    }
    if (this.#frames.length > maxQueuedFrames) this.#socket.pause();
    if (!this.#isWorking) void this.#work();
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let frame = this.#frames.shift(); frame && !this.#isClosed; frame = this.#frames.shift()) {
      const isFine = await this.#answer(frame);
      if (!isFine) {
        this.#socket.destroy();
        break;
      }
      if (this.#socket.isPaused() && this.#frames.length < maxQueuedFrames / 2) this.#socket.resume();
    }
    this.#isWorking = false;
  }

  /** False when the stream cannot be trusted any more. */
  async #answer(frame: Buffer): Promise<boolean> {
    let request: Request;
    try {
      request = parseFrame(frame);
    } catch (error) {
      return this.#refuseFrame(frame, error);
    }
    const reply = await dispatch(
      this.#engine,
      { id: this.#id, isClosed: () => this.#isClosed },
      request.body,
      request.database,
    );
    if (this.#isClosed || !request.wantsReply) return true;
    let bytes: Buffer;
    try {
      bytes = buildReply(request, reply);
    } catch (error) {
      bytes = buildReply(request, { ok: 0, ...describeError(error) });
    }
    if (!this.#socket.write(bytes)) await this.#drained();
    return true;
  }

  /** Invalid BSON in a sound frame is the client's mistake and gets an answer; a broken frame ends the connection. */
  #refuseFrame(frame: Buffer, error: unknown): boolean {
    const isRecoverable = error instanceof StoreError && error.codeName !== 'ProtocolError';
    const isQuery = frame.readInt32LE(12) === opCodes.query;
    const request = { requestId: frame.readInt32LE(4), opCode: isQuery ? opCodes.query : opCodes.message };
    if (!this.#isClosed) this.#socket.write(buildReply(request, { ok: 0, ...describeError(error) }));
    if (!isRecoverable)
      this.#engine.log(
        'warn',
        `closed connection ${this.#id}: ${error instanceof Error ? error.message : String(error)}`,
      );
    return isRecoverable;
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }
}

export interface WireServer {
  readonly port: number | undefined;
  close(): Promise<void>;
}

export type ListenAddress = { readonly path: string } | { readonly host: string; readonly port: number };

export async function listen(engine: Engine, address: ListenAddress): Promise<WireServer> {
  const sockets = new Set<Socket>();
  let nextConnectionId = 1;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new ClientConnection(engine, socket, nextConnectionId++);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => engine.log('error', `listener: ${error.message}`));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : undefined,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
