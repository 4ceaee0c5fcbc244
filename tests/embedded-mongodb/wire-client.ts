/** The wire protocol by hand, for what the driver would never send. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { BSON, type Document } from 'bson';

export const opMessage = 2013;

export function buildFrame(opCode: number, payload: Buffer, length = payload.length + 16): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, payload]);
}

export function buildMessage(body: Document, flags = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32LE(flags, 0);
  return buildFrame(opMessage, Buffer.concat([prefix, BSON.serialize(body)]));
}

/** Sections of the second kind, each a list of documents, as the driver sends what it writes many of. */
export function buildSequences(body: Document, sequences: Readonly<Record<string, readonly Document[]>>): Buffer {
  const sections = Object.entries(sequences).map(([name, documents]) => {
    const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => BSON.serialize(document))]);
    const prefix = Buffer.alloc(5, 1);
    prefix.writeInt32LE(content.length + 4, 1);
    return Buffer.concat([prefix, content]);
  });
  return buildFrame(opMessage, Buffer.concat([Buffer.alloc(5), BSON.serialize(body), ...sections]));
}

export const ping = buildMessage({ ping: 1, $db: 'admin' });

/** A client that speaks bytes. */
export class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => (this.#received = Buffer.concat([this.#received, chunk])));
    socket.on('error', () => undefined);
  }

  /** More bytes, or the end; a broken pipe is an end like any other. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.socket.off('data', done).off('close', done);
        resolve();
      };
      this.socket.on('data', done).on('close', done);
    });
  }

  /** The next answer, or undefined when the server closes the connection. */
  async answer(): Promise<Document | undefined> {
    for (;;) {
      if (this.#received.length >= 4 && this.#received.length >= this.#received.readInt32LE(0)) {
        const frame = this.#received.subarray(0, this.#received.readInt32LE(0));
        this.#received = this.#received.subarray(frame.length);
        return BSON.deserialize(frame.subarray(frame.readInt32LE(12) === 1 ? 36 : 21));
      }
      if (this.socket.closed || this.socket.readableEnded) return undefined;
      await this.#change();
    }
  }
}

/** A socket to the store that the URI names. */
export async function openClient(uri: string): Promise<RawClient> {
  const address = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '');
  const socket = address.startsWith('/') ? connect(address) : connect(Number(address.split(':')[1]), '127.0.0.1');
  await once(socket, 'connect');
  return new RawClient(socket);
}
