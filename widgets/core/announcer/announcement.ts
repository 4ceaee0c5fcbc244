/**
 * What is said of a call, apart from how it is said. A label is spelled by its letters and digits (`A012` → A, zero, one, two), because
 * nobody hears "twelve" as `012`; a counter is said by its kind and number, as the screen writes it (QD-9).
 */
import type { Locale } from '@frontdesk/protocol/locales';

export interface Announcement {
  /** Same for a recall. */
  readonly id: string;
  readonly sequence: number;
  readonly label: string;
  readonly counterLabel: string;
  /** In the order in which they are spoken. */
  readonly languages: readonly string[];
}

/** Places whose names are recorded, in the words that owners write on counters. */
const PLACES = {
  counter: ['counter', 'kaunter', '柜台', '柜檯', 'கவுண்டர்', 'काउंटर', 'شباك', 'كاونتر'],
  room: ['room', 'bilik', '房', '诊室', 'அறை', 'कमरा', 'غرفة'],
  desk: ['desk', 'meja', '服务台', 'மேசை', 'डेस्क', 'مكتب'],
  window: ['window', 'tingkap', '窗口', 'சாளரம்', 'खिड़की', 'نافذة'],
} as const;
type Place = keyof typeof PLACES;

const placeOf = (word: string): Place | undefined =>
  (Object.keys(PLACES) as Place[]).find((place) => (PLACES[place] as readonly string[]).includes(word));

/** Names of clips for a label: letters and digits one by one, everything else unsaid. */
export function spellLabel(label: string): string[] {
  return [...label.toLowerCase()].filter((sign) => /^[a-z0-9]$/.test(sign));
}

export interface SpokenCounter {
  readonly place: Place;
  /** A number from 0 to 99, or letters. */
  readonly signs: readonly string[];
}

/** `Counter 12` → counter, 12. Undefined for names that were not recorded, such as `Pharmacy`. */
export function readCounter(counterLabel: string): SpokenCounter | undefined {
  const words = counterLabel
    .trim()
    .toLowerCase()
    .replace(/号/g, ' ')
    .split(/[\s#.:-]+|(?<=[^\d\s])(?=\d)|(?<=\d)(?=[^\d\s])/)
    .filter(Boolean);
  const place = words.map(placeOf).find((found) => found !== undefined);
  const signs = words.filter((word) => placeOf(word) === undefined);
  const [sign = ''] = signs;
  if (signs.length !== 1 || !/^(?:\d{1,2}|[a-z])$/.test(sign)) return undefined;
  return { place: place ?? 'counter', signs: [String(/\d/.test(sign) ? Number(sign) : sign)] };
}

/** Order of the recorded words in each language; `label` and `number` are filled in. */
const CLIP_ORDERS = {
  en: ['lead', 'label', 'pause', 'place', 'number'],
  ms: ['lead', 'label', 'pause', 'place', 'number'],
  ta: ['lead', 'label', 'pause', 'place', 'number'],
  zh: ['lead', 'label', 'label-end', 'number', 'place'],
} as const;

/** A breath between the label and the counter. */
export const PAUSE = 'pause';

/** Clips to play one after the other; undefined where the counter or the language was not recorded. */
export function planClips(language: string, { label, counterLabel }: Announcement): string[] | undefined {
  if (!(language in CLIP_ORDERS)) return undefined;
  const counter = readCounter(counterLabel);
  if (!counter) return undefined;
  return CLIP_ORDERS[language as keyof typeof CLIP_ORDERS].flatMap((part) => {
    if (part === 'label') return spellLabel(label);
    if (part === 'number') return counter.signs;
    return part === 'place' ? [counter.place] : [part];
  });
}

const SENTENCES: Readonly<Record<Locale, string>> = {
  en: 'Number {label}. {counter}.',
  ms: 'Nombor {label}. {counter}.',
  zh: '请 {label} 号，到 {counter}。',
  ta: 'எண் {label}. {counter}.',
  hi: 'नंबर {label}। {counter}।',
  ar: 'الرقم {label}. {counter}.',
};

/** The same for a voice of the browser: single signs with spaces between, the counter as it is written. */
export function writeSentence(language: string, { label, counterLabel }: Announcement): string {
  const sentence = SENTENCES[language as Locale] ?? SENTENCES.en;
  const spelled = spellLabel(label).join(' ').toUpperCase();
  return sentence.replace('{label}', spelled).replace('{counter}', counterLabel);
}
