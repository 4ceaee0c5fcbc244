import { expect } from 'chai';
import { mailLink, mapLink, smsLink, telLink, whatsappLink } from '@frontdesk/domain/cards/links';

const TEXT = 'Hi! Is 3:30 pm free? தமிழ் & 中文 #1';
const ENCODED = encodeURIComponent(TEXT);
const PLACE = {
  name: 'Klinik Mawar (PJ)',
  address: '12 Jalan Kenanga',
  position: { latitude: 3.107, longitude: 101.606 },
};

describe('links of a card', () => {
  it('CC-5: tel: is exact for +60 and +91, with and without an extension', () => {
    expect(telLink({ number: '+60355500123', extension: null })).to.equal('tel:+60355500123');
    expect(telLink({ number: '+60355500123', extension: '12' })).to.equal('tel:+60355500123;ext=12');
    expect(telLink({ number: '+919876543210', extension: '0045' })).to.equal('tel:+919876543210;ext=0045');
  });

  it('CC-5: wa.me has the digits alone, sms: the number as it is, and both the text encoded', () => {
    expect(whatsappLink('+60123456789', null)).to.equal('https://wa.me/60123456789');
    expect(whatsappLink('+919876543210', TEXT)).to.equal(`https://wa.me/919876543210?text=${ENCODED}`);
    expect(new URL(whatsappLink('+919876543210', TEXT)).searchParams.get('text')).to.equal(TEXT);
    expect(smsLink('+60123456789', TEXT)).to.equal(`sms:+60123456789?body=${ENCODED}`);
    expect(smsLink('+60123456789', null)).to.equal('sms:+60123456789');
  });

  it('CC-5: mailto: encodes what would end the address', () => {
    expect(mailLink('hello@klinik.example', null)).to.equal('mailto:hello@klinik.example');
    expect(mailLink('a+b?c&d@klinik.example', TEXT)).to.equal(`mailto:a%2Bb%3Fc%26d@klinik.example?body=${ENCODED}`);
  });

  it('CC-5: maps lead to the position, else to the address, else nowhere', () => {
    expect(mapLink('google', PLACE)).to.equal('https://www.google.com/maps/dir/?api=1&destination=3.107%2C101.606');
    expect(mapLink('apple', PLACE)).to.equal('https://maps.apple.com/?daddr=3.107%2C101.606');
    expect(mapLink('waze', PLACE)).to.equal('https://waze.com/ul?ll=3.107%2C101.606&navigate=yes');
    expect(mapLink('geo', PLACE)).to.equal('geo:3.107,101.606?q=3.107%2C101.606(Klinik%20Mawar%20(PJ))');
    const byAddress = { ...PLACE, position: null };
    const address = encodeURIComponent('Klinik Mawar (PJ), 12 Jalan Kenanga');
    expect(mapLink('google', byAddress)).to.equal(`https://www.google.com/maps/dir/?api=1&destination=${address}`);
    expect(mapLink('waze', byAddress)).to.equal(`https://waze.com/ul?q=${address}&navigate=yes`);
    expect(mapLink('geo', byAddress)).to.equal(`geo:0,0?q=${address}`);
    for (const service of ['google', 'apple', 'waze', 'geo'] as const) {
      expect(mapLink(service, { name: 'x', address: null, position: null })).to.equal(null);
    }
  });
});
