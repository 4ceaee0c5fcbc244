/** Who is who in the demo, and what they talk about. Everything here is invented. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { ConversationStatus, Priority, Role } from '@frontdesk/protocol/vocabulary';

export const BUSINESS_NAME = 'Klinik Seri Damai';
/** Printed on the console, and good for nothing but this demo on this machine. */
export const DEMO_PASSWORD = 'seri-damai-demo';

export interface DemoMember {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export const OWNER: DemoMember = { name: 'Nurul Aisyah', email: 'nurul@seridamai.example', role: 'owner' };
export const COLLEAGUES: readonly DemoMember[] = [
  { name: 'Farid Hassan', email: 'farid@seridamai.example', role: 'admin' },
  { name: 'Mei Ling Tan', email: 'mei@seridamai.example', role: 'agent' },
  { name: 'Arjun Pillai', email: 'arjun@seridamai.example', role: 'agent' },
  { name: 'Auditor', email: 'audit@seridamai.example', role: 'viewer' },
];

export const TEAMS = ['Front desk', 'Nurses'] as const;

export const SITE = {
  name: BUSINESS_NAME,
  greeting: 'Good day! Ask us anything about your visit.',
  theme: { accent: '#0f5f52', colorScheme: 'auto', launcherSide: 'end' },
} as const;

const CLINIC_DAY = [{ from: '08:30', to: '21:00' }];
const FRIDAY = [
  { from: '08:30', to: '12:15' },
  { from: '14:45', to: '21:00' },
];

/** What stands on the clinic's contact card. Its hours are those of the website; the waiting room itself never closes for visitors. */
export const CARD = {
  name: BUSINESS_NAME,
  roles: {
    en: 'Family doctors in Petaling Jaya',
    ms: 'Doktor keluarga di Petaling Jaya',
    zh: '八打灵再也的家庭医生',
    ta: 'பெட்டாலிங் ஜெயாவின் குடும்ப மருத்துவர்கள்',
    hi: 'पेटालिंग जाया के पारिवारिक डॉक्टर',
    ar: 'أطباء الأسرة في بيتالينغ جايا',
  },
  phone: { number: '+60355500123', extension: null },
  whatsapp: '+60123456789',
  email: 'hello@seridamai.example',
  openers: { en: 'Hello, I have a question.', ms: 'Helo, saya ada soalan.' },
  position: { latitude: 3.1073, longitude: 101.6067 },
  hours: {
    weekly: [CLINIC_DAY, CLINIC_DAY, CLINIC_DAY, CLINIC_DAY, FRIDAY, [{ from: '09:00', to: '17:00' }], []],
    specialDays: [],
    holidays: [],
  },
};

/** One turn of a conversation: the visitor, a member by first name, or a member's private note. */
export type Turn =
  | { readonly from: 'visitor'; readonly text: string }
  | { readonly from: string; readonly text: string; readonly isNote?: true };

export interface DemoConversation {
  /** How long ago the first message came, and how long each turn took. */
  readonly startedMinutesAgo: number;
  readonly minutesPerTurn: number;
  readonly name?: string;
  readonly email?: string;
  readonly locale: Locale;
  readonly page: { readonly path: string; readonly title: string };
  readonly turns: readonly [Turn, ...Turn[]];
  readonly assignee?: string;
  readonly team?: (typeof TEAMS)[number];
  readonly labels?: readonly string[];
  readonly priority?: Priority;
  readonly status?: ConversationStatus;
}

const HOME = { path: '/', title: 'Klinik Seri Damai · Family doctors in Petaling Jaya' };
const SERVICES = { path: '/services', title: 'Services · Klinik Seri Damai' };
const CONTACT = { path: '/contact', title: 'Contact · Klinik Seri Damai' };
const ARABIC = { path: '/ar', title: 'عيادة سري داماي · أطباء الأسرة في بيتالينغ جايا' };

const HOUR = 60;
const DAY = 24 * HOUR;

/** Oldest first: the demo's clock only runs forward. */
export const CONVERSATIONS: readonly DemoConversation[] = [
  {
    startedMinutesAgo: 3 * DAY,
    minutesPerTurn: 7,
    locale: 'en',
    page: HOME,
    turns: [{ from: 'visitor', text: 'Grow your clinic to 10x patients!!! Reply YES for a free SEO audit.' }],
    status: 'spam',
  },
  {
    startedMinutesAgo: 2 * DAY + 3 * HOUR,
    minutesPerTurn: 4,
    name: 'Rohan Mehta',
    email: 'rohan@example.com',
    locale: 'hi',
    page: SERVICES,
    turns: [
      { from: 'visitor', text: 'नमस्ते, क्या मुझे खून की जाँच के लिए खाली पेट आना होगा?' },
      { from: 'Arjun', text: 'नमस्ते Rohan! हाँ, कृपया आठ घंटे पहले से कुछ न खाएँ। पानी पी सकते हैं।' },
      { from: 'visitor', text: 'धन्यवाद, मैं कल सुबह आऊँगा।' },
      { from: 'Arjun', text: 'ज़रूर। हम ग्यारह बजे तक जाँच के लिए खून लेते हैं।' },
    ],
    assignee: 'Arjun',
    labels: ['blood test'],
    status: 'resolved',
  },
  {
    startedMinutesAgo: DAY + 5 * HOUR,
    minutesPerTurn: 6,
    name: 'Sarah Lim',
    email: 'sarah.lim@example.com',
    locale: 'en',
    page: SERVICES,
    turns: [
      {
        from: 'visitor',
        text: 'Hi! We fly to Tanzania on the 20th. Which vaccines do we need, and can you do all of them?',
      },
      {
        from: 'Mei',
        text: 'Hello Sarah, how exciting. Yellow fever we order for you; the others we have here. How many of you are travelling?',
      },
      { from: 'visitor', text: 'Two adults and a boy of six.' },
      {
        from: 'Mei',
        text: 'Yellow fever for three ordered with the supplier, arrives Thursday. Call her when it is here.',
        isNote: true,
      },
      {
        from: 'Mei',
        text: 'Thank you! The vaccine arrives on Thursday, and I will write to you as soon as it is in the fridge.',
      },
    ],
    assignee: 'Mei',
    team: 'Nurses',
    labels: ['vaccination', 'travel'],
    status: 'snoozed',
  },
  {
    startedMinutesAgo: 5 * HOUR,
    minutesPerTurn: 3,
    name: 'Hafiz',
    locale: 'ms',
    page: CONTACT,
    turns: [
      { from: 'visitor', text: 'Assalamualaikum, klinik buka tak hari Jumaat ni? Nak bawa mak saya.' },
      {
        from: 'Farid',
        text: 'Waalaikumussalam Hafiz. Ya, kami buka pukul 8:30 pagi, rehat 12:15 hingga 2:45, kemudian buka sampai 9 malam.',
      },
      { from: 'visitor', text: 'Baik, terima kasih! Ada tempat letak kereta untuk kerusi roda?' },
      { from: 'Farid', text: 'Ada, satu petak yang lebar di belakang klinik. Beritahu kami bila sampai, kami bantu.' },
    ],
    assignee: 'Farid',
    team: 'Front desk',
  },
  {
    startedMinutesAgo: 95,
    minutesPerTurn: 5,
    name: 'கவிதா',
    locale: 'ta',
    page: SERVICES,
    turns: [
      {
        from: 'visitor',
        text: 'வணக்கம், என் அப்பாவின் இரத்த அழுத்த மருந்து நாளை தீர்ந்துவிடும். மீண்டும் வாங்க மருத்துவரைப் பார்க்க வேண்டுமா?',
      },
      {
        from: 'Arjun',
        text: 'வணக்கம் கவிதா! கடைசி பரிசோதனை மூன்று மாதத்திற்குள் என்றால் தேவையில்லை. அவருடைய பெயரைச் சொல்லுங்கள், பார்த்துச் சொல்கிறேன்.',
      },
      { from: 'visitor', text: 'முருகன் சுப்ரமணியம். கடைசியாக செப்டம்பரில் வந்தார்.' },
    ],
    assignee: 'Arjun',
    labels: ['prescription'],
    priority: 'normal',
  },
  {
    startedMinutesAgo: 41,
    minutesPerTurn: 2,
    name: 'ليلى',
    locale: 'ar',
    page: ARABIC,
    turns: [
      { from: 'visitor', text: 'السلام عليكم، هل توجد طبيبة للنساء؟ وهل تتحدث العربية أو الإنجليزية؟' },
      {
        from: 'Nurul',
        text: 'وعليكم السلام ليلى. نعم، د. نورول عائشة هنا يوميًا وتتحدث الإنجليزية، ويمكننا الترجمة كتابةً بالعربية.',
      },
      { from: 'visitor', text: 'ممتاز، شكرًا لكم. سآتي غدًا مساءً إن شاء الله.' },
    ],
    team: 'Front desk',
  },
  {
    startedMinutesAgo: 18,
    minutesPerTurn: 1,
    name: '陈伟明',
    locale: 'zh',
    page: HOME,
    turns: [
      { from: 'visitor', text: '你好，我女儿今天早上开始发烧，38.9度。现在可以过来吗？' },
      { from: 'visitor', text: '她四岁，有喝水，但是不想吃东西。' },
    ],
    labels: ['child'],
    priority: 'urgent',
  },
  {
    startedMinutesAgo: 6,
    minutesPerTurn: 1,
    locale: 'en',
    page: HOME,
    turns: [
      { from: 'visitor', text: 'Hello, do I need an appointment for a flu shot or can I just come by on Saturday?' },
    ],
  },
];
