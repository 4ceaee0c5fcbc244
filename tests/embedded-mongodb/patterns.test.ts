import { expect } from 'chai';
import type { Document } from 'bson';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';

type PatternCase = readonly [text: string, pattern: string, expected: boolean | number, options?: string];

const invalid = 51091;
const refused = 238;

/** Results and errors are those of PCRE2 10.42 with UTF and without properties, as a server compiles patterns. */
const cases: Readonly<Record<string, readonly PatternCase[]>> = {
  'beginnings and ends': [
    ['abc\n', 'abc$', true],
    ['abc\n\n', 'abc$', false],
    ['abc\r', 'abc$', false],
    ['abc\nx', '^abc$', true, 'm'],
    ['x\ry', '^y', false, 'm'],
    ['x\ny', '^y', true, 'm'],
    ['x\n', '^$', false, 'm'],
    ['x\n\ny', '^$', true, 'm'],
    ['', '^$', true],
    ['abc', '\\Aabc\\z', true],
    ['abc\n', 'abc\\z', false],
    ['abc\n', 'abc\\Z', true],
    ['x\nabc', '\\Aabc', false, 'm'],
    ['a', '^{2}a', invalid],
  ],
  'the dot': [
    ['a\rb', '^a.b', true],
    ['a\u2028b', 'a.b', true],
    ['a\u2029b', 'a.b', true],
    ['a\nb', 'a.b', false],
    ['a\nb', 'a.b', true, 's'],
    ['\u{1f600}', '^.$', true],
  ],
  sets: [
    ['\u00a0', '^\\s$', false],
    ['\u00a0', '^[\\S]$', true],
    ['\v', '^\\s$', true],
    ['a\u00a0b', 'a\\hb', true],
    ['\u2029', '^\\v$', true],
    ['k', '^\\W$', false, 'i'],
    ['!', '^\\W$', true, 'i'],
    ['A', '^[^\\W_]$', true],
    ['é', '\\w', false],
    ['abc', '^[[:alpha:]]+$', true],
    ['é', '[[:alpha:]]', false],
    ['[', '^[[:punct:]]$', true],
    ['a-b', '^[\\w-]+$', true],
    ['[x]', '^[[]x]$', true],
    [']', '^[]]$', true],
    ['x', '\\pL', true],
    ['1', '\\p{L}', false],
    ['a', '[[:^alpha:]]', refused],
    ['a', '[[:nope:]]', invalid],
    ['a', '[:alpha:]', invalid],
    ['a', '^[^]$', invalid],
    ['a', '[a-\\d]', invalid],
    ['a', '[b-a]', invalid],
    ['x', '\\p{Greek}', refused],
    ['x', '\\p{Lu}', refused, 'i'],
  ],
  escapes: [
    ['\u001b', '^\\e$', true],
    ['e', '^\\e$', false],
    ['\u0007', '\\a', true],
    ['a', '^\\x61$', true],
    ['a', '^\\x{61}$', true],
    ['a', '^\\141$', refused],
    ['\n', '^\\012$', true],
    ['a.b', '^\\Qa.b\\E$', true],
    ['axb', '\\Qa.b', false],
    ['a-b', 'a\\-b', true],
    ['a/b', 'a\\/b', true],
    ['a_b', 'a\\_b', true],
    ['\b', '[\\b]', true],
    ['x', '\\u0061', invalid],
    ['x', '\\y', invalid],
    ['x', 'x\\', invalid],
    ['x', '\\R', refused],
    ['x', '\\N', refused],
    ['x', '\\K', refused],
    ['x', '\\G', refused],
    ['xx', '(x)\\1', refused],
  ],
  'groups and repetitions': [
    ['ABC', '(?i)abc', true],
    ['abc', 'abc(?#x)', true],
    ['xb', '(?<=x)b', true],
    ['xb', '(?<=x+)b', refused],
    ['x', '(?P<n>x)', true],
    ['aab', 'a++b', refused],
    ['ab', '(?>a)b', refused],
    ['ab', 'a(?i:B)', refused],
    ['a', '(*UCP)a', refused],
    ['a{,2}', 'a{,2}', refused],
    ['a{b', 'a{b', true],
    ['a}]', 'a}]', true],
    ['aaa', '^a{2,3}$', true],
    ['x', '(', invalid],
    ['x', 'x)', invalid],
    ['x', '*x', invalid],
    ['x', 'x', refused, 'x'],
  ],
};

describe('embedded store: regular expressions', () => {
  let store: EmbeddedMongo;
  let connection: Connection;

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true });
    connection = await mongoose.createConnection(store.uri).asPromise();
  });

  after(async () => {
    await connection.close();
    await store.close();
  });

  const questions = {
    'in a filter': ({ pattern, options }: Document): Document => ({ a: { $regex: pattern, $options: options } }),
    'in an expression': ({ pattern, options }: Document): Document => ({
      $expr: { $regexMatch: { input: '$a', regex: { $literal: pattern }, options } },
    }),
  };

  for (const [group, rows] of Object.entries(cases)) {
    for (const [where, question] of Object.entries(questions)) {
      it(`ES-7 ${group}: ${rows.length} patterns are read as PCRE reads them, or refused, ${where}`, async () => {
        const collection = connection.collection<Document>('texts');
        await collection.createIndex({ a: 1 });
        const wrong: string[] = [];
        for (const [a, pattern, expected, options = ''] of rows) {
          await collection.deleteMany({});
          await collection.insertOne({ a });
          const wanted = expected === invalid && where === 'in an expression' ? 51111 : expected;
          for (const hint of ['a_1', '_id_']) {
            const actual = await collection.countDocuments(question({ pattern, options }), { hint }).then(
              (count) => count === 1,
              (error: { code: number }) => error.code,
            );
            if (actual !== wanted) wrong.push(`${JSON.stringify([a, pattern, options])} by ${hint}: ${String(actual)}`);
          }
        }
        expect(wrong).to.deep.equal([]);
      });
    }
  }
});
