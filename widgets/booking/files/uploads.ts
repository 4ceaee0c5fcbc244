/**
 * Sends the files that answer a question, one after the other and each in parts. A part that a bad network lost is sent again, and a file
 * that was given up goes on where it stopped; the others stay. Framework-free.
 */
import { limitsOf, sniffFileType } from '@frontdesk/domain/booking/file-kinds';
import type { Question } from '@frontdesk/protocol/booking-fields';
import type { BookingFileId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { BookingClient } from '../../core/client/booking-client.js';
import { computeBackoffMs } from '../../core/client/clock.js';
import { createUnknownOutcome, isResult, isRetryable } from '../../core/client/outcome.js';
import { createPause } from '../../core/client/pause.js';
import { createRequester } from '../requester.js';

const MAX_TRIES = 4;
/** The server waits twenty seconds for a part. */
const PART_TIMEOUT_MS = 20_000;
/** As much as any signature needs. */
const HEAD_BYTES = 16;

export type UploadProblem = 'kind' | 'size' | 'count' | 'limit' | 'network';

export interface Upload {
  readonly number: number;
  readonly name: string;
  readonly size: number;
  readonly phase: 'waiting' | 'sending' | 'ready' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  readonly problem: UploadProblem | null;
}

export interface Uploads {
  readonly list: readonly Upload[];
  /** Ids of what is there; what is on its way or failed is in it by a word that is no id, so that nothing is left behind unsaid. */
  readonly answer: string[];
  subscribe(listener: () => void): () => void;
  add(files: readonly File[]): void;
  retry(number: number): void;
  remove(number: number): void;
}

interface Begun {
  readonly fileId: BookingFileId;
  readonly partBytes: number;
  readonly partsUrl: string;
}

interface Sent extends Upload {
  readonly file: File;
  readonly begun: Begun | null;
  /** Parts that the server has. */
  readonly parts: number;
}

const PROBLEMS: Readonly<Partial<Record<ErrorBody['code'], UploadProblem>>> = {
  TOO_LARGE: 'size',
  UNSUPPORTED_TYPE: 'kind',
  CAP_REACHED: 'limit',
  RATE_LIMITED: 'limit',
};

interface Asking {
  readonly client: BookingClient;
  readonly serviceIds: readonly BookingServiceId[];
  readonly question: Question;
}

function createUploads({ client, serviceIds, question }: Asking): Uploads {
  const { clock } = client.environment;
  const limits = limitsOf(question);
  const listeners = new Set<() => void>();
  let list: readonly Sent[] = [];
  let numbers = 0;
  let running = false;

  function set(changed: readonly Sent[]): void {
    list = changed;
    for (const listener of listeners) listener();
  }
  const patch = (number: number, change: Partial<Sent>): void =>
    set(list.map((one) => (one.number === number ? { ...one, ...change } : one)));
  const find = (number: number): Sent | undefined => list.find((one) => one.number === number);

  async function putOnce(url: string, body: Blob): Promise<Result<unknown>> {
    const abort = new AbortController();
    const timer = clock.setTimeout(() => abort.abort(), PART_TIMEOUT_MS);
    try {
      const response = await client.environment.fetch(url, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${client.getToken()}`, 'Content-Type': 'application/octet-stream' },
        body,
        credentials: 'omit',
        cache: 'no-store',
        signal: abort.signal,
      });
      const answer: unknown = await response.json();
      return isResult(answer) ? answer : createUnknownOutcome('The answer is not ours.');
    } catch {
      return createUnknownOutcome('The part did not arrive.');
    } finally {
      clock.clearTimeout(timer);
    }
  }

  async function put(url: string, body: Blob): Promise<Result<unknown>> {
    for (let tries = 1; ; tries += 1) {
      const result = await putOnce(url, body);
      if (result.ok || !isRetryable(result.error) || tries >= MAX_TRIES) return result;
      await createPause(clock).wait(Math.max(result.error.retryAfterMs ?? 0, computeBackoffMs(tries, clock)));
    }
  }

  function fail(number: number, { code }: ErrorBody): void {
    // It waited too long, or the server has only a part of it: the next try begins anew.
    if (code === 'NOT_FOUND' || code === 'CONFLICT') patch(number, { begun: null, parts: 0 });
    patch(number, { phase: 'failed', problem: PROBLEMS[code] ?? 'network' });
  }

  async function send(number: number): Promise<void> {
    const { file, name, size } = find(number) as Sent;
    const requester = createRequester(client);
    const refuse = (error: ErrorBody): void => fail(number, error);
    if (!find(number)?.begun) {
      const input = { serviceIds: [...serviceIds], questionKey: question.key, name: name.slice(0, 500), size };
      const begun = await requester.request('file:begin', input);
      if (!begun.ok) return refuse(begun.error);
      patch(number, { begun: begun.data });
    }
    for (let now = find(number); now?.begun; now = find(number)) {
      const { parts, begun } = now;
      const { fileId, partBytes, partsUrl } = begun;
      if (parts * partBytes < size) {
        const sent = await put(`${partsUrl}/${parts}`, file.slice(parts * partBytes, (parts + 1) * partBytes));
        if (!sent.ok) return refuse(sent.error);
        patch(number, { parts: parts + 1, progress: Math.min(1, ((parts + 1) * partBytes) / size) });
        continue;
      }
      const finished = await requester.request('file:finish', { fileId });
      if (!finished.ok) return refuse(finished.error);
      return patch(number, { phase: 'ready', name: finished.data.name });
    }
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let next = list.find(({ phase }) => phase === 'waiting'); next;) {
      patch(next.number, { phase: 'sending', problem: null });
      await send(next.number);
      next = list.find(({ phase }) => phase === 'waiting');
    }
    running = false;
  }

  /** As the server will see it, before anything is sent. */
  async function findProblem(file: File): Promise<UploadProblem | null> {
    if (file.size > limits.maxBytes) return 'size';
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const type = sniffFileType(head);
    return type !== null && limits.types.includes(type) ? null : 'kind';
  }

  async function admit(file: File): Promise<void> {
    const problem = list.length < limits.maxCount ? await findProblem(file).catch(() => 'network' as const) : 'count';
    numbers += 1;
    const { name, size } = file;
    const phase = problem ? 'failed' : 'waiting';
    set([...list, { number: numbers, name, size, phase, progress: 0, problem, file, begun: null, parts: 0 }]);
  }

  return {
    get list() {
      return list;
    },
    get answer() {
      return list.map(({ phase, begun, number }) => (phase === 'ready' && begun ? begun.fileId : `pending-${number}`));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(files) {
      void (async () => {
        for (const file of files) await admit(file);
        await run();
      })();
    },
    retry(number) {
      patch(number, { phase: 'waiting', problem: null });
      void run();
    },
    remove(number) {
      const begun = find(number)?.begun;
      set(list.filter((one) => one.number !== number));
      if (begun) void client.request('file:remove', { fileId: begun.fileId });
    },
  };
}

const known = new WeakMap<BookingClient, Map<string, Uploads>>();

/** Services may ask under the same key, each with limits of its own. */
export const nameUploads = ({ serviceIds, question }: Omit<Asking, 'client'>): string =>
  [serviceIds, question.key].join();

/** The same ones for a question as long as the form stands on the page: whoever goes back for another time loses nothing. */
export function findUploads(asking: Asking): Uploads {
  const { client } = asking;
  const name = nameUploads(asking);
  const ofClient = known.get(client) ?? new Map<string, Uploads>();
  known.set(client, ofClient);
  const uploads = ofClient.get(name) ?? createUploads(asking);
  ofClient.set(name, uploads);
  return uploads;
}
