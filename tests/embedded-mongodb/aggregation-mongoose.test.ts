/** Aggregation, joins and pipeline updates as an application asks for them: through Mongoose. */
import { expect } from 'chai';
import mongoose, { Schema, type Connection, type Types } from 'mongoose';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

interface Customer {
  name: string;
  city: string;
}

interface Order {
  customer: Types.ObjectId;
  lines: { sku: string; price: number }[];
  status: string;
}

const customerSchema = new Schema<Customer>({ name: String, city: String });
const orderSchema = new Schema<Order>({
  customer: { type: Schema.Types.ObjectId, ref: 'Customer' },
  lines: [{ _id: false, sku: String, price: Number }],
  status: String,
});

const createModels = (connection: Connection) => ({
  Customers: connection.model('Customer', customerSchema),
  Orders: connection.model('Order', orderSchema),
});

describe('embedded store: aggregation through Mongoose', () => {
  let database: TestDatabase;
  let connection: Connection;
  let Customers: ReturnType<typeof createModels>['Customers'];
  let Orders: ReturnType<typeof createModels>['Orders'];

  before(async () => {
    database = await startTestDatabase();
    connection = await mongoose.createConnection(database.uri).asPromise();
    ({ Customers, Orders } = createModels(connection));
    const customers = await Customers.create([
      { name: 'Ada', city: 'London' },
      { name: 'Grace', city: 'New York' },
    ]);
    const [ada, grace] = customers.map(({ _id }) => _id);
    await Orders.create([
      {
        customer: ada,
        lines: [
          { sku: 'a', price: 5 },
          { sku: 'b', price: 7 },
        ],
        status: 'open',
      },
      { customer: ada, lines: [{ sku: 'a', price: 5 }], status: 'paid' },
      { customer: grace, lines: [], status: 'open' },
    ]);
  });

  after(async () => {
    await connection.close();
    await database.close();
  });

  it('ES-7 a report joins, unwinds, groups and sorts', async () => {
    const report = await Orders.aggregate([
      { $lookup: { from: 'customers', localField: 'customer', foreignField: '_id', as: 'customer' } },
      { $unwind: '$customer' },
      { $unwind: { path: '$lines', preserveNullAndEmptyArrays: true } },
      { $group: { _id: '$customer.name', total: { $sum: '$lines.price' }, orders: { $addToSet: '$_id' } } },
      { $project: { total: 1, orders: { $size: '$orders' } } },
      { $sort: { _id: 1 } },
    ]);
    expect(report).to.deep.equal([
      { _id: 'Ada', total: 17, orders: 2 },
      { _id: 'Grace', total: 0, orders: 1 },
    ]);
  });

  it('ES-7 a page and its total come in one answer', async () => {
    const [page] = await Customers.aggregate().facet({
      total: [{ $count: 'n' }],
      rows: [{ $sort: { name: -1 } }, { $limit: 1 }, { $project: { _id: 0, name: 1 } }],
    });
    expect(page).to.deep.equal({ total: [{ n: 2 }], rows: [{ name: 'Grace' }] });
  });

  it('ES-7 a cursor gives the results one by one', async () => {
    const seen: string[] = [];
    const cursor = Customers.aggregate<Customer>().addFields({ loud: true }).sort({ name: 1 }).cursor({ batchSize: 1 });
    for await (const { name } of cursor) seen.push(name);
    expect(seen).to.deep.equal(['Ada', 'Grace']);
  });

  it('ES-7 populate finds the documents that are referred to', async () => {
    const orders = await Orders.find({ status: 'open' }).sort({ _id: 1 }).populate<{ customer: Customer }>('customer');
    expect(orders.map(({ customer }) => customer.name)).to.deep.equal(['Ada', 'Grace']);
  });

  it('ES-7 updates, also by pipelines and in bulk, change what they name', async () => {
    await Orders.updateMany(
      { status: 'open' },
      [{ $set: { status: { $cond: [{ $eq: [{ $size: '$lines' }, 0] }, 'empty', 'open'] } } }],
      {
        updatePipeline: true,
      },
    );
    expect(await Orders.countDocuments({ status: 'empty' })).to.equal(1);
    const result = await Orders.bulkWrite([
      {
        updateOne: {
          filter: { status: 'paid' },
          update: { $push: { lines: { $each: [{ sku: 'c', price: 1 }], $position: 0 } } },
        },
      },
      {
        updateMany: {
          filter: {},
          update: { $set: { 'lines.$[cheap].price': 2 } },
          arrayFilters: [{ 'cheap.price': { $lt: 5 } }],
        },
      },
      { deleteOne: { filter: { status: 'empty' } } },
    ]);
    expect(result).to.include({ matchedCount: 4, modifiedCount: 2, deletedCount: 1 });
    const paid = await Orders.findOne({ status: 'paid' }).lean();
    expect(paid?.lines).to.deep.equal([
      { sku: 'c', price: 2 },
      { sku: 'a', price: 5 },
    ]);
  });
});
