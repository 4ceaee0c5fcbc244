/**
 * A small server that speaks the wire contract over real Socket.IO and HTTP: enough of the visitor's and the staff's
 * conversations to try the client against, with faults at the places where a network fails.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StaffEntryDto, VisitorConversationDto, VisitorEntryDto } from '@frontdesk/protocol/chat';
import type { ConversationId, IdempotencyKey } from '@frontdesk/protocol/ids';
import type { ErrorBody, ErrorCode, Result } from '@frontdesk/protocol/result';
import { Server, type Socket } from 'socket.io';

export interface Call {
  readonly audience: 'visitor' | 'staff';
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly idempotencyKey: IdempotencyKey | undefined;
  readonly token: string;
  readonly via: 'socket' | 'http';
}

/** `lost-request`: never arrives. `lost-answer`: carried out, but the caller does not hear. */
export type Fault = 'lost-request' | 'lost-answer' | 'cut-before' | 'cut-after' | ErrorBody | null;

interface Log {
  readonly id: ConversationId;
  readonly token: string;
  epoch: string;
  readonly entries: VisitorEntryDto[];
  readonly keys: Map<string, { seq: number; body: string }>;
  readUpTo: number;
  deliveredUpTo: number;
  staffReadUpTo: number;
  staffDeliveredUpTo: number;
  readonly createdAt: string;
}

export interface ProtocolServer {
  readonly url: string;
  readonly calls: Call[];
  readonly logs: Map<string, Log>;
  readonly io: Server;
  /** Asked before every request. */
  fault: (call: Call) => Fault;
  /** Decides whether a fact reaches a socket. */
  isFactLost: (name: string) => boolean;
  /** Refuses a handshake with this body. */
  refuse: (auth: Record<string, unknown>) => ErrorBody | null;
  /** Commands beyond the built-in ones; undefined falls through. */
  handle: (call: Call) => Result<unknown> | undefined;
  /** True: WebSocket and polling are both refused, HTTP twins work. */
  areSocketsBlocked: boolean;
  replyAsStaff(conversationId: string, body: string): void;
  markAsStaff(conversationId: string, readUpTo: number): void;
  pushToStaff(name: string, fact: unknown): void;
  /** Severs every connection without a word. */
  cutAll(): void;
  connectedCount(): number;
  close(): Promise<void>;
}

export function buildError(code: ErrorCode, extra: Partial<ErrorBody> = {}): ErrorBody {
  return { code, message: code, requestId: 'req-1', ...extra };
}

