import { BSON, EJSON, onDemand, type Document } from 'bson';
import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';

/** Names and values as they lie in the bytes: the driver's decoder makes a class of a DBRef, and forgets the order. */
function fieldsOf(bytes: Uint8Array): unknown[] {
  return [...onDemand.parseToElements(bytes)].map(([type, nameOffset, nameLength, offset, length]) => {
    const name = Buffer.from(bytes).toString('utf8', nameOffset, nameOffset + nameLength);
    const value = bytes.subarray(offset, offset + length);
    return type === 3 || type === 4 ? [name, fieldsOf(value)] : [name, Buffer.from(value).toString('hex')];
  });
}

describe('embedded store: documents that look like a DBRef', () => {
  let store: EmbeddedMongo;
  let connection: Connection;

  const reference = { a: 1, $ref: 'things', $id: 7, b: [{ c: 1, $id: 1, $ref: 'x' }], $db: 'other' };
  const document = {
    _id: 1,
    one: reference,
    many: [reference, 'text', { $ref: 'q', $id: 8 }],
    $ref: 'top',
    half: { $ref: 'only' },
    odd: { $ref: 5, $id: 1 },
    text: '\u0002$ref\0',
    code: new BSON.Code('x', { k: 1 }),
    binary: Buffer.from('\u0002$ref\0'),
    minimum: new BSON.MinKey(),
    pattern: new BSON.BSONRegExp('a', 'i'),
    $id: { __proto__: null, deep: [[{ $ref: 'z', $id: 1 }]] },
  };

  before(async () => {
    store = await startEmbeddedMongo({ ephemeral: true });
    connection = await mongoose.createConnection(store.uri).asPromise();
  });

  beforeEach(async () => {
    await connection.dropDatabase();
    await connection.collection<Document>('cases').insertOne({ ...document } as never);
  });

  after(async () => {
    await connection.close();
    await store.close();
  });

  const cases = (): ReturnType<typeof connection.collection<Document>> => connection.collection<Document>('cases');
  const raw = async (projection: Document = {}): Promise<unknown[]> => {
    const [bytes] = (await cases().find({}, { raw: true, projection }).toArray()) as unknown as [Uint8Array];
    return fieldsOf(bytes);
  };
  const bytesOf = (value: Document): unknown[] => fieldsOf(BSON.serialize(value));

  it('ES-7 are stored and returned with all fields in their order', async () => {
    expect(await raw()).to.deep.equal(bytesOf(document));
    await cases().updateOne({}, { $set: { later: 1 } });
    expect(await raw()).to.deep.equal(bytesOf({ ...document, later: 1 }));
    await cases().updateOne({}, [{ $set: { later: '$one' } }]);
    expect(await raw()).to.deep.equal(bytesOf({ ...document, later: reference }));
  });

  it('ES-7 are projected by their parts', async () => {
    const { a, $ref, $id, b } = reference;
    expect(await raw({ 'one.$id': 1, 'one.a': 1 })).to.deep.equal(bytesOf({ _id: 1, one: { a, $id } }));
    expect(await raw({ _id: 0, one: 1, 'many.$db': 1 })).to.deep.equal(
      bytesOf({ one: reference, many: [{ $db: 'other' }, {}] }),
    );
    await cases().updateOne({}, [{ $replaceWith: { one: '$one' } }]);
    expect(await raw({ 'one.$db': 0 })).to.deep.equal(bytesOf({ _id: 1, one: { a, $ref, $id, b } }));
  });

  it('ES-7 are read by expressions, distinct and indexes', async () => {
    const found = await cases()
      .aggregate([{ $project: { id: '$one.$id', all: '$many.$id', made: { x: '$one.b.$ref' } } }])
      .toArray();
    expect(found).to.deep.equal([{ _id: 1, id: 7, all: [7, 8], made: { x: ['x'] } }]);
    expect(await cases().distinct('many.$id')).to.deep.equal([7, 8]);
    await cases().createIndex({ 'many.$id': 1 });
    const plan = await cases().find({ 'many.$id': 8 }).explain();
    expect(EJSON.stringify(plan)).to.include('"indexName":"many.$id_1"');
    expect(await cases().countDocuments({ 'many.$id': 8 })).to.equal(1);
    expect(await cases().countDocuments({ 'many.$id': 9 })).to.equal(0);
  });

  it('ES-10 names with a dollar that are no part of a DBRef have no index, and $id none at the top', async () => {
    for (const path of ['a.$x', '$id', 'a.$idx']) {
      const code = await cases()
        .createIndex({ [path]: 1 })
        .catch((error: { code: number }) => error.code);
      expect(code).to.equal(67);
    }
  });
});
