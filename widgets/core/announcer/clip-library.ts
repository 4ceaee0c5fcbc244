/**
 * Recorded words. One compressed file per language is fetched when that language is first spoken; of it only the clips that are
 * said are unpacked, because a television has little memory and the numbers of a day repeat themselves.
 */
import { CLIP_PACKS, type ClipPack } from './clip-packs.js';
import type { AudioOutput } from './audio-output.js';

/** Unpacked clips that are kept: digits, letters and counters of a day. About 10 MB at the most. */
const MAX_UNPACKED = 120;
/** Quieter than this is the silence that the compression adds around a clip. */
const SILENCE = 0.004;
/** After a failed download the next try waits this long; calls are spoken otherwise meanwhile. */
const RETRY_MS = 60_000;

export interface ClipLibrary {
  has(language: string): boolean;
  /** The buffers of these clips in their order; undefined when one of them cannot be had now. Never rejects. */
  get(language: string, names: readonly string[]): Promise<AudioBuffer[] | undefined>;
}

export interface ClipLibraryOptions {
  readonly output: Pick<AudioOutput, 'decode'>;
  /** Folder of the clips, without a slash at its end. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** Where the clips lie in their files; tests bring their own. */
  readonly packs?: Readonly<Partial<Record<string, ClipPack>>>;
}

interface Pack {
  readonly bytes: ArrayBuffer;
  readonly ranges: ReadonlyMap<string, readonly [begin: number, end: number]>;
}

function listRanges({ names, lengths }: ClipPack): Map<string, readonly [number, number]> {
  const sizes = lengths.split(' ').map(Number);
  let begin = 0;
  return new Map(
    names.split(' ').map((name, index) => {
      const end = begin + (sizes[index] ?? 0);
      const range = [begin, end] as const;
      begin = end;
      return [name, range];
    }),
  );
}

export function createClipLibrary(options: ClipLibraryOptions): ClipLibrary {
  const { output, baseUrl, now } = options;
  const known: Readonly<Partial<Record<string, ClipPack>>> = options.packs ?? CLIP_PACKS;
  const fetched = new Map<string, Promise<Pack | undefined>>();
  const unpacked = new Map<string, Promise<AudioBuffer | undefined>>();
  const notBefore = new Map<string, number>();

  async function fetchPack(language: string, pack: ClipPack): Promise<Pack | undefined> {
    try {
      const response = await options.fetch(`${baseUrl}/${pack.file}`, { credentials: 'omit' });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return { bytes: await response.arrayBuffer(), ranges: listRanges(pack) };
    } catch {
      fetched.delete(language);
      notBefore.set(language, now() + RETRY_MS);
      return undefined;
    }
  }

  function loadPack(language: string): Promise<Pack | undefined> {
    const pack = known[language];
    if (!pack || now() < (notBefore.get(language) ?? 0)) return Promise.resolve(undefined);
    const loading = fetched.get(language) ?? fetchPack(language, pack);
    fetched.set(language, loading);
    return loading;
  }

  async function unpack(language: string, name: string): Promise<AudioBuffer | undefined> {
    const pack = await loadPack(language);
    const range = pack?.ranges.get(name);
    if (!pack || !range) return undefined;
    try {
      return trimSilence(await output.decode(pack.bytes.slice(...range)));
    } catch {
      return undefined;
    }
  }

  function take(language: string, name: string): Promise<AudioBuffer | undefined> {
    const key = `${language} ${name}`;
    const buffer = unpacked.get(key) ?? unpack(language, name);
    // The one that was said longest ago goes first.
    unpacked.delete(key);
    unpacked.set(key, buffer);
    for (const oldest of unpacked.keys()) {
      if (unpacked.size <= MAX_UNPACKED) break;
      unpacked.delete(oldest);
    }
    void buffer.then((found) => found ?? unpacked.delete(key));
    return buffer;
  }

  return {
    has: (language) => language in known,
    async get(language, names) {
      const buffers = await Promise.all(names.map((name) => take(language, name)));
      const found = buffers.filter((buffer): buffer is AudioBuffer => buffer !== undefined);
      return found.length === names.length ? found : undefined;
    },
  };
}

/** Compressed sound begins and ends with silence of a length that each browser chooses; words must follow each other closely. */
function trimSilence(buffer: AudioBuffer): AudioBuffer {
  const samples = buffer.getChannelData(0);
  let first = 0;
  let last = samples.length - 1;
  while (first < last && Math.abs(samples[first] ?? 0) < SILENCE) first += 1;
  while (last > first && Math.abs(samples[last] ?? 0) < SILENCE) last -= 1;
  if (first >= last) return buffer;
  const trimmed = new AudioBuffer({ length: last - first + 1, sampleRate: buffer.sampleRate, numberOfChannels: 1 });
  trimmed.copyToChannel(samples.subarray(first, last + 1), 0);
  return trimmed;
}
