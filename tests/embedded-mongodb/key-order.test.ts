import { Binary, Decimal128, Double, EJSON, Int32, Long, Timestamp } from 'bson';
import { expect } from 'chai';
import { compare } from '@frontdesk/embedded-mongodb/bson/compare';
import { encodeKey } from '@frontdesk/embedded-mongodb/bson/key-encoding';
import { encodeTuple } from '@frontdesk/embedded-mongodb/storage/index-keys';
import { referenceOrder } from './reference-order.js';
import { createRandom, ladder, type Random } from './values.js';

function buildNumber(random: Random): unknown {
  const base = random.integer(2000) - 1000;
  switch (random.integer(6)) {
    case 0:
      return new Int32(base);
    case 1:
      return new Double(base / random.pick([1, 3, 7, 10]));
    case 2:
      return Long.fromBigInt(BigInt(base) * random.pick([1n, 9007199254740993n]));
    case 3:
      return Decimal128.fromString(`${base}E${random.integer(8) - 5}`);
    case 4:
      return base * 2 ** (random.integer(100) - 50);
    default:
      return Decimal128.fromString(String(base / 10));
  }
}

function buildText(random: Random): string {
  return Array.from({ length: random.integer(4) }, () =>
    random.pick(['\u0000', '\u0001', 'a', 'b', '\u00e9', '\u{1f600}', '\uffff']),
  ).join('');
}

function buildValue(random: Random, depth = 0): unknown {
  switch (random.integer(depth > 2 ? 8 : 10)) {
    case 0:
    case 1:
      return buildNumber(random);
    case 2:
      return buildText(random);
    case 3:
      return random.chance(0.5);
    case 4:
      return new Date(random.integer(20) - 10);
    case 5:
      return new Binary(Buffer.from(buildText(random)), random.pick([0, 4]));
    case 6:
      return new Timestamp({ t: random.integer(3), i: random.integer(3) });
    case 7:
      return null;
    case 8:
      return Array.from({ length: random.integer(3) }, () => buildValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.integer(3) }, () => [
          random.pick(['a', 'b', 'ab', 'a\u0001']),
          buildValue(random, depth + 1),
        ]),
      );
  }
}

describe('embedded store: order of keys', () => {
  it('ES-6: every pair of the BSON ladder is in order, ascending and descending', () => {
    expect(ladder.length).to.be.at.least(60);
    ladder.forEach((lower, i) => {
      ladder.forEach((higher, j) => {
        for (const a of lower) {
          for (const b of higher) {
            const wanted = Math.sign(i - j);
            const label = `step ${i} against step ${j}`;
            expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b))), label).to.equal(wanted);
            expect(Math.sign(Buffer.compare(encodeKey(a, true), encodeKey(b, true))), `${label} descending`).to.equal(
              wanted === 0 ? 0 : -wanted,
            );
            expect(Math.sign(compare(a, b)), `${label} compared directly`).to.equal(wanted);
          }
        }
      });
    });
  });

  it('ES-6: no component is a prefix of another, so that joined components keep their order', () => {
    const all = ladder.flat().map((value) => encodeKey(value).toString('latin1'));
    for (const a of all) for (const b of all) if (a !== b) expect(b.startsWith(a)).to.equal(false);
  });

  it('ES-6: random values agree with an independent comparator, alone and in compound keys', () => {
    const seed = Number(process.env.ES_SEED ?? 20261);
    const random = createRandom(seed);
    const fields = [
      { path: 'a', parts: ['a'], descending: false },
      { path: 'b', parts: ['b'], descending: true },
    ];
    for (let round = 0; round < 20_000; round++) {
      const [a, b, c, d] = [buildValue(random), buildValue(random), buildValue(random), buildValue(random)];
      const wanted = referenceOrder(a, b);
      const label = `seed ${seed} round ${round}: ${EJSON.stringify([a, b])}`;
      expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b))), label).to.equal(wanted);
      expect(Math.sign(compare(a, b)), label).to.equal(wanted);
      const pair = Math.sign(Buffer.compare(encodeTuple([a, c], fields), encodeTuple([b, d], fields)));
      // `||` would keep the sign of zero apart.
      expect(pair, `${label} compound`).to.equal(wanted !== 0 ? wanted : 0 - referenceOrder(c, d));
    }
  });
});
