/** Opens the sockets of one subject and sends at a fixed rate, or as fast as the answers come. */
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { openRawSocket, type RawSocket } from './raw-socket.js';
import type { Ready } from './subject-port.js';

export interface Sender {
  readonly socket: RawSocket;
  /** null: a relay needs none. */
  readonly conversationId: string | null;
}

export interface Crowd {
  readonly senders: readonly Sender[];
  /** Called with the marker of every message that a member heard. */
  hear(listener: (marker: string) => void): void;
  close(): void;
}

export interface Latencies {
  readonly ackMs: number[];
  readonly peerMs: number[];
}

const CONNECTING_AT_ONCE = 50;
const MARKER = /^m\d+/;

async function inBatches<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += CONNECTING_AT_ONCE) {
    const size = Math.min(CONNECTING_AT_ONCE, count - from);
    made.push(...(await Promise.all(Array.from({ length: size }, (_, i) => make(from + i)))));
  }
  return made;
}

async function startConversation(socket: RawSocket): Promise<string> {
  const answer = (await socket.request('conversation:start', {
    input: { body: 'Good morning' },
    idempotencyKey: createIdempotencyKey(),
  })) as { ok: boolean; data?: { conversation: { id: string } }; error?: unknown };
  if (!answer.data) throw new Error(`conversation:start: ${JSON.stringify(answer.error)}`);
  return answer.data.conversation.id;
}

/** One member and the rest visitors per group. Idle visitors say nothing, so the server knows no contact of theirs. */
export async function openCrowd(
  ready: Ready,
  options: { groups: number; sockets: number; idle: boolean },
): Promise<Crowd> {
  const url = `http://localhost:${ready.port}`;
  const isRelay = ready.groups.length === 0;
  let listener: (marker: string) => void = () => undefined;
  const staff = await inBatches(options.groups, async (i) => {
    const group = ready.groups[i];
    const socket = await openRawSocket({
      url,
      namespace: '/staff',
      query: { audience: 'staff' },
      auth: isRelay ? { room: `g${i}` } : { token: group!.accessToken, protocol: PROTOCOL_VERSION },
      origin: ready.staffOrigin,
    });
    socket.on((event, payload) => {
      if (event !== 'entry:appended') return;
      const marker = MARKER.exec((payload as { entry: { body: string } }).entry.body)?.[0];
      if (marker) listener(marker);
    });
    return socket;
  });
  const senders = await inBatches(options.sockets - options.groups, async (i): Promise<Sender> => {
    const group = ready.groups[i % options.groups];
    const socket = await openRawSocket({
      url,
      namespace: '/visitor',
      query: isRelay ? {} : { site: group!.site },
      auth: isRelay
        ? { room: `g${i % options.groups}` }
        : { site: group!.site, token: createVisitorToken(), protocol: PROTOCOL_VERSION },
      origin: group?.origin ?? url,
    });
    return { socket, conversationId: isRelay || options.idle ? null : await startConversation(socket) };
  });
  return {
    senders,
    hear: (next) => {
      listener = next;
    },
    close: () => [...staff, ...senders.map(({ socket }) => socket)].forEach((socket) => socket.close()),
  };
}

let sent = 0;

/** About 120 bytes, as a chat message is. */
function buildMessage(sender: Sender, marker: string): object {
  const body = `${marker} Do you have a free appointment this afternoon? It is for my daughter, she has had a fever since Monday.`;
  return { input: { conversationId: sender.conversationId, body }, idempotencyKey: createIdempotencyKey() };
}

async function send(sender: Sender, marker: string): Promise<void> {
  const answer = (await sender.socket.request('message:send', buildMessage(sender, marker))) as {
    ok: boolean;
    error?: unknown;
  };
  if (!answer.ok) throw new Error(`message:send: ${JSON.stringify(answer.error)}`);
}

/** Open loop: sends on schedule whatever the answers do, so a slow server cannot hide by being asked less. */
export async function measureLatency(
  crowd: Crowd,
  options: { perSecond: number; seconds: number },
): Promise<Latencies> {
  const total = options.perSecond * options.seconds;
  const startedAt = new Map<string, number>();
  const ackMs: number[] = [];
  const peerMs: number[] = [];
  let finish!: () => void;
  const allHeard = new Promise<void>((resolve) => (finish = resolve));
  crowd.hear((marker) => {
    const at = startedAt.get(marker);
    if (at === undefined) return;
    peerMs.push(performance.now() - at);
    if (peerMs.length === total) finish();
  });
  const pending: Promise<void>[] = [];
  const beganAt = performance.now();
  for (let i = 0; i < total; i += 1) {
    const dueAt = beganAt + (i * 1_000) / options.perSecond;
    while (performance.now() < dueAt)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
    sent += 1;
    const marker = `m${sent}`;
    const sender = crowd.senders[(i * 7) % crowd.senders.length]!;
    startedAt.set(marker, dueAt);
    pending.push(send(sender, marker).then(() => void ackMs.push(performance.now() - dueAt)));
  }
  await Promise.all(pending);
  await allHeard;
  return { ackMs, peerMs };
}

/** Closed loop: each of `inFlight` senders sends its next message when the last one is acknowledged. */
export async function measureThroughput(crowd: Crowd, options: { inFlight: number; seconds: number }): Promise<number> {
  const endAt = performance.now() + options.seconds * 1_000;
  let acknowledged = 0;
  await Promise.all(
    crowd.senders.slice(0, options.inFlight).map(async (sender) => {
      while (performance.now() < endAt) {
        sent += 1;
        await send(sender, `m${sent}`);
        acknowledged += 1;
      }
    }),
  );
  return acknowledged / options.seconds;
}
