/**
 * A push service as browsers have one (RFC 8030, 8188, 8291, 8292): TLS, one address per subscription, messages that only the
 * subscriber can read, and a signature of the sender that is checked.
 */
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  verify,
  type ECDH,
} from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PushedNotice {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly language: string;
}

export interface Subscriber {
  /** What a browser hands to its page. */
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  readonly notices: PushedNotice[];
  /** Headers of the messages, and their plain text. */
  readonly requests: { readonly ttl: string | undefined; readonly text: string }[];
  /** What the service answers from now on; 201 until then. */
  status: number;
  /** It takes messages and never says so. */
  isMute: boolean;
  /** Resolves when so many notices arrived. */
  received(count: number): Promise<PushedNotice[]>;
  /** Resolves when so many messages arrived, whatever was answered. */
  asked(count: number): Promise<unknown>;
  until(what: string, isReached: (subscriber: Subscriber) => boolean): Promise<void>;
}

export interface PushService {
  readonly host: string;
  readonly agent: Agent;
  /** Of its certificate, for processes that cannot be handed an agent. */
  readonly certificate: string;
  /** Environment of a server that may talk to it. */
  readonly env: Readonly<Record<string, string>>;
  subscribe(): Subscriber;
  close(): Promise<void>;
}

const WAIT_MS = 8_000;

const tlv = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};

/** The smallest certificate that TLS takes for `localhost`, signed by itself. */
function createCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = tlv(0x30, tlv(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const name = tlv(
    0x30,
    tlv(0x31, tlv(0x30, tlv(0x06, Buffer.from('550403', 'hex')), tlv(0x0c, Buffer.from('localhost')))),
  );
  const validity = tlv(0x30, tlv(0x17, Buffer.from('200101000000Z')), tlv(0x17, Buffer.from('491231235959Z')));
  const alternative = tlv(0x30, tlv(0x82, Buffer.from('localhost')));
  const extension = tlv(0x30, tlv(0x06, Buffer.from('551d11', 'hex')), tlv(0x04, alternative));
  const body = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, tlv(0x30, extension)),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const der = tlv(0x30, body, algorithm, signature).toString('base64');
  const cert = `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert };
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer | string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** aes128gcm with the subscriber's keys (RFC 8188, RFC 8291). */
function decrypt(message: Buffer, pair: ECDH, auth: Buffer): string {
  const salt = message.subarray(0, 16);
  const keyLength = message[20] ?? 0;
  const sender = message.subarray(21, 21 + keyLength);
  const sealed = message.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const secret = derive(pair.computeSecret(sender), auth, info, 32);
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

/** VAPID: is the message from whom the browser subscribed to? */
function isSigned(header: string | undefined, publicKey: string, audience: string): boolean {
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header ?? '') ?? [];
  const [head, claims, signature] = token?.split('.') ?? [];
  if (key !== publicKey || !head || !claims || !signature) return false;
  const { aud } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string };
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const jwk = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' });
  const proof = { key: jwk, dsaEncoding: 'ieee-p1363' } as const;
  return (
    aud === audience && verify('sha256', Buffer.from(`${head}.${claims}`), proof, Buffer.from(signature, 'base64url'))
  );
}

class TestSubscriber implements Subscriber {
  readonly notices: PushedNotice[] = [];
  readonly requests: { ttl: string | undefined; text: string }[] = [];
  readonly subscription: Subscriber['subscription'];
  readonly pair = createECDH('prime256v1');
  readonly auth = randomBytes(16);
  status = 201;
  isMute = false;
  private readonly waiting = new Set<() => void>();

  constructor(endpoint: string) {
    const p256dh = this.pair.generateKeys('base64url');
    this.subscription = { endpoint, keys: { p256dh, auth: this.auth.toString('base64url') } };
  }

  /** The notice, unless it was refused. */
  take(message: Buffer, ttl: string | undefined): PushedNotice | null {
    const text = decrypt(message, this.pair, this.auth);
    this.requests.push({ ttl, text });
    const notice = this.status < 300 ? (JSON.parse(text) as PushedNotice) : null;
    if (notice) this.notices.push(notice);
    for (const look of this.waiting) look();
    return notice;
  }

  async received(count: number): Promise<PushedNotice[]> {
    await this.until(`${count} notices`, () => this.notices.length >= count);
    return this.notices;
  }

  asked(count: number): Promise<unknown> {
    return this.until(`${count} messages`, () => this.requests.length >= count);
  }

  until(what: string, isReached: (subscriber: Subscriber) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!isReached(this)) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`waited in vain for ${what}: ${JSON.stringify(this.requests)}`));
      }, WAIT_MS);
      this.waiting.add(look);
      look();
    });
  }
}

/** `noteTaken` is told of every message that the service takes, before it says so. */
export async function startPushService(
  noteTaken: (endpoint: string, notice: PushedNotice) => void = () => {},
): Promise<PushService> {
  const certificate = createCertificate();
  const subscribers = new Map<string, TestSubscriber>();
  const sender = createECDH('prime256v1');
  const publicKey = sender.generateKeys('base64url');
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const subscriber = subscribers.get(request.url ?? '');
    const isTrusted = isSigned(request.headers.authorization, publicKey, `https://${request.headers.host}`);
    if (subscriber && isTrusted) {
      const notice = subscriber.take(Buffer.concat(pieces), request.headers.ttl as string | undefined);
      if (notice) noteTaken(subscriber.subscription.endpoint, notice);
    }
    if (subscriber?.isMute) return;
    response.writeHead(isTrusted ? (subscriber?.status ?? 404) : 403).end();
  };
  const server: Server = createServer(certificate, (request, response) => void handle(request, response));
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    host,
    agent: new Agent({ ca: certificate.cert }),
    certificate: certificate.cert,
    env: {
      PUSH_HOSTS: host,
      PUSH_PUBLIC_KEY: publicKey,
      // A small number comes with fewer bytes.
      PUSH_PRIVATE_KEY: Buffer.from(sender.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url'),
    },
    subscribe() {
      const path = `/push/${randomBytes(8).toString('hex')}`;
      const subscriber = new TestSubscriber(`https://${host}${path}`);
      subscribers.set(path, subscriber);
      return subscriber;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
