import { expect } from 'chai';
import { describeStructuredData } from '@frontdesk/domain/cards/structured-data';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { buildCardData } from '../support/card-data.js';

const HOURS: OpeningHours = {
  weekly: [
    [{ from: '08:30', to: '21:00' }],
    [{ from: '08:30', to: '21:00' }],
    [{ from: '18:00', to: '02:00' }],
    [
      { from: '08:30', to: '12:15' },
      { from: '14:45', to: '21:00' },
    ],
    [{ from: '00:00', to: '24:00' }],
    [{ from: '20:00', to: '24:00' }],
    [],
  ],
  specialDays: [
    { date: '2026-12-24', windows: [{ from: '08:30', to: '12:00' }], label: 'Eve' },
    { date: '2020-12-24', windows: [], label: 'Long ago' },
  ],
  holidays: [
    { date: '2026-12-25', label: 'Christmas' },
    { date: '2026-12-24', label: 'The special day wins' },
    { date: '2029-01-01', label: 'Far away' },
  ],
};

describe('structured data of a card', () => {
  it('CC-13: a branch is a LocalBusiness with identity, address, position and contact', () => {
    const card = buildCardData({
      about: 'We see everybody.',
      links: [{ label: 'Us', url: 'https://social.example/us' }],
    });
    expect(describeStructuredData(card, '2026-11-20')).to.deep.equal({
      '@context': 'https://schema.org',
      '@type': 'LocalBusiness',
      '@id': card.url,
      name: card.name,
      description: 'We see everybody.',
      telephone: '+60355500123',
      email: card.email,
      url: card.website,
      sameAs: ['https://social.example/us'],
      address: { '@type': 'PostalAddress', streetAddress: card.address, addressCountry: 'MY' },
      geo: { '@type': 'GeoCoordinates', latitude: 3.107, longitude: 101.606 },
    });
  });

  it('CC-13: hours stand by weekday, past midnight, around the clock, and closed days in the year ahead', () => {
    const data = describeStructuredData(buildCardData({ hours: HOURS }), '2026-11-20');
    const type = 'OpeningHoursSpecification';
    expect(data['openingHoursSpecification']).to.deep.equal([
      { '@type': type, dayOfWeek: ['Monday', 'Tuesday'], opens: '08:30', closes: '21:00' },
      { '@type': type, dayOfWeek: ['Wednesday'], opens: '18:00', closes: '02:00' },
      { '@type': type, dayOfWeek: ['Thursday'], opens: '08:30', closes: '12:15' },
      { '@type': type, dayOfWeek: ['Thursday'], opens: '14:45', closes: '21:00' },
      { '@type': type, dayOfWeek: ['Friday'], opens: '00:00', closes: '23:59' },
      { '@type': type, dayOfWeek: ['Saturday'], opens: '20:00', closes: '00:00' },
    ]);
    const on = (date: string) => ({ '@type': type, validFrom: date, validThrough: date });
    expect(data['specialOpeningHoursSpecification']).to.deep.equal([
      { ...on('2026-12-24'), opens: '08:30', closes: '12:00' },
      { ...on('2026-12-25'), opens: '00:00', closes: '00:00' },
    ]);
  });

  it('CC-13: a person works for the business; what is missing is not there', () => {
    const bare = { phone: null, email: null, address: null, position: null, website: null };
    const data = describeStructuredData(buildCardData({ subject: 'staff', name: 'Dr. Nurul', ...bare }), '2026-11-20');
    expect(data).to.include({ '@type': 'Person', name: 'Dr. Nurul', jobTitle: 'Family clinic' });
    expect(data['worksFor']).to.deep.equal({ '@type': 'LocalBusiness', name: 'Klinik Mawar Sdn Bhd' });
    expect(data).not.to.have.any.keys('telephone', 'email', 'description', 'sameAs', 'geo');
  });
});