export async function startProtocolServer(): Promise<ProtocolServer> {
  const http = createServer((request, response) => void handleHttp(request, response));
  const io = new Server(http, { serveClient: false, perMessageDeflate: false, pingInterval: 25_000 });
  let nextId = 1;

  const server: ProtocolServer = {
    url: '',
    calls: [],
    logs: new Map(),
    io,
    fault: () => null,
    isFactLost: () => false,
    refuse: () => null,
    handle: () => undefined,
    areSocketsBlocked: false,
    replyAsStaff(conversationId, body) {
      const log = getLog(conversationId);
      append(log, { author: { kind: 'staff', name: 'Aida' }, key: null, body });
    },
    markAsStaff(conversationId, readUpTo) {
      const log = getLog(conversationId);
      log.staffReadUpTo = Math.max(log.staffReadUpTo, readUpTo);
      log.staffDeliveredUpTo = Math.max(log.staffDeliveredUpTo, readUpTo);
      const marks = { readUpTo: log.staffReadUpTo, deliveredUpTo: log.staffDeliveredUpTo };
      push(log.token, 'conversation:marked', { conversationId, party: 'staff', ...marks });
    },
    pushToStaff: (name, fact) => void io.of('/staff').emit(name, fact),
    cutAll() {
      for (const namespace of ['/visitor', '/staff']) {
        for (const socket of io.of(namespace).sockets.values()) cut(socket);
      }
    },
    connectedCount: () => io.of('/visitor').sockets.size + io.of('/staff').sockets.size,
    async close() {
      io.disconnectSockets(true);
      http.closeAllConnections();
      await io.close();
    },
  };

  io.engine.use(
    (
      request: IncomingMessage & { _query?: Record<string, string> },
      _response: unknown,
      next: (error?: Error) => void,
    ) => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams;
      const isAddressed = query.has('site') || query.get('audience') === 'staff' || query.has('sid');
      next(server.areSocketsBlocked || !isAddressed ? new Error('blocked') : undefined);
    },
  );
  for (const audience of ['visitor', 'staff'] as const) {
    io.of(`/${audience}`).use((socket, next) => {
      const refusal = server.refuse(socket.handshake.auth);
      if (refusal === null) return next();
      next(Object.assign(new Error(refusal.code), { data: refusal }));
    });
    io.of(`/${audience}`).on('connection', (socket) => handleSocket(audience, socket));
  }

  function handleSocket(audience: 'visitor' | 'staff', socket: Socket): void {
    const token = String(socket.handshake.auth['token']);
    void socket.join(token);
    socket.emit('session:ready', { serverTime: new Date().toISOString(), protocol: 1, instance: 'one' });
    const heads = listLogs(token).map((log) => ({ conversationId: log.id, epoch: log.epoch, seq: log.entries.length }));
    if (audience === 'visitor' && !server.isFactLost('heads:reported')) socket.emit('heads:reported', { heads });
    socket.onAny(
      (name: string, request: { input: Record<string, unknown>; idempotencyKey?: IdempotencyKey }, acknowledge) => {
        const call: Call = {
          audience,
          name,
          token,
          input: request.input,
          idempotencyKey: request.idempotencyKey,
          via: 'socket',
        };
        const fault = server.fault(call);
        if (fault === 'cut-before') return cut(socket);
        if (fault === 'lost-request') return;
        if (isErrorBody(fault)) return acknowledge({ ok: false, error: fault });
        const result = carryOut(call);
        if (fault === 'lost-answer') return;
        if (fault === 'cut-after') return cut(socket);
        acknowledge(result);
      },
    );
  }

  async function handleHttp(request: IncomingMessage, response: import('node:http').ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const [, audience, name] = /^\/v1\/(visitor|staff)\/(.+)$/.exec(url.pathname) ?? [];
    if (audience === undefined || name === undefined) return void response.writeHead(404).end('not found');
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const call: Call = {
      audience: audience as Call['audience'],
      name,
      input: JSON.parse(body) as Record<string, unknown>,
      idempotencyKey: request.headers['idempotency-key'] as IdempotencyKey | undefined,
      token: (request.headers.authorization ?? '').replace('Bearer ', ''),
      via: 'http',
    };
    const fault = server.fault(call);
    if (fault === 'cut-before' || fault === 'lost-request') return void request.socket.destroy();
    const result = isErrorBody(fault) ? { ok: false, error: fault } : carryOut(call);
    if (fault === 'cut-after' || fault === 'lost-answer') return void request.socket.destroy();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
  }

  function carryOut(call: Call): Result<unknown> {
    server.calls.push(call);
    const handled = server.handle(call);
    if (handled !== undefined) return handled;
    const conversationId = call.input['conversationId'] as string | undefined;
    const log = conversationId === undefined ? undefined : server.logs.get(conversationId);
    if (conversationId !== undefined && (log === undefined || log.token !== call.token)) return fail('NOT_FOUND');
    switch (call.name) {
      case 'site:describe':
        return succeed({
          name: 'Clinic',
          theme: {},
          greeting: 'Hello',
          locale: 'en',
          online: true,
          requireIdentity: false,
        });
      case 'conversation:list':
        return succeed({ conversations: listLogs(call.token).map(describe).reverse() });
      case 'conversation:check':
        return succeed({
          heads: listLogs(call.token).map(({ id, epoch, entries }) => ({
            conversationId: id,
            epoch,
            seq: entries.length,
          })),
        });
      case 'conversation:start':
        return start(call);
      case 'message:send':
        return log === undefined ? fail('NOT_FOUND') : send(log, call);
      case 'conversation:sync':
        return log === undefined ? fail('NOT_FOUND') : sync(log, call.input);
      case 'conversation:mark':
        if (log !== undefined) {
          log.readUpTo = Math.max(log.readUpTo, Number(call.input['readUpTo'] ?? 0));
          log.deliveredUpTo = Math.max(log.deliveredUpTo, Number(call.input['deliveredUpTo'] ?? 0));
        }
        return succeed({ accepted: true });
      default:
        return succeed({ accepted: true });
    }
  }

  function start(call: Call): Result<unknown> {
    const key = call.idempotencyKey;
    if (key === undefined) return fail('VALIDATION');
    const known = listLogs(call.token).find((log) => log.entries[0]?.key === key);
    if (known !== undefined)
      return succeed({ conversation: describe(known), entry: known.entries[0], duplicate: true });
    const id = String(nextId++).padStart(24, '0') as ConversationId;
    const log: Log = {
      id,
      token: call.token,
      epoch: `epoch-${id}`,
      entries: [],
      keys: new Map(),
      readUpTo: 0,
      deliveredUpTo: 0,
      staffReadUpTo: 0,
      staffDeliveredUpTo: 0,
      createdAt: new Date().toISOString(),
    };
    server.logs.set(id, log);
    send(log, call);
    return succeed({ conversation: describe(log), entry: log.entries[0], duplicate: false });
  }

  function send(log: Log, call: Call): Result<unknown> {
    const { idempotencyKey: key } = call;
    const body = String(call.input['body']);
    if (key === undefined) return fail('VALIDATION');
    const known = log.keys.get(key);
    if (known !== undefined) {
      return known.body === body ? answer(log, known.seq, true) : fail('IDEMPOTENCY_MISMATCH');
    }
    const entry = append(log, { author: { kind: 'contact', name: null }, key, body });
    log.keys.set(key, { seq: entry.seq, body });
    return answer(log, entry.seq, false);
  }

  function answer(log: Log, seq: number, duplicate: boolean): Result<unknown> {
    return succeed({ seq, epoch: log.epoch, at: log.entries[seq - 1]?.at, duplicate });
  }

  function append(log: Log, entry: Pick<VisitorEntryDto, 'author' | 'key' | 'body'>): VisitorEntryDto {
    const added: VisitorEntryDto = {
      seq: log.entries.length + 1,
      kind: 'message',
      at: new Date().toISOString(),
      ...entry,
    };
    log.entries.push(added);
    push(log.token, 'entry:appended', { conversationId: log.id, epoch: log.epoch, head: added.seq, entry: added });
    return added;
  }

  function push(token: string, name: string, fact: unknown): void {
    if (!server.isFactLost(name)) io.of('/visitor').to(token).emit(name, fact);
  }

  function getLog(conversationId: string): Log {
    const log = server.logs.get(conversationId);
    if (log === undefined) throw new Error('There is no such conversation.');
    return log;
  }

  function listLogs(token: string): Log[] {
    return [...server.logs.values()].filter((log) => log.token === token);
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return Object.assign(server, { url: `http://127.0.0.1:${port}` });
}

