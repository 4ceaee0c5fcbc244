/** What people in classes read about their seats, in every language of the house. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { SeatOutboxEntry } from './class.types.js';
import type { MessageFacts } from './message-texts.js';

export interface SeatMessageFacts extends MessageFacts {
  /** When an offer ends, short; empty when there is none. */
  readonly until: string;
  /** Who was enrolled. */
  readonly name: string;
}

type Texts = Readonly<Record<SeatOutboxEntry['kind'], (facts: SeatMessageFacts) => string>>;

export interface SeatMessageTexts {
  readonly subjects: Texts;
  readonly news: Texts;
  readonly labels: { readonly seats: string; readonly until: string; readonly absent: string };
  /** What stands on the link. */
  readonly open: { readonly seats: string; readonly offer: string };
  readonly footer: (facts: SeatMessageFacts) => string;
}

const en: SeatMessageTexts = {
  subjects: {
    enrolled: ({ service, when }) => `You have a seat: ${service}, ${when}`,
    waiting: ({ service, when }) => `On the waitlist: ${service}, ${when}`,
    offered: ({ service, until }) => `A seat is free until ${until}: ${service}`,
    lapsed: ({ service, when }) => `Offer ended: ${service}, ${when}`,
    cancelled: ({ service, when }) => `Seat given up: ${service}, ${when}`,
    moved: ({ service, when }) => `Class changed: ${service}, ${when}`,
    'called-off': ({ service, when }) => `Class cancelled: ${service}, ${when}`,
    absent: ({ service, when }) => `Absent: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `Reminder: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `Soon: ${service}, ${when}`,
    course: ({ service, when }) => `You have your seats: ${service}, from ${when}`,
    'course-cancelled': ({ service, when }) => `Course given up: ${service}, from ${when}`,
  },
  news: {
    enrolled: ({ business }) => `You have a seat in this class at ${business}.`,
    waiting: ({ business }) =>
      `This class at ${business} is full. You are on the waitlist and will hear when it is your turn.`,
    offered: ({ until }) =>
      `It is your turn: a seat is kept for you until ${until}. Accept it or decline it; after that the next in line is asked.`,
    lapsed: () => 'Your offer has ended without an answer, and the seat was offered to the next in line.',
    cancelled: ({ business }) => `Your place in this class at ${business} has been given up.`,
    moved: ({ business }) => `${business} has changed this class. This is how it stands now:`,
    'called-off': ({ business }) => `${business} had to cancel this class.`,
    absent: ({ business, name }) =>
      `${business} has marked ${name} as absent from this class. If you did not know of it, please get in touch with them.`,
    'reminder-day': ({ business }) => `This is a reminder of your class at ${business}.`,
    'reminder-hours': ({ business }) => `Your class at ${business} begins soon.`,
    course: ({ business }) => `You have a seat in all of these dates at ${business}.`,
    'course-cancelled': ({ business }) => `Your seats in these dates at ${business} have been given up.`,
  },
  labels: { seats: 'Seats', until: 'Kept until', absent: 'Absent' },
  open: { seats: 'See or give up', offer: 'Accept or decline' },
  footer: ({ business }) => `You get this e-mail because your address was given for this class at ${business}.`,
};

const ms: SeatMessageTexts = {
  subjects: {
    enrolled: ({ service, when }) => `Tempat anda disahkan: ${service}, ${when}`,
    waiting: ({ service, when }) => `Dalam senarai menunggu: ${service}, ${when}`,
    offered: ({ service, until }) => `Tempat kosong hingga ${until}: ${service}`,
    lapsed: ({ service, when }) => `Tawaran tamat: ${service}, ${when}`,
    cancelled: ({ service, when }) => `Tempat dilepaskan: ${service}, ${when}`,
    moved: ({ service, when }) => `Kelas berubah: ${service}, ${when}`,
    'called-off': ({ service, when }) => `Kelas dibatalkan: ${service}, ${when}`,
    absent: ({ service, when }) => `Tidak hadir: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `Peringatan: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `Tidak lama lagi: ${service}, ${when}`,
    course: ({ service, when }) => `Tempat anda disahkan: ${service}, mulai ${when}`,
    'course-cancelled': ({ service, when }) => `Kursus dilepaskan: ${service}, mulai ${when}`,
  },
  news: {
    enrolled: ({ business }) => `Anda mendapat tempat dalam kelas ini di ${business}.`,
    waiting: ({ business }) =>
      `Kelas ini di ${business} sudah penuh. Anda berada dalam senarai menunggu dan akan dimaklumkan apabila tiba giliran anda.`,
    offered: ({ until }) =>
      `Giliran anda telah tiba: satu tempat disimpan untuk anda hingga ${until}. Terima atau tolak tawaran ini; selepas itu orang seterusnya akan ditanya.`,
    lapsed: () => 'Tawaran anda telah tamat tanpa jawapan, dan tempat itu ditawarkan kepada orang seterusnya.',
    cancelled: ({ business }) => `Tempat anda dalam kelas ini di ${business} telah dilepaskan.`,
    moved: ({ business }) => `${business} telah mengubah kelas ini. Butiran terkini:`,
    'called-off': ({ business }) => `${business} terpaksa membatalkan kelas ini.`,
    absent: ({ business, name }) =>
      `${business} telah menandakan ${name} sebagai tidak hadir dalam kelas ini. Jika anda tidak mengetahuinya, sila hubungi mereka.`,
    'reminder-day': ({ business }) => `Ini peringatan tentang kelas anda di ${business}.`,
    'reminder-hours': ({ business }) => `Kelas anda di ${business} akan bermula tidak lama lagi.`,
    course: ({ business }) => `Anda mendapat tempat pada semua tarikh ini di ${business}.`,
    'course-cancelled': ({ business }) => `Tempat anda pada tarikh-tarikh ini di ${business} telah dilepaskan.`,
  },
  labels: { seats: 'Bilangan tempat', until: 'Disimpan hingga', absent: 'Tidak hadir' },
  open: { seats: 'Lihat atau lepaskan', offer: 'Terima atau tolak' },
  footer: ({ business }) => `Anda menerima e-mel ini kerana alamat anda diberikan untuk kelas di ${business} ini.`,
};

