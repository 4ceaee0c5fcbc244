/** The clinic's waiting room: where it is, what people come for, who serves them. Everything here is invented. */
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { PriorityClass } from '@frontdesk/protocol/queue-setup';
import type { Locale } from '@frontdesk/protocol/locales';

export interface DemoService {
  readonly key: 'doctor' | 'blood' | 'pharmacy';
  readonly names: LocalizedText;
  readonly prefix: string;
  readonly pool: string;
  readonly typicalMinutes: number;
  /** Share of those who arrive; nobody begins at the pharmacy. */
  readonly share: number;
}

export const SERVICES: readonly DemoService[] = [
  {
    key: 'doctor',
    names: {
      en: 'See a doctor',
      ms: 'Jumpa doktor',
      zh: '看医生',
      ta: 'மருத்துவரைப் பார்க்க',
      hi: 'डॉक्टर से मिलें',
      ar: 'مقابلة الطبيب',
    },
    prefix: 'A',
    pool: 'doctors',
    typicalMinutes: 8,
    share: 0.7,
  },
  {
    key: 'blood',
    names: {
      en: 'Blood test',
      ms: 'Ujian darah',
      zh: '验血',
      ta: 'இரத்தப் பரிசோதனை',
      hi: 'खून की जाँच',
      ar: 'تحليل الدم',
    },
    prefix: 'B',
    pool: 'doctors',
    typicalMinutes: 5,
    share: 0.2,
  },
  {
    key: 'pharmacy',
    names: { en: 'Pharmacy', ms: 'Farmasi', zh: '药房', ta: 'மருந்தகம்', hi: 'दवाखाना', ar: 'الصيدلية' },
    prefix: 'P',
    pool: 'pharmacy',
    typicalMinutes: 3,
    share: 0.1,
  },
];

export interface DemoCounter {
  readonly label: string;
  readonly serves: readonly DemoService['key'][];
  /** First name of whoever sits there in the simulation; the first counter is left to the newcomer. */
  readonly simulatedBy: string | null;
}

export const COUNTERS: readonly DemoCounter[] = [
  { label: 'Room 1', serves: ['doctor', 'blood'], simulatedBy: null },
  { label: 'Room 2', serves: ['doctor', 'blood'], simulatedBy: 'Arjun' },
  { label: 'Room 3', serves: ['doctor', 'blood'], simulatedBy: 'Farid' },
  { label: 'Pharmacy', serves: ['pharmacy'], simulatedBy: 'Mei' },
];

/** Round the clock, so that whoever tries the demo at midnight meets an open clinic too. */
const allDay = [{ from: '00:00', to: '24:00' }];
export const HOURS: OpeningHours = {
  weekly: [allDay, allDay, allDay, allDay, allDay, allDay, allDay],
  specialDays: [],
  holidays: [],
};

export const LANGUAGES: readonly Locale[] = ['en', 'ms', 'zh', 'ta', 'hi', 'ar'];

export const SENIORS: PriorityClass = {
  key: 'senior',
  names: {
    en: 'Senior citizen',
    ms: 'Warga emas',
    zh: '乐龄人士',
    ta: 'மூத்த குடிமகன்',
    hi: 'वरिष्ठ नागरिक',
    ar: 'كبار السن',
  },
  kind: 'soft',
  rate: 2,
  headStartMinutes: 0,
  maxConsecutive: null,
  declaration: {
    en: 'I am 60 years old or older.',
    ms: 'Saya berumur 60 tahun atau lebih.',
    zh: '我已年满 60 岁。',
    ta: 'எனக்கு 60 வயது அல்லது அதற்கு மேல்.',
    hi: 'मेरी उम्र 60 वर्ष या उससे अधिक है।',
    ar: 'عمري ستون سنة أو أكثر.',
  },
  quota: null,
};