/** The page of `conversation:sync`, by the rules of the contract; also for logs that tests hold themselves. */
export function sync<Entry extends VisitorEntryDto | StaffEntryDto>(
  log: { epoch: string; entries: readonly Entry[] },
  input: Record<string, unknown>,
): Result<unknown> {
  const {
    epoch,
    after,
    limit = 200,
    tail,
  } = input as { epoch: string | null; after: number; limit?: number; tail?: boolean };
  const head = log.entries.length;
  if ((epoch !== null && epoch !== log.epoch) || after > head) return fail('RESET_REQUIRED');
  const from = tail ? Math.max(head - limit, 0) : after;
  const entries = log.entries.slice(from, from + limit);
  return succeed({ entries, head, minSeq: 1, epoch: log.epoch, more: from + entries.length < head });
}

export function succeed(data: unknown): Result<unknown> {
  return { ok: true, data };
}

export function fail(code: ErrorCode, extra: Partial<ErrorBody> = {}): Result<unknown> {
  return { ok: false, error: buildError(code, extra) };
}

function describe(log: Log): VisitorConversationDto {
  return {
    id: log.id,
    epoch: log.epoch,
    status: 'open',
    head: log.entries.length,
    minSeq: 1,
    readUpTo: log.readUpTo,
    staffReadUpTo: log.staffReadUpTo,
    staffDeliveredUpTo: log.staffDeliveredUpTo,
    assigneeName: null,
    createdAt: log.createdAt,
  };
}

function isErrorBody(fault: Fault): fault is ErrorBody {
  return typeof fault === 'object' && fault !== null;
}

function cut(socket: Socket): void {
  socket.conn.close(true);
}
