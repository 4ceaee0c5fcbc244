import { expect } from 'chai';
import fc from 'fast-check';
import { foldLine } from '@frontdesk/domain/content-line';
import { SHORT_VCARD_MAX_OCTETS, writeJCard, writeShortVCard, writeVCard } from '@frontdesk/domain/cards/vcard';
import { CARD_PHOTO_MAX_BYTES } from '@frontdesk/protocol/limits';
import { buildCardData } from '../support/card-data.js';
import { readWithIcal, readWithVCardTs } from '../support/vcard-libraries.js';
import { readVCard } from '../support/vcard-reader.js';

const encoder = new TextEncoder();
const octets = (value: string): number => encoder.encode(value).length;
const NO_PHOTO = { hasPhoto: false };
const WITH_PHOTO = { hasPhoto: true };
const AWKWARD = 'Tan; Lim, \\ & Co.\nகிளினிக் மாவர் 玫瑰诊所 👩🏽‍⚕️';
/** No control characters: the contract has taken them out. */
const freeText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 120, size: 'max' })
  .filter((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));
/** Without blanks at the ends, and without the semicolon after a backslash that one of the readers cannot tell from an escaped one. */
const plainText = freeText.map((text) => `(${text.replaceAll(/\\+;/g, ';')})`);

describe('vCard', () => {
  for (const version of ['3.0', '4.0'] as const) {
    it(`CC-7: ${version} is read back with everything that has a meaning in it`, () => {
      const card = buildCardData({ name: AWKWARD.replace('\n', ' '), about: AWKWARD });
      const read = readVCard(writeVCard(card, version, NO_PHOTO));
      expect(read.version).to.equal(version);
      expect(read.one('FN')).to.equal(card.name);
      expect(read.all('ORG')[0]?.components).to.deep.equal([card.name]);
      expect(read.one('NOTE')).to.equal(AWKWARD);
      expect(read.all('ADR')[0]?.components).to.deep.equal(['', '', card.address, '', '', '', '']);
      expect(read.one('EMAIL')).to.equal(card.email);
      expect(read.one('URL')).to.equal(card.website);
      expect(read.one('UID')).to.equal(card.url);
    });

    it(`CC-7: ${version} survives any text, in lines of at most 75 octets that split no character`, () => {
      fc.assert(
        fc.property(freeText, freeText, (name, about) => {
          const file = writeVCard(buildCardData({ name, about, subject: 'staff' }), version, NO_PHOTO);
          const bytes = Buffer.from(file);
          for (const line of file.split('\r\n')) expect(octets(line)).to.be.at.most(75);
          // Every line for itself is valid UTF-8.
          expect(bytes.toString('utf8')).to.equal(file);
          const read = readVCard(file);
          expect(read.one('FN')).to.equal(name);
          expect(read.all('N')[0]?.components).to.deep.equal(['', name, '', '', '']);
          expect(read.one('NOTE')).to.equal(about);
        }),
        { numRuns: 300 },
      );
    });
  }

  for (const version of ['3.0', '4.0'] as const) {
    for (const read of [readWithIcal, readWithVCardTs]) {
      it(`CC-7: ${version} says the same to ${read.name}, whatever stands in it`, () => {
        const check = (name: string, about: string, address: string): void => {
          const card = buildCardData({ name, about, address, subject: 'staff' });
          expect(read(writeVCard(card, version, NO_PHOTO))).to.deep.equal({
            version,
            fullName: name,
            givenName: name,
            note: about,
            street: address,
            organization: card.businessName,
            phones: [version === '3.0' ? '+60355500123' : 'tel:+60355500123'],
          });
        };
        check(AWKWARD.replace('\n', ' '), AWKWARD, `${AWKWARD.replace('\n', ' ')}, C:\\new; \\;`);
        fc.assert(fc.property(plainText, plainText, plainText, check), { numRuns: 200 });
      });
    }
  }

  it('CC-7: a fold keeps the blanks of the text', () => {
    const line = `NOTE:${'word '.repeat(40)}`;
    expect(foldLine(line).replaceAll('\r\n ', '')).to.equal(line);
  });

  it('CC-7: 3.0 writes numbers as people dial them, 4.0 as addresses; an extension is in both', () => {
    const card = buildCardData({ phone: { number: '+60355500123', extension: '12' }, whatsapp: '+60123456789' });
    const old = readVCard(writeVCard(card, '3.0', NO_PHOTO)).all('TEL');
    expect(old.map(({ raw }) => raw)).to.deep.equal(['+60355500123 x12', '+60123456789']);
    expect(old[0]?.parameters.get('TYPE')).to.deep.equal(['WORK', 'VOICE']);
    const current = readVCard(writeVCard(card, '4.0', NO_PHOTO)).all('TEL');
    expect(current.map(({ raw }) => raw)).to.deep.equal(['tel:+60355500123;ext=12', 'tel:+60123456789']);
    expect(current[1]?.parameters.get('TYPE')).to.deep.equal(['work', 'cell']);
    expect(current[0]?.parameters.get('VALUE')).to.deep.equal(['uri']);
  });

  it('CC-7: a place is a company and a person is one, in both versions', () => {
    const place = writeVCard(buildCardData(), '3.0', NO_PHOTO);
    expect(place).to.include('X-ABShowAs:COMPANY\r\n');
    expect(writeVCard(buildCardData(), '4.0', NO_PHOTO)).to.include('KIND:org\r\n');
    const person = buildCardData({ subject: 'staff', name: 'Dr. Nurul Aisyah' });
    expect(writeVCard(person, '3.0', NO_PHOTO))
      .not.to.include('KIND')
      .and.not.include('ABShowAs');
    expect(readVCard(writeVCard(person, '4.0', NO_PHOTO)).one('ORG')).to.equal('Klinik Mawar Sdn Bhd');
  });

  it('CC-7: what is missing has no line', () => {
    const bare = buildCardData({ role: null, phone: null, email: null, address: null, position: null, website: null });
    const names = writeVCard(bare, '3.0', NO_PHOTO)
      .split('\r\n')
      .map((line) => line.split(/[:;]/)[0]);
    expect(names).to.deep.equal(['BEGIN', 'VERSION', 'X-ABShowAs', 'FN', 'N', 'ORG', 'UID', 'REV', 'END', '']);
  });

  it('CC-8: jCard and 4.0 say the same, property by property', () => {
    const card = buildCardData({
      about: AWKWARD,
      links: [{ label: 'Map', url: 'https://klinikmawar.example/map' }],
      sms: '+60123456789',
    });
    const read = readVCard(writeVCard(card, '4.0', NO_PHOTO));
    const [kind, properties] = writeJCard(card, NO_PHOTO) as [string, [string, object, string, unknown][]];
    expect(kind).to.equal('vcard');
    expect(properties[0]).to.deep.equal(['version', {}, 'text', '4.0']);
    const counts = new Map<string, number>();
    for (const [name, parameters, type, value] of properties) {
      const nth = counts.get(name) ?? 0;
      counts.set(name, nth + 1);
      const same = read.all(name.toUpperCase())[nth];
      const written = (Array.isArray(value) ? value : [value]) as string[];
      const expected = type === 'timestamp' ? [written[0]?.replaceAll(/[-:]/g, '')] : written;
      expect(same?.components, name).to.deep.equal(expected);
      const types = (parameters as { type?: string | string[] }).type;
      expect(same?.parameters.get('TYPE'), name).to.deep.equal(types === undefined ? undefined : [types].flat());
    }
    expect([...counts.keys()]).to.include.members(['fn', 'n', 'tel', 'email', 'adr', 'geo', 'note', 'url', 'rev']);
  });

  const photo = `data:image/jpeg;base64,${Buffer.alloc(CARD_PHOTO_MAX_BYTES, 7).toString('base64')}`;

  it('CC-10: with the largest photo and the longest texts it stays below 30 kB, and an empty line follows the photo', () => {
    const card = buildCardData({
      photo,
      name: '诊'.repeat(80),
      role: '医'.repeat(80),
      about: 'த'.repeat(600),
      address: '街'.repeat(300),
      links: Array.from({ length: 8 }, (_, index) => ({
        label: 'x',
        url: `https://x.example/${index}`.padEnd(200, 'a'),
      })),
    });
    const file = writeVCard(card, '3.0', WITH_PHOTO);
    expect(octets(file)).to.be.at.most(30_000);
    expect(file).to.match(/\r\nPHOTO;ENCODING=b;TYPE=JPEG:[A-Za-z0-9+/=]+\r\n\r\nEND:VCARD\r\n$/);
    expect(`data:image/jpeg;base64,${readVCard(file).one('PHOTO')}`).to.equal(photo);
    expect(octets(writeVCard(card, '4.0', WITH_PHOTO))).to.be.at.most(30_000);
  });

  it('CC-10: there is no photo unless it is asked for, and none that address books do not know', () => {
    expect(writeVCard(buildCardData({ photo }), '3.0', NO_PHOTO)).not.to.include('PHOTO');
    const webp = buildCardData({ photo: 'data:image/webp;base64,UklGRg==' });
    expect(writeVCard(webp, '3.0', WITH_PHOTO)).not.to.include('PHOTO');
    expect(readVCard(writeVCard(buildCardData({ photo }), '4.0', WITH_PHOTO)).one('PHOTO')).to.equal(photo);
  });

  it('CC-12: the short vCard has at most 120 octets, whatever the name is', () => {
    expect(writeShortVCard(buildCardData())).to.equal(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:;Klinik Mawar\r\nFN:Klinik Mawar\r\nTEL:+60355500123\r\nEND:VCARD',
    );
    fc.assert(
      fc.property(freeText, fc.integer({ min: 7, max: 15 }), (name, digits) => {
        const number = `+${'6'.repeat(digits)}`;
        const file = writeShortVCard({ name, phone: { number, extension: null } }) ?? '';
        expect(octets(file)).to.be.at.most(SHORT_VCARD_MAX_OCTETS);
        const read = readVCard(file);
        expect(read.one('TEL')).to.equal(number);
        if (octets(name) < 20) expect(read.one('FN')).to.equal(name);
        else expect(read.one('FN')).to.have.length.above(0);
      }),
      { numRuns: 500 },
    );
    expect(writeShortVCard(buildCardData({ phone: null }))).to.equal(null);
  });
});
