/** The second business of the demo: a tuition centre with weekly classes. Everything here is invented. */
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { DemoMember } from './clinic.js';

export const TUITION_NAME = 'Pusat Tuisyen Bintang';
export const TUITION_OWNER: DemoMember = { name: 'Devi Raman', email: 'devi@bintang.example', role: 'owner' };

const afternoon = [{ from: '14:00', to: '21:00' }];
const saturday = [{ from: '09:00', to: '17:00' }];
export const TUITION_HOURS = {
  weekly: [afternoon, afternoon, afternoon, afternoon, afternoon, saturday, []],
  specialDays: [],
  holidays: [],
};

export interface DemoClass {
  readonly names: LocalizedText;
  readonly descriptions: LocalizedText;
  readonly teacher: string;
  readonly minutes: number;
  readonly seats: { readonly min: number; readonly max: number };
  readonly priceText: string;
  /** 0 is Monday; the first one from tomorrow on. */
  readonly weekday: number;
  readonly time: string;
  /** All dates may be taken at once. */
  readonly isCourse?: true;
  /** Who is in the first session already; who has no seat any more waits. */
  readonly pupils: readonly string[];
}

export const CLASSES: readonly DemoClass[] = [
  {
    names: {
      en: 'Mathematics, Form 4',
      ms: 'Matematik, Tingkatan 4',
      zh: '数学(中四)',
      ta: 'கணிதம், படிவம் 4',
      hi: 'गणित, फ़ॉर्म 4',
      ar: 'الرياضيات، الصف الرابع الثانوي',
    },
    descriptions: {
      en: 'Small group, every week. Bring your school book.',
      ms: 'Kumpulan kecil, setiap minggu. Bawa buku sekolah anda.',
      zh: '每周小班授课,请带上课本。',
      ta: 'சிறிய குழு, ஒவ்வொரு வாரமும். பாடநூலைக் கொண்டு வாருங்கள்.',
      hi: 'छोटा समूह, हर हफ़्ते। अपनी किताब साथ लाएँ।',
      ar: 'مجموعة صغيرة كل أسبوع. أحضر كتابك المدرسي.',
    },
    teacher: 'Cikgu Hafizah',
    minutes: 90,
    seats: { min: 3, max: 8 },
    priceText: 'RM 45',
    weekday: 1,
    time: '16:00',
    isCourse: true,
    pupils: ['Adam', 'Jia Hui', 'Kavin', 'Sofia', 'Wei Ming'],
  },
  {
    names: {
      en: 'English conversation',
      ms: 'Perbualan Inggeris',
      zh: '英语会话',
      ta: 'ஆங்கில உரையாடல்',
      hi: 'अंग्रेज़ी बातचीत',
      ar: 'محادثة إنجليزية',
    },
    descriptions: {
      en: 'An hour of talking, for everybody who can read a little already.',
      ms: 'Sejam berbual, untuk sesiapa yang sudah boleh membaca sedikit.',
      zh: '一小时口语练习,适合已有一点阅读基础的人。',
      ta: 'ஒரு மணி நேரம் பேசுவோம்; சிறிது வாசிக்கத் தெரிந்தால் போதும்.',
      hi: 'एक घंटे की बातचीत, उनके लिए जो थोड़ा पढ़ सकते हैं।',
      ar: 'ساعة من المحادثة لكل من يقرأ قليلًا.',
    },
    teacher: 'Ms Grace Lim',
    minutes: 60,
    seats: { min: 2, max: 4 },
    priceText: 'RM 35',
    weekday: 3,
    time: '17:30',
    pupils: ['Aiman', 'Li Na', 'Priya', 'Yusuf', 'Hannah', 'Daniel'],
  },
  {
    names: {
      en: 'Science lab, Saturday',
      ms: 'Makmal sains, Sabtu',
      zh: '周六科学实验',
      ta: 'அறிவியல் ஆய்வகம், சனி',
      hi: 'विज्ञान प्रयोगशाला, शनिवार',
      ar: 'مختبر العلوم، السبت',
    },
    descriptions: {
      en: 'Two hours of experiments; parents may stay.',
      ms: 'Dua jam eksperimen; ibu bapa boleh bersama.',
      zh: '两小时实验课,家长可陪同。',
      ta: 'இரண்டு மணி நேர பரிசோதனைகள்; பெற்றோரும் இருக்கலாம்.',
      hi: 'दो घंटे के प्रयोग; माता-पिता भी रह सकते हैं।',
      ar: 'ساعتان من التجارب، ويمكن للأهل البقاء.',
    },
    teacher: 'Mr Anand',
    minutes: 120,
    seats: { min: 4, max: 12 },
    priceText: 'RM 60',
    weekday: 5,
    time: '10:00',
    pupils: ['Mei Xin', 'Haziq', 'Nithya'],
  },
];