const zh: SeatMessageTexts = {
  subjects: {
    enrolled: ({ service, when }) => `名额已确认:${service},${when}`,
    waiting: ({ service, when }) => `已加入候补:${service},${when}`,
    offered: ({ service, until }) => `有空位,为您保留至${until}:${service}`,
    lapsed: ({ service, when }) => `名额保留已到期:${service},${when}`,
    cancelled: ({ service, when }) => `名额已放弃:${service},${when}`,
    moved: ({ service, when }) => `课程变更:${service},${when}`,
    'called-off': ({ service, when }) => `课程取消:${service},${when}`,
    absent: ({ service, when }) => `缺席:${service},${when}`,
    'reminder-day': ({ service, when }) => `课程提醒:${service},${when}`,
    'reminder-hours': ({ service, when }) => `即将开始:${service},${when}`,
    course: ({ service, when }) => `全部课程名额已确认:${service},${when}起`,
    'course-cancelled': ({ service, when }) => `已放弃整期课程:${service},${when}起`,
  },
  news: {
    enrolled: ({ business }) => `您已获得${business}这堂课的名额。`,
    waiting: ({ business }) => `${business}的这堂课已满。您已在候补名单上,轮到您时会通知您。`,
    offered: ({ until }) => `轮到您了:有一个名额为您保留至${until}。请接受或拒绝;逾时将询问下一位。`,
    lapsed: () => '您未在期限内答复,名额已让给下一位候补者。',
    cancelled: ({ business }) => `您在${business}这堂课的名额已放弃。`,
    moved: ({ business }) => `${business}更改了这堂课,最新安排如下:`,
    'called-off': ({ business }) => `${business}不得不取消这堂课。`,
    absent: ({ business, name }) => `${business}已将${name}记为这堂课缺席。如果您不知情,请与对方联系。`,
    'reminder-day': ({ business }) => `提醒您在${business}的课程。`,
    'reminder-hours': ({ business }) => `您在${business}的课程即将开始。`,
    course: ({ business }) => `您已获得${business}以下所有日期的名额。`,
    'course-cancelled': ({ business }) => `您在${business}以下日期的名额已放弃。`,
  },
  labels: { seats: '人数', until: '保留至', absent: '缺席' },
  open: { seats: '查看或放弃', offer: '接受或拒绝' },
  footer: ({ business }) => `您收到这封邮件,是因为在${business}的这堂课中留下了您的地址。`,
};

