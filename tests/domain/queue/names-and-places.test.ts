import { expect } from 'chai';
import { distanceMeters, isInside } from '@frontdesk/domain/queue/geofence';
import { maskName } from '@frontdesk/domain/queue/mask-name';

describe('masked names', () => {
  const cases: readonly (readonly [title: string, name: string, masked: string])[] = [
    ['two words', 'Muhammad Aiman', 'Muh*** A.'],
    ['more words: the last one', 'Nur Aisyah binti Rahman', 'Nu*** R.'],
    ['one word', 'Siti', 'Sit***'],
    ['a short word: something stays hidden', 'Li', 'L***'],
    ['one letter', 'A', 'A***'],
    ['one letter and a family name', 'J Tan', 'J*** T.'],
    ['Chinese without a space', '李小龙', '李小***'],
    ['Chinese with two signs', '王芳', '王***'],
    ['Tamil: syllables are whole', 'முருகன் செல்வம்', 'முருக*** செ.'],
    ['Hindi: vowel signs stay with their letter', 'दीपिका शर्मा', 'दीपि*** श.'],
    ['Arabic', 'محمد الأمين', 'محم*** ا.'],
    ['composed and decomposed accents are the same', 'Ele\u0301onore', 'Elé***'],
    ['apostrophes and hyphens', "O'Neill-Ray", "O'N***"],
    ['markup is left out', '<b>Bob</b> <script>alert(1)</script>', 'bBo*** s.'],
    ['markup alone', '<>&"', ''],
    ['emoji are left out', '👩‍👩‍👧 Mei 🎉', 'Me***'],
    ['emoji alone', '🙂🙂', ''],
    ['marks that turn the text', '\u202eevil\u202c Name', 'evi*** N.'],
    ['digits alone are no name', '0123456789', ''],
    ['nothing', '  ', ''],
  ];
  for (const [title, name, masked] of cases) {
    it(`QD-14: ${title}`, () => expect(maskName(name)).to.equal(masked));
  }

  it('QD-14: no more than three letters and an initial are ever shown', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    for (const [, name] of cases) {
      const [first = '', last = ''] = maskName(name).split('***');
      expect([...graphemes.segment(first)].length).to.be.at.most(3);
      expect([...graphemes.segment(last.trim())].length).to.be.at.most(2);
    }
  });
});

describe('near enough', () => {
  const towers = { latitude: 3.15785, longitude: 101.71165 };
  const at = (latitude: number, longitude: number, accuracyMeters = 0) => ({ latitude, longitude, accuracyMeters });

  it('QP-6: distances are right, over poles and date line too', () => {
    expect(distanceMeters(towers, towers)).to.equal(0);
    // The airport, almost due south.
    expect(distanceMeters(towers, { latitude: 2.7456, longitude: 101.7099 })).to.be.closeTo(45_840, 300);
    expect(distanceMeters({ latitude: 0, longitude: 179.999 }, { latitude: 0, longitude: -179.999 })).to.be.closeTo(
      222,
      1,
    );
    expect(distanceMeters({ latitude: 90, longitude: 0 }, { latitude: 90, longitude: 120 })).to.be.closeTo(0, 0.001);
    expect(distanceMeters({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).to.be.closeTo(20_015_115, 1);
  });

  it('QP-6: inside the circle, with the doubt of the phone up to 200 metres', () => {
    const fence = { ...towers, radiusMeters: 100 };
    const north = (meters: number) => towers.latitude + meters / 111_195;
    expect(isInside(fence, at(north(99), towers.longitude))).to.equal(true);
    expect(isInside(fence, at(north(102), towers.longitude))).to.equal(false);
    expect(isInside(fence, at(north(102), towers.longitude, 30))).to.equal(true);
    expect(isInside(fence, at(north(299), towers.longitude, 50_000))).to.equal(true);
    expect(isInside(fence, at(north(302), towers.longitude, 50_000))).to.equal(false);
    expect(isInside(fence, at(north(102), towers.longitude, -5))).to.equal(false);
  });
});
