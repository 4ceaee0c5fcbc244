import { Binary, Decimal128, Double, EJSON, Int32, Long, ObjectId, Timestamp } from 'bson';
import { expect } from 'chai';
import { compare } from '@frontdesk/embedded-mongodb/bson/compare';
import { encodeKey } from '@frontdesk/embedded-mongodb/bson/key-encoding';
import { encodeTuple } from '@frontdesk/embedded-mongodb/storage/index-keys';
import { createRandom, ladder, type Random } from './values.js';

/** An order of its own making, by plain comparison of the values, for what the random generator makes. */
function referenceOrder(a: unknown, b: unknown): number {
  const rank = referenceRank(a) - referenceRank(b);
  if (rank !== 0) return Math.sign(rank);
  if (typeof a === 'string') return Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b as string)));
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (a === null) return 0;
  if (a instanceof Date) return Math.sign(a.getTime() - (b as Date).getTime());
  if (a instanceof ObjectId)
    return a.toHexString() < (b as ObjectId).toHexString() ? -1 : a.equals(b as ObjectId) ? 0 : 1;
  if (a instanceof Timestamp)
    return a.toBigInt() < (b as Timestamp).toBigInt() ? -1 : a.toBigInt() > (b as Timestamp).toBigInt() ? 1 : 0;
  if (a instanceof Binary) {
    const other = b as Binary;
    return Math.sign(
      a.length() - other.length() || a.sub_type - other.sub_type || Buffer.compare(a.value(), other.value()),
    );
  }
  if (Array.isArray(a)) return referenceList(a, b as unknown[]);
  if (isNumberLike(a)) return referenceNumber(a, b);
  return referenceObject(a as Record<string, unknown>, b as Record<string, unknown>);
}

function referenceList(a: readonly unknown[], b: readonly unknown[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = referenceOrder(a[at], b[at]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function referenceObject(a: Record<string, unknown>, b: Record<string, unknown>): number {
  const left = Object.entries(a);
  const right = Object.entries(b);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [nameA, valueA] = left[at] as [string, unknown];
    const [nameB, valueB] = right[at] as [string, unknown];
    const order =
      referenceRank(valueA) - referenceRank(valueB) ||
      Buffer.compare(Buffer.from(nameA), Buffer.from(nameB)) ||
      referenceOrder(valueA, valueB);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(left.length - right.length);
}

const isNumberLike = (value: unknown): boolean =>
  typeof value === 'number' ||
  value instanceof Int32 ||
  value instanceof Double ||
  (value instanceof Long && !(value instanceof Timestamp)) ||
  value instanceof Decimal128;

/** A fraction of integers, so that no precision is lost. */
function toFraction(value: unknown): { top: bigint; bottom: bigint } {
  if (value instanceof Long) return { top: value.toBigInt(), bottom: 1n };
  if (value instanceof Decimal128) {
    const [, digits = '0', fraction = '', exponent = '0'] =
      /^(-?\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString()) ?? [];
    const shift = Number(exponent) - fraction.length;
    const top = BigInt(digits + fraction);
    return shift >= 0 ? { top: top * 10n ** BigInt(shift), bottom: 1n } : { top, bottom: 10n ** BigInt(-shift) };
  }
  let number = typeof value === 'number' ? value : (value as Int32 | Double).value;
  let bottom = 1n;
  while (!Number.isInteger(number)) {
    number *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(number), bottom };
}

function referenceNumber(a: unknown, b: unknown): number {
  const left = toFraction(a);
  const right = toFraction(b);
  const difference = left.top * right.bottom - right.top * left.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function referenceRank(value: unknown): number {
  if (value === null) return 1;
  if (isNumberLike(value)) return 2;
  if (typeof value === 'string') return 3;
  if (Array.isArray(value)) return 5;
  if (value instanceof Binary) return 6;
  if (value instanceof ObjectId) return 7;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  if (value instanceof Timestamp) return 10;
  return 4;
}

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
  it('ES-6 every pair of the BSON ladder is in order, ascending and descending', () => {
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

  it('ES-6 no component is a prefix of another, so that joined components keep their order', () => {
    const all = ladder.flat().map((value) => encodeKey(value).toString('latin1'));
    for (const a of all) for (const b of all) if (a !== b) expect(b.startsWith(a)).to.equal(false);
  });

  it('ES-6 random values agree with an independent comparator, alone and in compound keys', () => {
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
