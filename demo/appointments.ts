/** What can be booked at the clinic: who gives it, in which room, and what it asks. Everything here is invented. */
import type { ConsentText, Question } from '@frontdesk/protocol/booking-fields';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';

export type DemoVisit = 'consultation' | 'cleaning' | 'physiotherapy';

export interface DemoBookable {
  readonly key: DemoVisit;
  readonly names: LocalizedText;
  readonly minutes: number;
  readonly bufferAfterMinutes: number;
  readonly priceText: string;
  /** The pool that a visit takes one of. */
  readonly room: 'chairs' | 'rooms' | null;
  readonly questions: Question[];
  readonly consents: ConsentText[];
}

const complaint: Question = {
  key: 'complaint',
  type: 'long-text',
  labels: {
    en: 'What brings you here?',
    ms: 'Apakah masalah anda?',
    zh: '您哪里不舒服？',
    ta: 'உங்களுக்கு என்ன பிரச்சனை?',
    hi: 'आपको क्या तकलीफ़ है?',
    ar: 'ما سبب زيارتك؟',
  },
  options: [],
  isRequired: false,
  isSensitive: true,
  onlyIf: null,
};

const treatment: ConsentText = {
  key: 'treatment',
  version: 1,
  texts: {
    en: 'The clinic may keep what I write here for my treatment.',
    ms: 'Klinik boleh menyimpan maklumat ini untuk rawatan saya.',
    zh: '我同意诊所为治疗保存我填写的内容。',
    ta: 'என் சிகிச்சைக்காக நான் எழுதுவதை கிளினிக் வைத்திருக்கலாம்.',
    hi: 'क्लिनिक मेरे इलाज के लिए यह जानकारी रख सकता है।',
    ar: 'يجوز للعيادة حفظ ما أكتبه هنا لعلاجي.',
  },
  isRequired: true,
};

export const VISITS: readonly DemoBookable[] = [
  {
    key: 'consultation',
    names: {
      en: 'Consultation',
      ms: 'Konsultasi',
      zh: '门诊咨询',
      ta: 'மருத்துவ ஆலோசனை',
      hi: 'परामर्श',
      ar: 'استشارة طبية',
    },
    minutes: 15,
    bufferAfterMinutes: 0,
    priceText: 'RM 60',
    room: 'rooms',
    questions: [complaint],
    consents: [treatment],
  },
  {
    key: 'cleaning',
    names: {
      en: 'Dental cleaning',
      ms: 'Pembersihan gigi',
      zh: '洗牙',
      ta: 'பற்கள் சுத்தம்',
      hi: 'दाँतों की सफ़ाई',
      ar: 'تنظيف الأسنان',
    },
    minutes: 30,
    bufferAfterMinutes: 0,
    priceText: 'RM 150',
    room: 'chairs',
    questions: [],
    consents: [],
  },
  {
    key: 'physiotherapy',
    names: {
      en: 'Physiotherapy',
      ms: 'Fisioterapi',
      zh: '物理治疗',
      ta: 'பிசியோதெரபி',
      hi: 'फ़िज़ियोथेरेपी',
      ar: 'علاج طبيعي',
    },
    minutes: 45,
    bufferAfterMinutes: 10,
    priceText: 'RM 120',
    room: 'rooms',
    questions: [complaint],
    consents: [treatment],
  },
];

export interface DemoPractitioner {
  readonly name: string;
  /** First name of the member whose agenda it is. */
  readonly member: string | null;
  readonly gives: readonly DemoVisit[];
}

export const PRACTITIONERS: readonly DemoPractitioner[] = [
  { name: 'Dr. Nurul Aisyah', member: 'Nurul', gives: ['consultation'] },
  { name: 'Dr. Arjun Pillai', member: 'Arjun', gives: ['consultation', 'cleaning'] },
  { name: 'Mei Ling Tan', member: 'Mei', gives: ['physiotherapy', 'cleaning'] },
];

/** Visits by appointment have hours; the waiting room of the demo never closes. */
const day = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
export const PRACTICE_HOURS = {
  weekly: [day, day, day, day, day, [{ from: '09:00', to: '13:00' }], []],
  specialDays: [],
  holidays: [],
};

export const POOLS = [
  { key: 'rooms', name: 'Treatment rooms', kind: 'room', members: ['Room 1', 'Room 2'] },
  { key: 'chairs', name: 'Dental chairs', kind: 'equipment', members: ['Dental chair'] },
] as const;

/** Who comes, and in how many days at which hour of the clinic; more come by the website while the demo runs. */
export const APPOINTMENTS = [
  { visit: 'consultation', name: 'Aminah binti Osman', phone: '+60123450001', inDays: 1, hour: 9 },
  { visit: 'consultation', name: 'Lim Wei Jie', phone: '+60123450002', inDays: 1, hour: 9.25 },
  { visit: 'physiotherapy', name: 'Raj Kumar', phone: '+60123450003', inDays: 1, hour: 10 },
  { visit: 'cleaning', name: 'Chong Siew Ling', phone: '+60123450004', inDays: 1, hour: 11 },
  { visit: 'cleaning', name: 'Hafiz Rahman', phone: '+60123450005', inDays: 2, hour: 9.5 },
  { visit: 'consultation', name: 'Kavitha Murugan', phone: '+60123450006', inDays: 2, hour: 14 },
] as const satisfies readonly { readonly visit: DemoVisit; readonly [field: string]: unknown }[];
