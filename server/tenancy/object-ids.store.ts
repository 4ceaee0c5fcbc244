/** Ids as the driver wants them, for the stores of this domain. */
import { Types } from 'mongoose';

export const toObjectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
export const createObjectId = <Id extends string>(): Id => new Types.ObjectId().toHexString() as Id;
