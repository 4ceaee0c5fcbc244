/** The one AudioContext of a page: whether it may sound, and pieces of sound laid end to end on its clock. */
import { createStore, type ReadableStore } from '../client/store.js';

/** - `needs-tap`: the browser wants a touch first. - `off`: there is no sound on this machine. */
export type SoundState = 'on' | 'needs-tap' | 'off';

export interface Playing {
  readonly durationMs: number;
  /** Resolves when the last piece has ended, and at once after {@link stop}. */
  readonly ended: Promise<void>;
  stop(): void;
}

export interface AudioOutput extends ReadableStore<{ readonly sound: SoundState }> {
  /** Call it from the handler of a touch; harmless at any other time. */
  unlock(): Promise<void>;
  decode(bytes: ArrayBuffer): Promise<AudioBuffer>;
  /** Starts them at once, each where the one before ends, to the sample. A number is that many seconds of silence. */
  play(pieces: readonly (AudioBuffer | number)[]): Playing;
  /** Two soft notes, made on the spot: they sound also when no file could be fetched. */
  chime(): AudioBuffer;
  close(): void;
}

/** Notes of the chime in hertz, and when they begin, in seconds. */
const NOTES = [
  [659.26, 0],
  [523.25, 0.28],
] as const;
const CHIME_SECONDS = 1.05;
const CHIME_VOLUME = 0.32;
/** Time for the clock of a context that just woke. */
const LEAD_SECONDS = 0.03;

type ContextConstructor = new () => AudioContext;

function findConstructor(): ContextConstructor | undefined {
  const page = globalThis as { AudioContext?: ContextConstructor; webkitAudioContext?: ContextConstructor };
  return page.AudioContext ?? page.webkitAudioContext;
}

export function createAudioOutput(createContext?: () => AudioContext): AudioOutput {
  const store = createStore<{ sound: SoundState }>({ sound: 'off' });
  let context: AudioContext | undefined;
  let bell: AudioBuffer | undefined;
  try {
    const Constructor = findConstructor();
    context = createContext ? createContext() : Constructor && new Constructor();
  } catch {
    context = undefined; // No audio device: the board is as good without.
  }
  const report = (): void => {
    if (context) store.patch({ sound: context.state === 'running' ? 'on' : 'needs-tap' });
  };
  report();
  context?.addEventListener('statechange', report);

  function use(): AudioContext {
    if (!context) throw new Error('There is no sound here.');
    return context;
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async unlock() {
      // Without a touch this waits for one, so nobody may wait for it.
      await context?.resume().catch(() => {});
      report();
    },
    decode: (bytes) =>
      // The form with callbacks, which browsers without promises here know too.
      new Promise((resolve, reject) => void use().decodeAudioData(bytes, resolve, reject)),
    play(pieces) {
      const audio = use();
      const begin = audio.currentTime + LEAD_SECONDS;
      let at = begin;
      const sources: AudioBufferSourceNode[] = [];
      for (const piece of pieces) {
        if (typeof piece === 'number') {
          at += piece;
          continue;
        }
        const source = audio.createBufferSource();
        source.buffer = piece;
        source.connect(audio.destination);
        source.start(at);
        sources.push(source);
        at += piece.duration;
      }
      let finish: () => void = () => {};
      const ended = new Promise<void>((resolve) => {
        finish = resolve;
        const last = sources[sources.length - 1];
        if (last) last.onended = () => resolve();
        else resolve();
      });
      void ended.then(() => sources.forEach((source) => source.disconnect()));
      return {
        durationMs: (at - begin) * 1_000,
        ended,
        stop() {
          for (const source of sources) source.stop();
          finish();
        },
      };
    },
    chime() {
      bell ??= renderChime(use());
      return bell;
    },
    close: () => void context?.close().catch(() => {}),
  };
}

function renderChime(audio: AudioContext): AudioBuffer {
  const buffer = audio.createBuffer(1, Math.round(CHIME_SECONDS * audio.sampleRate), audio.sampleRate);
  const samples = buffer.getChannelData(0);
  for (const [frequency, begin] of NOTES) {
    for (let i = Math.round(begin * audio.sampleRate); i < samples.length; i += 1) {
      const t = i / audio.sampleRate - begin;
      const loudness = CHIME_VOLUME * Math.min(1, t / 0.01) * Math.exp(-t * 4.5);
      const phase = 2 * Math.PI * frequency * t;
      samples[i] = (samples[i] ?? 0) + loudness * (Math.sin(phase) + 0.25 * Math.sin(2 * phase));
    }
  }
  // The last note must not end in a click.
  const edge = Math.round(0.03 * audio.sampleRate);
  for (let i = 0; i < edge; i += 1) {
    const last = samples.length - 1 - i;
    samples[last] = ((samples[last] ?? 0) * i) / edge;
  }
  return buffer;
}