const ta: SeatMessageTexts = {
  subjects: {
    enrolled: ({ service, when }) => `உங்களுக்கு இடம் உறுதி: ${service}, ${when}`,
    waiting: ({ service, when }) => `காத்திருப்புப் பட்டியலில்: ${service}, ${when}`,
    offered: ({ service, until }) => `${until} வரை ஓர் இடம் காலி: ${service}`,
    lapsed: ({ service, when }) => `வாய்ப்பு முடிந்தது: ${service}, ${when}`,
    cancelled: ({ service, when }) => `இடம் விடப்பட்டது: ${service}, ${when}`,
    moved: ({ service, when }) => `வகுப்பு மாற்றப்பட்டது: ${service}, ${when}`,
    'called-off': ({ service, when }) => `வகுப்பு ரத்து செய்யப்பட்டது: ${service}, ${when}`,
    absent: ({ service, when }) => `வரவில்லை: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `நினைவூட்டல்: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `விரைவில்: ${service}, ${when}`,
    course: ({ service, when }) => `உங்கள் இருக்கைகள் உறுதி: ${service}, ${when} முதல்`,
    'course-cancelled': ({ service, when }) => `பாடத்தொடர் விடப்பட்டது: ${service}, ${when} முதல்`,
  },
  news: {
    enrolled: ({ business }) => `${business} நடத்தும் இந்த வகுப்பில் உங்களுக்கு இடம் உள்ளது.`,
    waiting: ({ business }) =>
      `${business} நடத்தும் இந்த வகுப்பு நிரம்பிவிட்டது. நீங்கள் காத்திருப்புப் பட்டியலில் உள்ளீர்கள்; உங்கள் முறை வரும்போது தெரிவிக்கப்படும்.`,
    offered: ({ until }) =>
      `இது உங்கள் முறை: ${until} வரை ஓர் இடம் உங்களுக்காக வைக்கப்பட்டுள்ளது. ஏற்கவும் அல்லது மறுக்கவும்; அதன் பின் அடுத்தவரிடம் கேட்கப்படும்.`,
    lapsed: () => 'பதில் இல்லாததால் உங்கள் வாய்ப்பு முடிந்தது; அந்த இடம் அடுத்தவருக்கு வழங்கப்பட்டது.',
    cancelled: ({ business }) => `${business} நடத்தும் இந்த வகுப்பில் உங்கள் இடம் விடப்பட்டது.`,
    moved: ({ business }) => `${business} இந்த வகுப்பை மாற்றியுள்ளது. தற்போதைய விவரம்:`,
    'called-off': ({ business }) => `${business} இந்த வகுப்பை ரத்து செய்ய வேண்டியதாயிற்று.`,
    absent: ({ business, name }) =>
      `${name} இந்த வகுப்புக்கு வரவில்லை என்று ${business} குறித்துள்ளது. இது உங்களுக்குத் தெரியாது என்றால் அவர்களைத் தொடர்புகொள்ளவும்.`,
    'reminder-day': ({ business }) => `${business} நடத்தும் உங்கள் வகுப்பின் நினைவூட்டல் இது.`,
    'reminder-hours': ({ business }) => `${business} நடத்தும் உங்கள் வகுப்பு விரைவில் தொடங்கும்.`,
    course: ({ business }) => `${business} இல் இந்த எல்லா நாட்களிலும் உங்களுக்கு இருக்கை உண்டு.`,
    'course-cancelled': ({ business }) => `${business} இல் இந்த நாட்களுக்கான உங்கள் இருக்கைகள் விடப்பட்டன.`,
  },
  labels: { seats: 'இடங்கள்', until: 'வைக்கப்படுவது', absent: 'வராதவர்கள்' },
  open: { seats: 'பார்க்க அல்லது இடத்தை விட', offer: 'ஏற்க அல்லது மறுக்க' },
  footer: ({ business }) => `${business} நடத்தும் இந்த வகுப்புக்கு உங்கள் முகவரி கொடுக்கப்பட்டதால் இந்த மின்னஞ்சல் வருகிறது.`,
};

const hi: SeatMessageTexts = {
  subjects: {
    enrolled: ({ service, when }) => `आपकी सीट पक्की है: ${service}, ${when}`,
    waiting: ({ service, when }) => `प्रतीक्षा सूची में: ${service}, ${when}`,
    offered: ({ service, until }) => `${until} तक एक सीट खाली है: ${service}`,
    lapsed: ({ service, when }) => `प्रस्ताव समाप्त: ${service}, ${when}`,
    cancelled: ({ service, when }) => `सीट छोड़ी गई: ${service}, ${when}`,
    moved: ({ service, when }) => `कक्षा में बदलाव: ${service}, ${when}`,
    'called-off': ({ service, when }) => `कक्षा रद्द: ${service}, ${when}`,
    absent: ({ service, when }) => `अनुपस्थित: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `याद दिलाना: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `थोड़ी देर में: ${service}, ${when}`,
    course: ({ service, when }) => `आपकी सीटें पक्की: ${service}, ${when} से`,
    'course-cancelled': ({ service, when }) => `पूरा कोर्स छोड़ा गया: ${service}, ${when} से`,
  },
  news: {
    enrolled: ({ business }) => `${business} की इस कक्षा में आपकी सीट पक्की है।`,
    waiting: ({ business }) => `${business} की यह कक्षा भर गई है। आप प्रतीक्षा सूची में हैं; आपकी बारी आने पर बताया जाएगा।`,
    offered: ({ until }) =>
      `अब आपकी बारी है: ${until} तक एक सीट आपके लिए रखी गई है। इसे स्वीकार करें या मना करें; उसके बाद अगले व्यक्ति से पूछा जाएगा।`,
    lapsed: () => 'जवाब न मिलने से आपका प्रस्ताव समाप्त हो गया और सीट अगले व्यक्ति को दी गई।',
    cancelled: ({ business }) => `${business} की इस कक्षा में आपकी जगह छोड़ दी गई है।`,
    moved: ({ business }) => `${business} ने इस कक्षा में बदलाव किया है। अब की जानकारी:`,
    'called-off': ({ business }) => `${business} को यह कक्षा रद्द करनी पड़ी।`,
    absent: ({ business, name }) =>
      `${business} ने इस कक्षा में ${name} को अनुपस्थित दर्ज किया है। यदि आपको इसकी जानकारी नहीं थी, तो कृपया उनसे संपर्क करें।`,
    'reminder-day': ({ business }) => `यह ${business} की आपकी कक्षा की याद दिलाने के लिए है।`,
    'reminder-hours': ({ business }) => `${business} की आपकी कक्षा थोड़ी देर में शुरू होगी।`,
    course: ({ business }) => `${business} में इन सभी तारीखों पर आपकी सीट पक्की है।`,
    'course-cancelled': ({ business }) => `${business} में इन तारीखों की आपकी सीटें छोड़ दी गई हैं।`,
  },
  labels: { seats: 'सीटें', until: 'कब तक रखी है', absent: 'अनुपस्थित' },
  open: { seats: 'देखें या छोड़ें', offer: 'स्वीकार करें या मना करें' },
  footer: ({ business }) => `आपको यह ई-मेल इसलिए मिला है क्योंकि ${business} की इस कक्षा के लिए आपका पता दिया गया था।`,
};

