/** What can be booked at the clinic, and with whom. */
import type { bookingStaffCommands } from '@frontdesk/protocol/booking-staff';
import type { CommandTypes } from '@frontdesk/protocol/command';

type NewService = Omit<
  CommandTypes<typeof bookingStaffCommands>['booking-service:create']['input'],
  'locationId' | 'segments'
> & { readonly minutes: number; readonly isWithDoctor: boolean };

export const DOCTORS = ['Dr Aisyah Rahman', 'Dr Lim Wei Jie', 'Dr Kavitha Nair'] as const;
export const NURSE = 'Nurse Farah';

const WEEKDAY = [
  { from: '08:30', to: '13:00' },
  { from: '14:00', to: '21:00' },
];
/** The waiting room never closes, so that there is always something to see; the people in the book do. */
export const BOOK_HOURS = {
  weekly: [WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, [{ from: '09:00', to: '17:00' }], []],
  specialDays: [],
  holidays: [],
};
const DAY_MINUTES = 24 * 60;
const POLICY = { minNoticeMinutes: 60, horizonDays: 60, rescheduleUntilMinutes: 120, cancelUntilMinutes: 120 } as const;

export const APPOINTMENTS: readonly NewService[] = [
  {
    names: {
      en: 'Consultation',
      ms: 'Konsultasi',
      zh: '门诊',
      ta: 'மருத்துவ ஆலோசனை',
      hi: 'परामर्श',
      ar: 'استشارة',
    },
    descriptions: {
      en: 'Twenty minutes with a family doctor. Bring your medicines, or a photo of them.',
      ms: 'Dua puluh minit dengan doktor keluarga. Bawa ubat anda, atau gambarnya.',
      ar: 'عشرون دقيقة مع طبيب الأسرة. أحضر أدويتك أو صورة لها.',
    },
    minutes: 20,
    isWithDoctor: true,
    intervalMinutes: 20,
    bufferAfterMinutes: 5,
    priceText: 'RM 45',
    ...POLICY,
    questions: [
      {
        key: 'first-visit',
        type: 'choice',
        labels: { en: 'Have you been here before?', ms: 'Pernahkah anda ke sini?', ar: 'هل زرتنا من قبل؟' },
        options: [
          { key: 'yes', labels: { en: 'Yes', ms: 'Ya', ar: 'نعم' } },
          {
            key: 'no',
            labels: { en: 'No, this is my first visit', ms: 'Belum, ini kali pertama', ar: 'لا، هذه أول مرة' },
          },
        ],
        isRequired: true,
        isSensitive: false,
        onlyIf: null,
      },
      {
        key: 'allergies',
        type: 'text',
        labels: { en: 'Are you allergic to anything?', ms: 'Adakah anda alah kepada apa-apa?', ar: 'هل لديك حساسية؟' },
        options: [],
        isRequired: false,
        isSensitive: true,
        onlyIf: { key: 'first-visit', equals: 'no' },
      },
      {
        key: 'notes',
        type: 'long-text',
        labels: { en: 'What is it about?', ms: 'Tentang apa?', ar: 'ما سبب الزيارة؟' },
        options: [],
        isRequired: false,
        isSensitive: true,
        onlyIf: null,
      },
    ],
    consents: [
      {
        key: 'privacy',
        version: 1,
        texts: {
          en: 'I agree that the clinic uses what I wrote to prepare my visit.',
          ms: 'Saya bersetuju klinik menggunakan apa yang saya tulis untuk menyediakan lawatan saya.',
          ar: 'أوافق على أن تستخدم العيادة ما كتبته للتحضير لزيارتي.',
        },
        isRequired: true,
      },
    ],
  },
  {
    names: { en: 'Vaccination', ms: 'Pemvaksinan', zh: '疫苗接种', ta: 'தடுப்பூசி', hi: 'टीकाकरण', ar: 'التطعيم' },
    descriptions: { en: 'Flu and travel vaccines. For travel, come four weeks before you leave.' },
    minutes: 15,
    isWithDoctor: false,
    intervalMinutes: 15,
    priceText: 'RM 70',
    ...POLICY,
  },
  {
    names: { en: 'Yearly check-up', ms: 'Pemeriksaan tahunan', zh: '年度体检', ar: 'الفحص السنوي' },
    descriptions: { en: 'An hour with a doctor. We confirm within the day.' },
    minutes: 60,
    isWithDoctor: true,
    intervalMinutes: 30,
    priceText: 'RM 280',
    confirmation: 'approve',
    ...POLICY,
    minNoticeMinutes: DAY_MINUTES,
  },
];
