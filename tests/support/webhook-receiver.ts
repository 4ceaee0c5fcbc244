/** A receiver of webhooks: keeps what it was sent and checks signatures as its maker would, without our code. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookMessage } from '@frontdesk/protocol/webhooks';

export interface Delivery {
  readonly id: string;
  readonly timestamp: number;
  readonly signatures: readonly string[];
  readonly body: string;
  readonly message: WebhookMessage;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly deliveries: Delivery[];
  /** What it answers from now on. */
  status: number;
  location: string | null;
  /** Resolves with the next delivery. */
  next(): Promise<Delivery>;
  close(): Promise<void>;
}

export function isSignedWith({ id, timestamp, body, signatures }: Delivery, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return signature.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const arrivals = new EventEmitter<{ delivery: [Delivery] }>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const delivery: Delivery = {
      id: String(request.headers['webhook-id']),
      timestamp: Number(request.headers['webhook-timestamp']),
      signatures: String(request.headers['webhook-signature']).split(' '),
      body,
      message: JSON.parse(body) as WebhookMessage,
      headers: request.headers,
    };
    receiver.deliveries.push(delivery);
    arrivals.emit('delivery', delivery);
    if (receiver.location) response.setHeader('Location', receiver.location);
    response.writeHead(receiver.status).end('x'.repeat(1_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries: [],
    status: 200,
    location: null,
    async next() {
      const [delivery] = await once(arrivals, 'delivery');
      return delivery as Delivery;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