const ar: SeatMessageTexts = {
  subjects: {
    enrolled: ({ service, when }) => `تم تأكيد مقعدك: ${service}، ${when}`,
    waiting: ({ service, when }) => `على قائمة الانتظار: ${service}، ${when}`,
    offered: ({ service, until }) => `مقعد متاح حتى ${until}: ${service}`,
    lapsed: ({ service, when }) => `انتهى العرض: ${service}، ${when}`,
    cancelled: ({ service, when }) => `تم التخلي عن المقعد: ${service}، ${when}`,
    moved: ({ service, when }) => `تغيّرت الحصة: ${service}، ${when}`,
    'called-off': ({ service, when }) => `أُلغيت الحصة: ${service}، ${when}`,
    absent: ({ service, when }) => `غياب: ${service}، ${when}`,
    'reminder-day': ({ service, when }) => `تذكير: ${service}، ${when}`,
    'reminder-hours': ({ service, when }) => `قريبًا: ${service}، ${when}`,
    course: ({ service, when }) => `تم تأكيد مقاعدك: ${service}، ابتداءً من ${when}`,
    'course-cancelled': ({ service, when }) => `تم التخلي عن الدورة: ${service}، ابتداءً من ${when}`,
  },
  news: {
    enrolled: ({ business }) => `لديك مقعد في هذه الحصة لدى ${business}.`,
    waiting: ({ business }) => `هذه الحصة لدى ${business} مكتملة. أنت على قائمة الانتظار وسنخبرك عندما يحين دورك.`,
    offered: ({ until }) => `حان دورك: هناك مقعد محجوز لك حتى ${until}. اقبله أو ارفضه؛ وبعد ذلك يُعرض على من يليك.`,
    lapsed: () => 'انتهى العرض دون رد منك، وعُرض المقعد على من يليك في القائمة.',
    cancelled: ({ business }) => `تم التخلي عن مكانك في هذه الحصة لدى ${business}.`,
    moved: ({ business }) => `أجرى ${business} تغييرًا على هذه الحصة. هذه تفاصيلها الآن:`,
    'called-off': ({ business }) => `اضطر ${business} إلى إلغاء هذه الحصة.`,
    absent: ({ business, name }) =>
      `سجّل ${business} غياب ${name} عن هذه الحصة. إن لم تكن على علم بذلك، فيُرجى التواصل معهم.`,
    'reminder-day': ({ business }) => `هذا تذكير بحصتك لدى ${business}.`,
    'reminder-hours': ({ business }) => `تبدأ حصتك لدى ${business} قريبًا.`,
    course: ({ business }) => `لديك مقعد في جميع هذه المواعيد لدى ${business}.`,
    'course-cancelled': ({ business }) => `تم التخلي عن مقاعدك في هذه المواعيد لدى ${business}.`,
  },
  labels: { seats: 'المقاعد', until: 'محجوز حتى', absent: 'الغياب' },
  open: { seats: 'عرض المقعد أو التخلي عنه', offer: 'قبول أو رفض' },
  footer: ({ business }) => `وصلتك هذه الرسالة لأن عنوانك ذُكر لهذه الحصة لدى ${business}.`,
};

export const SEAT_MESSAGE_TEXTS: Readonly<Record<Locale, SeatMessageTexts>> = { en, ms, zh, ta, hi, ar };
