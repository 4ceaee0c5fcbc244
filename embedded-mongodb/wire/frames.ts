/** The frames of the wire protocol: OP_MSG, and OP_QUERY for the first greeting of older drivers. */
import type { Document } from 'bson';
import { decode, encode, RawReply } from '../bson/codec.js';
import { isDocument, setField } from '../bson/values.js';
import { fail } from '../errors.js';

export const opCodes = { reply: 1, query: 2004, compressed: 2012, message: 2013 } as const;
export const headerBytes = 16;
export const maxFrameBytes = 48_000_000;

const flagBits = { checksumPresent: 1, moreToCome: 2, exhaustAllowed: 0x10000 } as const;
/** What a driver may ask with OP_QUERY, before it knows that OP_MSG is understood. */
const greetings: ReadonlySet<string> = new Set(['hello', 'isMaster', 'ismaster']);
/** Flags in the lower half must be understood by whoever receives them. */
const requiredFlags = 0xffff;

export interface Request {
  readonly requestId: number;
  readonly opCode: number;
  readonly body: Document;
  readonly database: string;
  readonly wantsReply: boolean;
}

export function parseFrame(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === opCodes.message) return parseMessage(frame, requestId);
  if (opCode === opCodes.query) return parseQuery(frame, requestId);
  return fail('ProtocolError', `unsupported operation code ${opCode}`);
}

function readText(frame: Buffer, at: number): { text: string; next: number } {
  const end = frame.indexOf(0, at);
  if (end < 0) fail('ProtocolError', 'unterminated text in frame');
  return { text: frame.toString('utf8', at, end), next: end + 1 };
}

function readDocument(frame: Buffer, at: number, limit: number): { bytes: Buffer; next: number } {
  if (at + 5 > limit) fail('ProtocolError', 'document exceeds its frame');
  const length = frame.readInt32LE(at);
  if (length < 5 || at + length > limit) fail('ProtocolError', 'document exceeds its frame');
  return { bytes: frame.subarray(at, at + length), next: at + length };
}

function parseMessage(frame: Buffer, requestId: number): Request {
  if (frame.length < headerBytes + 5) fail('ProtocolError', 'OP_MSG frame is too short');
  const flags = frame.readUInt32LE(headerBytes);
  const known: number = flagBits.checksumPresent | flagBits.moreToCome;
  if (flags & requiredFlags & ~known) fail('ProtocolError', `unknown required flags ${flags}`);
  const limit = frame.length - (flags & flagBits.checksumPresent ? 4 : 0);
  let body: Document | undefined;
  const sequences: [string, Document[]][] = [];
  let at = headerBytes + 4;
  while (at < limit) {
    const kind = frame[at++];
    if (kind === 0) {
      if (body) fail('ProtocolError', 'OP_MSG with two bodies');
      const { bytes, next } = readDocument(frame, at, limit);
      body = decode(bytes);
      at = next;
    } else if (kind === 1) {
      if (at + 4 > limit) fail('ProtocolError', 'truncated document sequence');
      const end = at + frame.readInt32LE(at);
      if (end > limit || end <= at + 4) fail('ProtocolError', 'document sequence exceeds its frame');
      const { text, next } = readText(frame, at + 4);
      sequences.push([text, readSequence(frame, next, end)]);
      at = end;
    } else {
      fail('ProtocolError', `unknown section kind ${String(kind)}`);
    }
  }
  if (!body) return fail('ProtocolError', 'OP_MSG without a body');
  for (const [name, documents] of sequences) {
    if (Object.hasOwn(body, name)) fail('ProtocolError', `section ${name} is given twice`);
    setField(body, name, documents);
  }
  const database = typeof body.$db === 'string' ? body.$db : '';
  return { requestId, opCode: opCodes.message, body, database, wantsReply: !(flags & flagBits.moreToCome) };
}

function readSequence(frame: Buffer, from: number, end: number): Document[] {
  const documents: Document[] = [];
  let at = from;
  while (at < end) {
    const { bytes, next } = readDocument(frame, at, end);
    documents.push(decode(bytes));
    at = next;
  }
  return documents;
}

function parseQuery(frame: Buffer, requestId: number): Request {
  if (frame.length < headerBytes + 4 + 1 + 8 + 5) fail('ProtocolError', 'OP_QUERY frame is too short');
  const { text, next } = readText(frame, headerBytes + 4);
  const { bytes } = readDocument(frame, next + 8, frame.length);
  const wrapper = decode(bytes);
  const body = isDocument(wrapper.$query) ? wrapper.$query : wrapper;
  const name = Object.keys(body)[0] ?? '';
  if (!text.endsWith('.$cmd') || !greetings.has(name)) {
    const command = text.endsWith('.$cmd') ? name : 'find';
    fail(
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${command}. The client driver may require an upgrade.`,
    );
  }
  return { requestId, opCode: opCodes.query, body, database: text.slice(0, -'.$cmd'.length), wantsReply: true };
}

let nextReplyId = 1;

export function buildReply(request: { requestId: number; opCode: number }, reply: Document | RawReply): Buffer {
  const document = reply instanceof RawReply ? reply.bytes : encode(reply);
  const isQuery = request.opCode === opCodes.query;
  const bodyAt = headerBytes + (isQuery ? 20 : 5);
  const frame = Buffer.allocUnsafe(bodyAt + document.length);
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(nextReplyId, 4);
  nextReplyId = (nextReplyId + 1) & 0x7fffffff;
  frame.writeInt32LE(request.requestId, 8);
  frame.writeInt32LE(isQuery ? opCodes.reply : opCodes.message, 12);
  frame.fill(0, headerBytes, bodyAt);
  // OP_REPLY announces how many documents follow; here always one.
  if (isQuery) frame.writeInt32LE(1, headerBytes + 16);
  document.copy(frame, bodyAt);
  return frame;
}
