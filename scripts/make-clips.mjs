/**
 * Makes the sound clips of the waiting-room display: letters, numbers and the few words around them, in four languages,
 * one file per language. Run it when a word changes, on a machine with `espeak-ng` and `lame`, and commit what it writes:
 *
 *   node scripts/make-clips.mjs            # synthetic voices
 *   node scripts/make-clips.mjs DIRECTORY  # recordings: DIRECTORY/<language>/<clip>.wav where there is one, mono 22,050 Hz
 *
 * docs/decisions/0010-the-display-speaks-from-clips.md says why.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const clipsDir = join(root, 'widgets/queue-display/clips');
const indexFile = join(root, 'widgets/core/announcer/clip-packs.ts');
const [recordings] = process.argv.slice(2);

const SAMPLE_RATE = 22_050;
const KILOBITS_PER_SECOND = 24;
/** Quieter than this is silence around the word; what is left of it is the breath between two clips. */
const SILENCE = 0.012;
const EDGE_SECONDS = 0.012;
const PEAK = 0.85;

/** Voice of the synthesiser, its speed in words per minute, and what it says for the clips that are no letter and no number. */
const LANGUAGES = {
  en: {
    voice: 'en-gb+f2',
    speed: 150,
    words: { lead: 'Number', counter: 'counter', room: 'room', desk: 'desk', window: 'window' },
  },
  ms: {
    voice: 'ms+f2',
    speed: 145,
    words: { lead: 'Nombor', counter: 'kaunter', room: 'bilik', desk: 'meja', window: 'tingkap' },
  },
  zh: {
    voice: 'cmn+f2',
    wordVoice: 'cmn-latn-pinyin+f2',
    speed: 150,
    words: {
      lead: 'qing3',
      'label-end': 'hao4 dao4',
      counter: 'hao4 gui4tai2',
      room: 'hao4 fang2jian1',
      desk: 'hao4 fu2wu4tai2',
      window: 'hao4 chuang1kou3',
    },
  },
  ta: {
    voice: 'ta+f2',
    speed: 150,
    words: { lead: 'எண்', counter: 'கவுண்டர்', room: 'அறை', desk: 'மேசை', window: 'சாளரம்' },
  },
};

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const NUMBERS = Array.from({ length: 100 }, (_, number) => String(number));

function listTexts({ voice, wordVoice = voice, words }) {
  return [
    ...Object.entries(words).map(([clip, text]) => ({ clip, voice: wordVoice, text })),
    ...LETTERS.map((clip) => ({
      clip,
      voice,
      text: `<say-as interpret-as="characters">${clip.toUpperCase()}</say-as>`,
    })),
    ...NUMBERS.map((clip) => ({ clip, voice, text: clip })),
  ];
}

/** Samples of a mono 16-bit WAV file, from -1 to 1. */
function readSamples(file) {
  const wav = readFileSync(file);
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  if (wav.readUInt32LE(24) !== SAMPLE_RATE || wav.readUInt16LE(22) !== 1)
    throw new Error(`${file} is not mono ${SAMPLE_RATE} Hz`);
  return Float32Array.from({ length: (wav.length - data) >> 1 }, (_, i) => wav.readInt16LE(data + 2 * i) / 32_768);
}

function writeSamples(file, samples) {
  const wav = Buffer.alloc(44 + samples.length * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples.length * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(SAMPLE_RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, i) => wav.writeInt16LE(Math.round(sample * 32_767), 44 + 2 * i));
  writeFileSync(file, wav);
}

/** Without silence around it, equally loud, and softly cut. */
function prepare(samples) {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const isHeard = (sample) => Math.abs(sample) > SILENCE * peak;
  const first = samples.findIndex(isHeard);
  const last = samples.findLastIndex(isHeard);
  if (first < 0) throw new Error('a clip is silent');
  const cut = samples.slice(first, last + 1);
  const edge = Math.round(EDGE_SECONDS * SAMPLE_RATE);
  return cut.map((sample, i) => (sample * PEAK * Math.min(1, i / edge, (cut.length - 1 - i) / edge)) / peak);
}

function makeClip(folder, language, { speed }, { clip, voice, text }) {
  const wav = join(folder, 'clip.wav');
  const mp3 = join(folder, 'clip.mp3');
  const recorded = recordings && join(recordings, language, `${clip}.wav`);
  const isRecorded = Boolean(recorded) && existsSync(recorded);
  if (!isRecorded) execFileSync('espeak-ng', ['-v', voice, '-s', String(speed), '-m', '-w', wav, text]);
  writeSamples(wav, prepare(readSamples(isRecorded ? recorded : wav)));
  // Frames that do not lean on each other, so that clips can be cut out of the file and decoded alone.
  const options = ['-t', '--nores', '-b', String(KILOBITS_PER_SECOND), '-m', 'm'];
  execFileSync('lame', ['--quiet', ...options, wav, mp3]);
  return readFileSync(mp3);
}

function makePack(folder, language, description) {
  const texts = listTexts(description);
  const clips = texts.map((one) => makeClip(folder, language, description, one));
  const pack = Buffer.concat(clips);
  const file = `${language}-${createHash('sha256').update(pack).digest('hex').slice(0, 10)}.mp3`;
  writeFileSync(join(clipsDir, file), pack);
  return { file, names: texts.map(({ clip }) => clip), lengths: clips.map(({ length }) => length) };
}

mkdirSync(clipsDir, { recursive: true });
for (const file of readdirSync(clipsDir)) if (file.endsWith('.mp3')) rmSync(join(clipsDir, file));
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-clips-'));
const packs = Object.fromEntries(
  Object.entries(LANGUAGES).map(([language, description]) => [language, makePack(folder, language, description)]),
);
rmSync(folder, { recursive: true });
const entries = Object.entries(packs).map(
  ([language, { file, names, lengths }]) =>
    `${language}: { file: '${file}', names: '${names.join(' ')}', lengths: '${lengths.join(' ')}' },`,
);
writeFileSync(
  indexFile,
  `/** Where each clip lies in the file of its language, in bytes. Made by scripts/make-clips.mjs; do not edit. */
export interface ClipPack {
  readonly file: string;
  /** In the order of the file, separated by spaces. */
  readonly names: string;
  readonly lengths: string;
}

export const CLIP_PACKS = {
${entries.join('\n')}
} as const satisfies Record<string, ClipPack>;

export type ClipLanguage = keyof typeof CLIP_PACKS;
`,
);
execFileSync(process.execPath, [
  join(root, 'node_modules/prettier/bin/prettier.cjs'),
  '--log-level',
  'warn',
  '--write',
  indexFile,
]);
