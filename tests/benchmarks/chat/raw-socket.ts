/**
 * The least Socket.IO client that can send and hear: one WebSocket, Engine.IO 4 and Socket.IO 5 framing by hand, so that
 * two thousand of them cost the load generator little and the server is what is measured.
 */
import WebSocket from 'ws';

export interface RawSocket {
  /** Resolves with the acknowledgement's first argument. */
  request(event: string, payload: unknown): Promise<unknown>;
  on(listener: (event: string, payload: unknown) => void): void;
  close(): void;
}

export interface RawSocketOptions {
  readonly url: string;
  readonly namespace: string;
  readonly query: Readonly<Record<string, string>>;
  readonly auth: unknown;
  readonly origin: string;
}

/** Resolves when the namespace accepted the connection. */
export function openRawSocket(options: RawSocketOptions): Promise<RawSocket> {
  const query = new URLSearchParams({ ...options.query, EIO: '4', transport: 'websocket' });
  const socket = new WebSocket(`${options.url.replace('http', 'ws')}/socket.io/?${query}`, {
    origin: options.origin,
    perMessageDeflate: false,
  });
  const prefix = `${options.namespace},`;
  const waiting = new Map<number, (answer: unknown) => void>();
  let nextId = 0;
  let hear: (event: string, payload: unknown) => void = () => undefined;

  function handlePacket(text: string, accept: () => void, refuse: (error: Error) => void): void {
    if (text === '2') return socket.send('3');
    if (text.startsWith('0')) return socket.send(`40${prefix}${JSON.stringify(options.auth)}`);
    if (text.startsWith(`40${prefix}`)) return accept();
    if (text.startsWith(`44${prefix}`)) return refuse(new Error(text));
    const body = text.slice(2 + prefix.length);
    const start = body.indexOf('[');
    if (text.startsWith('43')) {
      const id = Number(body.slice(0, start));
      waiting.get(id)?.((JSON.parse(body.slice(start)) as unknown[])[0]);
      waiting.delete(id);
    } else if (text.startsWith('42')) {
      const [event, payload] = JSON.parse(body.slice(start)) as [string, unknown];
      hear(event, payload);
    }
  }

  const raw: RawSocket = {
    request(event, payload) {
      nextId += 1;
      const id = nextId;
      const answer = new Promise((resolve) => waiting.set(id, resolve));
      socket.send(`42${prefix}${id}${JSON.stringify([event, payload])}`);
      return answer;
    },
    on(listener) {
      hear = listener;
    },
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data) => handlePacket((data as Buffer).toString(), () => resolve(raw), reject));
    socket.once('close', () => reject(new Error('closed')));
  });
}
