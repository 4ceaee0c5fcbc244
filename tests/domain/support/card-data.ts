import type { CardData } from '@frontdesk/domain/cards/card-data';

export function buildCardData(patch: Partial<CardData> = {}): CardData {
  return {
    url: 'https://desk.example/cards/0123456789abcdef01234567.html',
    subject: 'location',
    name: 'Klinik Mawar',
    businessName: 'Klinik Mawar Sdn Bhd',
    role: 'Family clinic',
    about: null,
    photo: null,
    phone: { number: '+60355500123', extension: null },
    whatsapp: null,
    sms: null,
    email: 'hello@klinikmawar.example',
    address: '12 Jalan Kenanga, 46000 Petaling Jaya',
    country: 'MY',
    position: { latitude: 3.107, longitude: 101.606 },
    website: 'https://klinikmawar.example/',
    links: [],
    timeZone: 'Asia/Kuala_Lumpur',
    hours: null,
    updatedAt: new Date('2026-11-20T02:42:00.000Z'),
    ...patch,
  };
}
