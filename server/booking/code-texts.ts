/** What the mail with a code says, in every language of the house. */
import type { Locale } from '@frontdesk/protocol/locales';

interface CodeFacts {
  readonly code: string;
  readonly business: string;
  readonly service: string;
  readonly minutes: number;
}

export interface CodeTexts {
  /** The code first: a phone shows the beginning. */
  readonly subject: (facts: CodeFacts) => string;
  readonly news: (facts: CodeFacts) => string;
  readonly code: string;
  readonly validity: (facts: CodeFacts) => string;
  readonly footer: (facts: CodeFacts) => string;
}

export const CODE_TEXTS: Readonly<Record<Locale, CodeTexts>> = {
  en: {
    subject: ({ code, business }) => `${code} is your code for ${business}`,
    news: ({ service, business }) => `Type this code into the booking form to book ${service} at ${business}.`,
    code: 'Code',
    validity: ({ minutes }) => `It is valid for ${minutes} minutes. A newer code replaces it. Give it to nobody else.`,
    footer: ({ business }) =>
      `If you are not booking at ${business}, ignore this mail: without the code nobody can book with your address.`,
  },
  ms: {
    subject: ({ code, business }) => `${code} ialah kod anda untuk ${business}`,
    news: ({ service, business }) => `Taip kod ini dalam borang tempahan untuk menempah ${service} di ${business}.`,
    code: 'Kod',
    validity: ({ minutes }) =>
      `Kod ini sah selama ${minutes} minit. Kod yang lebih baharu menggantikannya. Jangan beri kepada orang lain.`,
    footer: ({ business }) =>
      `Jika anda tidak menempah di ${business}, abaikan e-mel ini: tanpa kod ini tiada siapa boleh menempah dengan alamat anda.`,
  },
  zh: {
    subject: ({ code, business }) => `${code} 是您在${business}的验证码`,
    news: ({ service, business }) => `请在预约表单中输入此验证码，以预约${business}的${service}。`,
    code: '验证码',
    validity: ({ minutes }) => `${minutes} 分钟内有效。新的验证码会取代它。请勿告诉他人。`,
    footer: ({ business }) => `如果您没有在${business}预约，请忽略此邮件：没有验证码，任何人都无法用您的邮箱预约。`,
  },
  ta: {
    subject: ({ code, business }) => `${code} என்பது ${business}-க்கான உங்கள் குறியீடு`,
    news: ({ service, business }) =>
      `${business}-இல் ${service} முன்பதிவு செய்ய, இந்தக் குறியீட்டை முன்பதிவுப் படிவத்தில் உள்ளிடவும்.`,
    code: 'குறியீடு',
    validity: ({ minutes }) =>
      `இது ${minutes} நிமிடங்களுக்குச் செல்லும். புதிய குறியீடு இதற்குப் பதிலாக வரும். வேறு யாருக்கும் கொடுக்க வேண்டாம்.`,
    footer: ({ business }) =>
      `நீங்கள் ${business}-இல் முன்பதிவு செய்யவில்லை என்றால், இந்த அஞ்சலைப் புறக்கணிக்கவும்: குறியீடு இல்லாமல் உங்கள் முகவரியில் யாரும் முன்பதிவு செய்ய முடியாது.`,
  },
  hi: {
    subject: ({ code, business }) => `${code} ${business} के लिए आपका कोड है`,
    news: ({ service, business }) => `${business} में ${service} बुक करने के लिए यह कोड बुकिंग फ़ॉर्म में लिखें।`,
    code: 'कोड',
    validity: ({ minutes }) => `यह ${minutes} मिनट तक मान्य है। नया कोड आने पर यह काम नहीं करेगा। इसे किसी और को न दें।`,
    footer: ({ business }) =>
      `अगर आप ${business} में बुकिंग नहीं कर रहे हैं, तो इस ईमेल को अनदेखा करें: कोड के बिना कोई आपके पते से बुकिंग नहीं कर सकता।`,
  },
  ar: {
    subject: ({ code, business }) => `${code} هو رمزك لدى ${business}`,
    news: ({ service, business }) => `اكتب هذا الرمز في نموذج الحجز لحجز ${service} لدى ${business}.`,
    code: 'الرمز',
    validity: ({ minutes }) => `يصلح لمدة ${minutes} دقائق، ويحل محله أي رمز أحدث. لا تعطه لأي شخص آخر.`,
    footer: ({ business }) =>
      `إذا لم تكن تحجز لدى ${business} فتجاهل هذه الرسالة: لا يستطيع أحد الحجز بعنوانك من دون الرمز.`,
  },
};
